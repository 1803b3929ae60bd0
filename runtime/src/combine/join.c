/* join.c: join and settle: every child runs to its end, even if others fail. */
#include "children.h"

/* ---- Join ---------------------------------------------------------------------------------- */

static struct rouse_polled join_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_join *self = (struct rouse_join *)(void *)f;
    struct rouse_i_round round = rouse_i_children_poll(&self->children, cx, 0);
    return round.pending ? ROUSE_PENDING : ROUSE_READY(ROUSE_OK);
}

static void join_drop(struct rouse_future *f)
{
    struct rouse_join *self = (struct rouse_join *)(void *)f;
    rouse_i_children_drop(&self->children, self->children.count);
}

const struct rouse_type rouse_join_type = {"rouse_join", __FILE__, sizeof(struct rouse_join),
                                           join_poll, join_drop};

struct rouse_join rouse_join(struct rouse_future *const *list, size_t count)
{
    struct rouse_join made;
    ROUSE_FUTURE_INIT(rouse_join, &made);
    rouse_i_children_init(&made.children, list, count);
    return made;
}

/* ---- Settle -------------------------------------------------------------------------------- */

static struct rouse_settled settled(const struct rouse_i_children *children)
{
    struct rouse_future *const *list = rouse_i_children_list(children);
    struct rouse_settled out = {.first_failed = children->count};
    for (size_t i = children->count; i-- > 0;) {
        if (!list[i] || list[i]->status >= 0)
            continue;
        out.failures++;
        out.first_failed = i;
    }
    return out;
}

static struct rouse_polled settle_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_settle *self = (struct rouse_settle *)(void *)f;
    if (rouse_i_children_poll(&self->children, cx, 0).pending)
        return ROUSE_PENDING;
    self->out = settled(&self->children);
    return ROUSE_READY(ROUSE_OK);
}

static void settle_drop(struct rouse_future *f)
{
    struct rouse_settle *self = (struct rouse_settle *)(void *)f;
    rouse_i_children_drop(&self->children, self->children.count);
}

const struct rouse_type rouse_settle_type = {"rouse_settle", __FILE__, sizeof(struct rouse_settle),
                                             settle_poll, settle_drop};

struct rouse_settle rouse_settle(struct rouse_future *const *list, size_t count)
{
    struct rouse_settle made;
    ROUSE_FUTURE_INIT(rouse_settle, &made);
    rouse_i_children_init(&made.children, list, count);
    return made;
}
