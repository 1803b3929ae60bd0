/* combine.h: the makers of rouse/combine.h. */
#ifndef ROUSE_PRIVATE_COMBINE_H
#define ROUSE_PRIVATE_COMBINE_H

#include "../combine.h"
#include "maker.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Makers, see maker.h ------------------------------------------------------------------- */

extern const struct rouse_type rouse_set_next_type, rouse_shared_wait_type;
#ifndef __cplusplus
ROUSE_MAKER_(rouse_set_next);
ROUSE_MAKER_(rouse_shared_wait);
#define rouse_set_next(set_) \
    ROUSE_MADE_(rouse_set_next, ROUSE_FUTURE(rouse_set_next, .set = (set_)))
#define rouse_shared_wait(shared_) \
    ROUSE_MADE_(rouse_shared_wait, ROUSE_FUTURE(rouse_shared_wait, .shared = (shared_)))
#endif

#ifdef __cplusplus
}
#endif
#endif
