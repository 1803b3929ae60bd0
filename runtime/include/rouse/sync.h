/* sync.h: tasks wait for each other. Waiters are nodes in their own frames: nothing is allocated.
 */
#ifndef ROUSE_SYNC_H
#define ROUSE_SYNC_H

#include "time.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Notify -------------------------------------------------------------------------------- */

/* One event at a time, first come first served. A notify_one with nobody waiting is kept, once. */
struct rouse_notify {
    /* private */
    struct rouse_i_node waiters;
    bool kept;
};
struct rouse_notify_wait {
    struct rouse_future future;
    /* private */
    struct rouse_i_node node;
    struct rouse_waker waker;
    struct rouse_notify *notify;
    uint8_t state;
};
void rouse_notify_init(struct rouse_notify *notify);
ROUSE_LAZY struct rouse_notify_wait rouse_notify_wait(struct rouse_notify *notify);
void rouse_notify_one(struct rouse_notify *notify);
void rouse_notify_all(struct rouse_notify *notify);

/* ---- private: the makers as macros, see future.h --------------------------------------------- */

extern const struct rouse_type rouse_notify_wait_type;
#ifndef __cplusplus
ROUSE_MAKER_(rouse_notify_wait);
#define rouse_notify_wait(notify_) \
    ROUSE_MADE_(rouse_notify_wait, ROUSE_FUTURE(rouse_notify_wait, .notify = (notify_)))
#endif

#ifdef __cplusplus
}
#endif
#endif
