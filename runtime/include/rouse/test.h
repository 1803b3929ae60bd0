/* test.h: time and scheduling in the hands of a test. */
#ifndef ROUSE_TEST_H
#define ROUSE_TEST_H

#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Time begins at 0, jumps to the next deadline when idle, and stands still otherwise. */
void rouse_virtual_clock(struct rouse_options *options);

/* A host with a clock turned by hand, which counts what the runtime asks of it. Its `wait` never
   sleeps: it jumps to the deadline, or reports a deadlock. */
struct rouse_fake_host {
    struct rouse_host host; /* options.host = &fake.host */
    uint64_t clock_ns;
    uint64_t deadline_ns; /* of the last wake_at; ROUSE_NEVER: none */
    unsigned wakes;       /* calls of `wake` */
    unsigned wake_ats, nows, waits, interrupts;
};
void rouse_fake_host_init(struct rouse_fake_host *fake);
/* Turns the clock, then runs turns until nothing is ready. */
void rouse_fake_host_advance(struct rouse_fake_host *fake, uint64_t ns);

/* ---- One program, many runs ------------------------------------------------------------------ */

/* Makes the program once more, in memory of yours, and points to it; the run moves it into a task
   of a runtime of its own, with a clock that jumps. The program fails a run by failing. */
typedef struct rouse_future *(*rouse_test_make)(void *data);
struct rouse_test_result {
    rouse_status status; /* of the run that failed: of the program, DEADLOCK, or TIMEOUT for one
                            that does not end; ROUSE_OK: none did */
    uint64_t seed;       /* of that run; or the turn after which it was cancelled */
    unsigned runs;       /* that there were; or how many were cancelled */
    size_t leaked;       /* blocks of the runtime's allocator, after that run */
};
/* Runs it `count` times with the ready tasks in another order each time, until one run fails: that
   one's seed is printed. Seeds count up from `seed`, or 1. Where the environment has ROUSE_SEED,
   only that one is run. */
struct rouse_test_result rouse_test_schedules(rouse_test_make make, void *data, unsigned count,
                                              uint64_t seed);
/* Cancels it after its first turn, its second, ... until it ends before that. After each run all
   its memory must have come back. */
struct rouse_test_result rouse_test_cancel_points(rouse_test_make make, void *data);

#ifdef __cplusplus
}
#endif
#endif
