/* limit.h: the makers of rouse/limit.h. */
#ifndef ROUSE_PRIVATE_LIMIT_H
#define ROUSE_PRIVATE_LIMIT_H

#include "../limit.h"
#include "maker.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Makers, see maker.h ------------------------------------------------------------------- */

extern const struct rouse_type rouse_rate_acquire_type, rouse_pool_acquire_type;
#ifndef __cplusplus
ROUSE_MAKER_(rouse_rate_acquire);
ROUSE_MAKER_(rouse_pool_acquire);
#define rouse_rate_acquire(rate_, tokens_) \
    ROUSE_MADE_(rouse_rate_acquire,        \
                ROUSE_FUTURE(rouse_rate_acquire, .rate = (rate_), .tokens = (tokens_)))
#define rouse_pool_acquire(pool_) \
    ROUSE_MADE_(rouse_pool_acquire, ROUSE_FUTURE(rouse_pool_acquire, .pool = (pool_)))
#endif

#ifdef __cplusplus
}
#endif
#endif
