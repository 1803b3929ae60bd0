/* waiters.h: a line of waiters, first come first served, that all locks and channels share.

     NEW --rouse_i_wait--> WAITING --rouse_i_serve--> SERVED ----poll--> done
                                   --rouse_i_wake_all--> RELEASED, or NEW again

   SERVED is a turn that belongs to this waiter alone: dropped with it, it must be passed on.
   RELEASED is for all, nothing to pass on. What a turn is, is the primitive's own business.

   Waking may run code that drops waiters, joins the line, or frees the primitive. So whoever wakes
   has finished with the primitive by then, and several are moved to a list of their own first. */
#ifndef ROUSE_WAITERS_H
#define ROUSE_WAITERS_H

#include "../base/list.h"
#include <rouse/sync.h>

enum { ROUSE_I_NEW, ROUSE_I_WAITING, ROUSE_I_SERVED, ROUSE_I_RELEASED };

static inline struct rouse_i_waiter *rouse_i_first_waiter(const struct rouse_i_node *line)
{
    return ROUSE_I_CONTAINER(line->next, struct rouse_i_waiter, node);
}

/* What a poll that has to wait returns: stands in line, and keeps the waker. */
static inline struct rouse_polled
rouse_i_wait(struct rouse_i_node *line, struct rouse_i_waiter *waiter, struct rouse_context *cx)
{
    waiter->state = ROUSE_I_WAITING;
    if (!rouse_i_node_is_linked(&waiter->node))
        rouse_i_list_append(line, &waiter->node);
    rouse_waker_store(&waiter->waker, cx);
    return ROUSE_PENDING;
}

/* What every drop begins with: takes the waiter out of whatever list it stands in. */
static inline void rouse_i_leave(struct rouse_i_waiter *waiter)
{
    if (rouse_i_node_is_linked(&waiter->node))
        rouse_i_node_unlink(&waiter->node);
    rouse_waker_drop(&waiter->waker);
}

/* The last statement of whoever calls it. */
static inline void rouse_i_serve(struct rouse_i_waiter *waiter)
{
    rouse_i_node_unlink(&waiter->node);
    waiter->state = ROUSE_I_SERVED;
    rouse_waker_wake(&waiter->waker);
}

/* Wakes all of `line`, in order, once all have the state. The last statement, too. */
void rouse_i_wake_every(struct rouse_i_node *line, uint32_t state);
static inline void rouse_i_wake_all(struct rouse_i_node *line, uint32_t state)
{
    if (!rouse_i_list_is_empty(line))
        rouse_i_wake_every(line, state);
}

/* What a poll that is done returns. It may still be linked: to the list of somebody who wakes it
   next, and whose earlier wake made it poll. */
static inline struct rouse_polled rouse_i_done(struct rouse_i_waiter *waiter, rouse_status status)
{
    if (rouse_i_node_is_linked(&waiter->node))
        rouse_i_leave(waiter);
    return ROUSE_READY(status);
}

/* Ends the program: the caller broke a rule at `place`, "file:line", or NULL where that is not
   known. */
ROUSE_NORETURN_ void rouse_i_misuse(const char *place, const char *what);

#endif
