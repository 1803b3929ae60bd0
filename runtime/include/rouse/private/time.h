/* time.h: the makers of rouse/time.h. */
#ifndef ROUSE_PRIVATE_TIME_H
#define ROUSE_PRIVATE_TIME_H

#include "../time.h"
#include "maker.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Makers, see maker.h ------------------------------------------------------------------- */

extern const struct rouse_type rouse_sleep_type, rouse_sleep_until_type, rouse_timeout_type,
    rouse_interval_type, rouse_interval_tick_type;
#ifndef __cplusplus
ROUSE_MAKER_(rouse_sleep);
ROUSE_MAKER_(rouse_timeout);
ROUSE_MAKER_(rouse_interval_tick);
#define rouse_sleep(ns_) ROUSE_MADE_(rouse_sleep, ROUSE_FUTURE(rouse_sleep, .deadline_ns = (ns_)))
#define rouse_sleep_until(deadline_)                                                    \
    ROUSE_MADE_(rouse_sleep,                                                            \
                ((struct rouse_sleep){.future = ROUSE_HEADER_(&rouse_sleep_until_type), \
                                      .deadline_ns = (deadline_)}))
#define rouse_timeout(child_, ns_)                                                                \
    ROUSE_MADE_(rouse_timeout, ROUSE_FUTURE(rouse_timeout, .child = (child_),                     \
                                            .sleep = {.future = ROUSE_HEADER_(&rouse_sleep_type), \
                                                      .deadline_ns = (ns_)}))
#define rouse_interval_tick(interval_) \
    ROUSE_MADE_(rouse_interval_tick, ROUSE_FUTURE(rouse_interval_tick, .interval = (interval_)))
#endif

#ifdef __cplusplus
}
#endif
#endif
