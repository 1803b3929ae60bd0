/* children.h: the list behind every combinator, and one round of polls through it.

   A round begins where the last one that used up the budget of its poll stopped, so that a child
   that is always ready cannot starve those behind it. Else it begins with the first of the list:
   of several children that are ready at once, that one counts. */
#ifndef ROUSE_CHILDREN_H
#define ROUSE_CHILDREN_H

#include <rouse/combine.h>

enum rouse_i_stop {
    ROUSE_I_STOP_AT_FAILURE = 1 << 0,
    ROUSE_I_STOP_AT_SUCCESS = 1 << 1,
    ROUSE_I_STOP_AT_END = ROUSE_I_STOP_AT_FAILURE | ROUSE_I_STOP_AT_SUCCESS,
    ROUSE_I_SKIP_DONE = 1 << 2, /* what was done before this round does not count */
};

struct rouse_i_round {
    size_t pending; /* children that were polled and go on */
    size_t at;      /* the child that stopped it; else the last that has ended, if any */
    bool stopped;
};

struct rouse_i_children rouse_i_children(struct rouse_future *const *list, size_t count);
struct rouse_i_round rouse_i_children_poll(struct rouse_i_children *children,
                                           struct rouse_context *cx, unsigned stops);
/* Drops all but the one at `but`. */
void rouse_i_children_drop(const struct rouse_i_children *children, size_t but);

static inline struct rouse_future *const *
rouse_i_children_list(const struct rouse_i_children *children)
{
    return children->count > ROUSE_LIST_MAX ? children->borrowed : children->copied;
}

/* The result of a combinator that ends like its child at `at`. An item of a stream is a success. */
static inline struct rouse_polled rouse_i_end_like(const struct rouse_i_children *children,
                                                   size_t at, struct rouse_future *self,
                                                   struct rouse_context *cx)
{
    const struct rouse_future *child = rouse_i_children_list(children)[at];
    rouse_i_carry(cx, child, self);
    return ROUSE_READY(child->status < 0 ? child->status : ROUSE_OK);
}

#endif
