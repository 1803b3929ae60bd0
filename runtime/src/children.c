/* children.c: see children.h. */
#include "children.h"

#include "check.h"

struct rouse_i_children rouse_i_children(struct rouse_future *const *list, size_t count)
{
    struct rouse_i_children children = {.count = (uint32_t)count};
    if (count > ROUSE_LIST_MAX)
        children.borrowed = list;
    else
        for (size_t i = 0; i < count; i++)
            children.copied[i] = list[i];
    return children;
}

/* Where the next round begins: behind the child that used the budget of this poll up. */
static void note_budget(struct rouse_i_children *children, size_t at, uint32_t before,
                        const struct rouse_context *cx)
{
    if (cx->budget == 1 && before != 1)
        children->first = at + 1 < children->count ? (uint32_t)at + 1 : 0;
}

/* A stream has no end to wait for. */
static void check_ended(const struct rouse_future *child, unsigned stops)
{
    if (child->status > 0 && !(stops & ROUSE_I_STOP_AT_SUCCESS))
        rouse_i_bug(child, "a stream in a join: await its next item instead");
}

static bool stops_at(rouse_status status, unsigned stops)
{
    return stops & (status < 0 ? ROUSE_I_STOP_AT_FAILURE : ROUSE_I_STOP_AT_SUCCESS);
}

struct rouse_i_round rouse_i_children_poll(struct rouse_i_children *children,
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
            note_budget(children, at, before, cx);
            if (rouse_is_pending(polled)) {
                round.pending++;
                continue;
            }
            check_ended(child, stops);
            round.at = at;
        }
        if (round.at == children->count)
            round.at = at;
        if (stops_at(child->status, stops)) {
            round.at = at;
            round.stopped = true;
            break;
        }
    }
    return round;
}

void rouse_i_children_drop(const struct rouse_i_children *children, size_t but)
{
    struct rouse_future *const *list = rouse_i_children_list(children);
    for (size_t i = 0; i < children->count; i++)
        if (i != but)
            rouse_drop(list[i]);
}
