/* try_join.c: every child runs to its end, unless one fails: then the others are dropped. */
#include "children.h"

static struct rouse_polled try_join_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_try_join *self = (struct rouse_try_join *)(void *)f;
    struct rouse_i_round round =
        rouse_i_children_poll(&self->children, cx, ROUSE_I_STOP_AT_FAILURE);
    self->out = self->children.count;
    if (!round.stopped)
        return round.pending ? ROUSE_PENDING : ROUSE_READY(ROUSE_OK);
    self->out = round.at;
    rouse_i_children_drop(&self->children, round.at);
    return rouse_i_end_like(&self->children, round.at, f, cx);
}

static void try_join_drop(struct rouse_future *f)
{
    struct rouse_try_join *self = (struct rouse_try_join *)(void *)f;
    rouse_i_children_drop(&self->children, self->children.count);
}

const struct rouse_type rouse_try_join_type = {
    "rouse_try_join", __FILE__, sizeof(struct rouse_try_join), try_join_poll, try_join_drop};

struct rouse_try_join rouse_try_join(struct rouse_future *const *list, size_t count)
{
    struct rouse_try_join made;
    ROUSE_FUTURE_INIT(rouse_try_join, &made);
    rouse_i_children_init(&made.children, list, count);
    return made;
}
