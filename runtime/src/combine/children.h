/* children.h: the list of children behind every combinator, and one round of polls over it.

   Invariant: a round begins with the first child of the list, which wins if several are ready at
   once. Only after a round that used up the budget of its poll does the next begin behind the child
   that did so: a child that is always ready cannot starve those behind it. */
#ifndef ROUSE_CHILDREN_H
#define ROUSE_CHILDREN_H

#include "../base/check.h"
#include <rouse/combine.h>

enum rouse_i_stop {
    ROUSE_I_STOP_AT_FAILURE = 1 << 0,
    ROUSE_I_STOP_AT_SUCCESS = 1 << 1,
    ROUSE_I_STOP_AT_END = ROUSE_I_STOP_AT_FAILURE | ROUSE_I_STOP_AT_SUCCESS,
    ROUSE_I_SKIP_DONE = 1 << 2, /* a child that was done before this round does not count */
};

struct rouse_i_round {
    size_t pending; /* children that are still pending */
    size_t at;      /* the child that stopped the round; else the last that ended; else `count` */
    bool stopped;
};

/* Writes only what is used: clearing the rest, or copying the whole, takes longer than a poll. */
static inline void rouse_i_children_init(struct rouse_i_children *children,
                                         struct rouse_future *const *list, size_t count)
{
    children->count = (uint32_t)count;
    children->first = 0;
    if (count > ROUSE_LIST_MAX)
        children->borrowed = list;
    else
        for (size_t i = 0; i < count; i++)
            children->copied[i] = list[i];
}

/* Traces the winner, and as losers all children that are not done. */
#if ROUSE_TRACE
void rouse_i_children_won(const struct rouse_i_children *children, size_t winner,
                          const struct rouse_future *self);
#else
#define rouse_i_children_won(children, winner, self) ((void)0)
#endif
/* Drops all children but the one at `but`. */
void rouse_i_children_drop(const struct rouse_i_children *children, size_t but);

static inline struct rouse_future *const *
rouse_i_children_list(const struct rouse_i_children *children)
{
    return children->count > ROUSE_LIST_MAX ? children->borrowed : children->copied;
}

/* Sets where the next round begins: behind the child that used up the budget of this poll. */
static inline void rouse_i_note_budget(struct rouse_i_children *children, size_t at,
                                       uint32_t before, const struct rouse_context *cx)
{
    if (cx->budget == 1 && before != 1)
        children->first = at + 1 < children->count ? (uint32_t)at + 1 : 0;
}

/* A join waits for the end of each child, which a stream need not have. */
static inline void rouse_i_check_ended(const struct rouse_future *child, unsigned stops)
{
    if (child->status > 0 && !(stops & ROUSE_I_STOP_AT_SUCCESS))
        rouse_i_bug(child, "a stream in a join: await its next item instead");
}

static inline bool rouse_i_stops_at(rouse_status status, unsigned stops)
{
    return stops & (status < 0 ? ROUSE_I_STOP_AT_FAILURE : ROUSE_I_STOP_AT_SUCCESS);
}

/* Inline, so that with a constant `stops` the compiler leaves out what this combinator does not
   need. */
static inline struct rouse_i_round rouse_i_children_poll(struct rouse_i_children *children,
                                                         struct rouse_context *cx, unsigned stops)
{
    struct rouse_future *const *list = rouse_i_children_list(children);
    struct rouse_i_round round = {.at = children->count};
    size_t at = children->first;
    for (size_t left = children->count; left > 0; left--, at++) {
        if (at == children->count)
            at = 0;
        struct rouse_future *child = list[at];
        if (!child || (rouse_is_done(child) && stops & ROUSE_I_SKIP_DONE))
            continue;
        if (!rouse_is_done(child)) {
            uint32_t before = cx->budget;
            struct rouse_polled polled = rouse_poll(child, cx);
            rouse_i_note_budget(children, at, before, cx);
            if (rouse_is_pending(polled)) {
                round.pending++;
                continue;
            }
            rouse_i_check_ended(child, stops);
            round.at = at;
        }
        if (round.at == children->count)
            round.at = at;
        if (rouse_i_stops_at(child->status, stops)) {
            round.at = at;
            round.stopped = true;
            break;
        }
    }
    return round;
}

/* The result of a combinator that ends as its child at `at` did. An item is a success. */
static inline struct rouse_polled rouse_i_end_like(const struct rouse_i_children *children,
                                                   size_t at, struct rouse_future *self,
                                                   struct rouse_context *cx)
{
    const struct rouse_future *child = rouse_i_children_list(children)[at];
    if (child->status >= 0)
        return ROUSE_READY(ROUSE_OK);
    rouse_i_carry(cx, child, self);
    return ROUSE_READY(child->status);
}

#endif
