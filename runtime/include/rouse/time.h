/* time.h: timers. Times are u64 nanoseconds and saturate. A timer fires never early, and timers
   due in the same turn fire by (deadline, arming order) on every host. */
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
    uint64_t deadline_ns; /* before the first poll of a rouse_sleep: how long */
};
ROUSE_LAZY struct rouse_sleep rouse_sleep(uint64_t ns); /* from its first poll on */
ROUSE_LAZY struct rouse_sleep rouse_sleep_until(uint64_t deadline_ns);
/* Moves the deadline in place, also of a sleep that is being awaited. Not of one that is done. */
void rouse_sleep_reset(struct rouse_runtime *rt, struct rouse_sleep *sleep, uint64_t deadline_ns);
void rouse_sleep_init(struct rouse_sleep *slot, uint64_t ns); /* for ROUSE_AWAIT_INIT */

/* ---- Timeout ------------------------------------------------------------------------------- */

/* The child's status, or TIMEOUT. The child is borrowed: `out` and the like are read there. */
struct rouse_timeout {
    struct rouse_future future;
    /* private */
    struct rouse_future *child;
    struct rouse_sleep sleep;
    bool keep;
};
ROUSE_LAZY struct rouse_timeout rouse_timeout(struct rouse_future *child, uint64_t ns);
/* The same, but the child stays pending and yours: await it again, or drop it in FINALLY. */
ROUSE_LAZY struct rouse_timeout rouse_timeout_keep(struct rouse_future *child, uint64_t ns);

/* ---- Interval ------------------------------------------------------------------------------ */

/* What to do when ticks were missed: catch up at once, count on from now, or stay in step. */
enum rouse_missed { ROUSE_BURST, ROUSE_DELAY, ROUSE_SKIP };

/* Ticks every period, the first one period after the first poll; no drift. A stream for
   ROUSE_EACH, never closed; or take single ticks with rouse_interval_tick. */
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
