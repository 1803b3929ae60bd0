/* test.h: a test controls time and scheduling. */
#ifndef ROUSE_TEST_H
#define ROUSE_TEST_H

#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Sets a clock that starts at 0, jumps to the next deadline when idle, and stands still otherwise.
 */
void rouse_virtual_clock(struct rouse_options *options);

/* A host whose clock you turn, and which counts its calls. Its `wait` never sleeps: it jumps to the
   deadline, or returns DEADLOCK. */
struct rouse_fake_host {
    struct rouse_host host; /* options.host = &fake.host */
    uint64_t clock_ns;
    uint64_t deadline_ns; /* of the last wake_at, or ROUSE_NEVER */
    unsigned wakes;       /* calls of `wake` */
    unsigned wake_ats, nows, waits, interrupts;
};
void rouse_fake_host_init(struct rouse_fake_host *fake);
/* Moves the clock forward, then runs turns until nothing is ready. */
void rouse_fake_host_advance(struct rouse_fake_host *fake, uint64_t ns);

/* ---- One program, many runs ------------------------------------------------------------------ */

/* Makes the program for one run, in your memory, and returns its address. The run moves it into a
   task of a new runtime with a virtual clock. A run fails if the program fails. */
typedef struct rouse_future *(*rouse_test_make)(void *data);
struct rouse_test_result {
    rouse_status status; /* of the run that failed: the program's, DEADLOCK, or TIMEOUT if it does
                            not end; ROUSE_OK: no run failed */
    uint64_t seed;       /* of that run, or the turn after which it was cancelled */
    unsigned runs;       /* the number of runs, or of those that were cancelled */
    size_t leaked;       /* blocks of the runtime's allocator after that run */
};
/* Runs it `count` times with another order of the ready tasks, until a run fails; prints its seed.
   Seeds count up from `seed`, or 1. With ROUSE_SEED in the environment only that seed runs. */
struct rouse_test_result rouse_test_schedules(rouse_test_make make, void *data, unsigned count,
                                              uint64_t seed);
/* Cancels it after its first turn, then after its second, ... until it ends before that. A run
   fails if it leaves memory behind. */
struct rouse_test_result rouse_test_cancel_points(rouse_test_make make, void *data);

#ifdef __cplusplus
}
#endif
#endif
