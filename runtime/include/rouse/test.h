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

#ifdef __cplusplus
}
#endif
#endif
