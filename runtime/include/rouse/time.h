/* time.h: timers. Times are u64 nanoseconds and saturate. A timer never fires early. Timers that
   are due in the same turn fire by deadline, then in the order of arming, on every host. */
#ifndef ROUSE_TIME_H
#define ROUSE_TIME_H

#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ROUSE_US UINT64_C(1000)
#define ROUSE_MS UINT64_C(1000000)
#define ROUSE_S UINT64_C(1000000000)

/* ---- Sleep --------------------------------------------------------------------------------- */

struct rouse_sleep {
    struct rouse_future future;
    /* private */
    struct rouse_i_node node; /* in the wheel while armed */
    struct rouse_waker waker;
    uint64_t deadline_ns; /* before the first poll of a rouse_sleep: its length */
};
ROUSE_LAZY struct rouse_sleep rouse_sleep(uint64_t ns); /* starts at its first poll */
ROUSE_LAZY struct rouse_sleep rouse_sleep_until(uint64_t deadline_ns);
/* Moves the deadline, also while a task awaits the sleep. Not once it is done. */
void rouse_sleep_reset(struct rouse_runtime *rt, struct rouse_sleep *sleep, uint64_t deadline_ns);
void rouse_sleep_init(struct rouse_sleep *slot, uint64_t ns); /* for ROUSE_AWAIT_INIT */

/* ---- Timeout ------------------------------------------------------------------------------- */

/* Ends as the child does, or drops it and fails with TIMEOUT. Read the results in the child. */
struct rouse_timeout {
    struct rouse_future future;
    /* private */
    struct rouse_future *child;
    struct rouse_sleep sleep;
    bool keep;
};
ROUSE_LAZY struct rouse_timeout rouse_timeout(struct rouse_future *child, uint64_t ns);
/* The same, but after TIMEOUT the child is pending and yours: await it again, or drop it in
 * FINALLY.
 */
ROUSE_LAZY struct rouse_timeout rouse_timeout_keep(struct rouse_future *child, uint64_t ns);

/* ---- Interval ------------------------------------------------------------------------------ */

/* After missed ticks: give them all at once, start a new period now, or skip to the next in step.
 */
enum rouse_missed { ROUSE_BURST, ROUSE_DELAY, ROUSE_SKIP };

/* Ticks every period, without drift; the first tick comes one period after the first poll. A stream
   without an end for ROUSE_EACH; rouse_interval_tick takes a single tick. */
struct rouse_interval {
    struct rouse_future future;
    uint64_t out; /* when the last tick was due */
    /* private */
    struct rouse_sleep sleep;
    uint64_t period_ns;
    enum rouse_missed missed;
};
struct rouse_interval_tick {
    struct rouse_future future;
    uint64_t out; /* when the tick was due */
    struct rouse_interval *interval;
};
ROUSE_LAZY struct rouse_interval rouse_interval(uint64_t period_ns, enum rouse_missed missed);
ROUSE_LAZY struct rouse_interval_tick rouse_interval_tick(struct rouse_interval *interval);

#ifdef __cplusplus
}
#endif

#include "private/time.h"
#endif
