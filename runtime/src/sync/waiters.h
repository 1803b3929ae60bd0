/* waiters.h: the line of waiters, first come first served, that all locks and channels share.

     NEW --rouse_i_waiter_wait--> WAITING --rouse_i_waiter_serve--> SERVED --poll--> done
                                     |
                                     +--rouse_i_wake_all--> RELEASED --poll--> done
                                                        or  NEW, to try again

   SERVED: this waiter alone has the turn. If it is dropped, its drop must pass the turn on.
   RELEASED: all of the line may go on; there is nothing to pass on.
   What a turn means, each primitive defines for itself.

   A wake may run code that drops waiters, joins the line, or frees the primitive. So touch the
   primitive no more once you wake, and move several waiters to a list of their own first. */
#ifndef ROUSE_WAITERS_H
#define ROUSE_WAITERS_H

#include "../base/list.h"
#include <rouse/sync.h>

enum { ROUSE_I_NEW, ROUSE_I_WAITING, ROUSE_I_SERVED, ROUSE_I_RELEASED };

static inline struct rouse_i_waiter *rouse_i_first_waiter(const struct rouse_i_node *line)
{
    return ROUSE_I_CONTAINER(line->next, struct rouse_i_waiter, node);
}

/* What a poll that has to wait returns: joins the line and stores the waker. */
static inline struct rouse_polled rouse_i_waiter_wait(struct rouse_i_node *line,
                                                      struct rouse_i_waiter *waiter,
                                                      struct rouse_context *cx)
{
    waiter->state = ROUSE_I_WAITING;
    if (!rouse_i_node_is_linked(&waiter->node))
        rouse_i_list_append(line, &waiter->node);
    rouse_waker_store(&waiter->waker, cx);
    return ROUSE_PENDING;
}

/* What every drop begins with: takes the waiter out of the list it is linked in, if any. */
static inline void rouse_i_waiter_leave(struct rouse_i_waiter *waiter)
{
    if (rouse_i_node_is_linked(&waiter->node))
        rouse_i_node_unlink(&waiter->node);
    rouse_waker_drop(&waiter->waker);
}

/* Gives the waiter its turn and wakes it. Call it last. */
static inline void rouse_i_waiter_serve(struct rouse_i_waiter *waiter)
{
    rouse_i_node_unlink(&waiter->node);
    waiter->state = ROUSE_I_SERVED;
    rouse_waker_wake(&waiter->waker);
}

/* Sets the state of every waiter of `line`, then wakes them in order. Call it last. */
void rouse_i_wake_line(struct rouse_i_node *line, uint32_t state);
static inline void rouse_i_wake_all(struct rouse_i_node *line, uint32_t state)
{
    if (!rouse_i_list_is_empty(line))
        rouse_i_wake_line(line, state);
}

/* What a poll that is done returns. The waiter may still be linked: rouse_i_wake_line wakes one
   after the other, and an earlier wake may have polled this one before its turn came. */
static inline struct rouse_polled rouse_i_waiter_done(struct rouse_i_waiter *waiter,
                                                      rouse_status status)
{
    if (rouse_i_node_is_linked(&waiter->node))
        rouse_i_waiter_leave(waiter);
    return ROUSE_READY(status);
}

/* Ends the program: the caller broke a rule at `place`, "file:line", or NULL if not known. */
ROUSE_NORETURN_ void rouse_i_misuse(const char *place, const char *what);

#endif
