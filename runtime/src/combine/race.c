/* race.c: race and any: end with the first child that ends, or the first that succeeds, and drop
   the others. */
#include "children.h"

/* Sets `out` and gives the status once the round has a winner or no child is left. */
static struct rouse_polled race_end(const struct rouse_i_children *children,
                                    struct rouse_i_round round, size_t *out,
                                    struct rouse_future *self, struct rouse_context *cx)
{
    *out = round.at;
    if (round.at == children->count)
        return ROUSE_READY(ROUSE_ERR_EMPTY);
    rouse_i_children_won(children, round.at, self);
    rouse_i_children_drop(children, round.at);
    return rouse_i_end_like(children, round.at, self, cx);
}

static struct rouse_polled race_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_race *self = (struct rouse_race *)(void *)f;
    struct rouse_i_round round = rouse_i_children_poll(&self->children, cx, ROUSE_I_STOP_AT_END);
    if (!round.stopped && round.pending)
        return ROUSE_PENDING;
    return race_end(&self->children, round, &self->out, f, cx);
}

static void race_drop(struct rouse_future *f)
{
    struct rouse_race *self = (struct rouse_race *)(void *)f;
    rouse_i_children_drop(&self->children, self->children.count);
}

const struct rouse_type rouse_race_type = {"rouse_race", __FILE__, sizeof(struct rouse_race),
                                           race_poll, race_drop};

struct rouse_race rouse_race(struct rouse_future *const *list, size_t count)
{
    struct rouse_race made;
    ROUSE_FUTURE_INIT(rouse_race, &made);
    rouse_i_children_init(&made.children, list, count);
    return made;
}

static struct rouse_polled any_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_any *self = (struct rouse_any *)(void *)f;
    struct rouse_i_round round =
        rouse_i_children_poll(&self->children, cx, ROUSE_I_STOP_AT_SUCCESS);
    if (!round.stopped && round.pending)
        return ROUSE_PENDING;
    return race_end(&self->children, round, &self->out, f, cx);
}

static void any_drop(struct rouse_future *f)
{
    struct rouse_any *self = (struct rouse_any *)(void *)f;
    rouse_i_children_drop(&self->children, self->children.count);
}

const struct rouse_type rouse_any_type = {"rouse_any", __FILE__, sizeof(struct rouse_any), any_poll,
                                          any_drop};

struct rouse_any rouse_any(struct rouse_future *const *list, size_t count)
{
    struct rouse_any made;
    ROUSE_FUTURE_INIT(rouse_any, &made);
    rouse_i_children_init(&made.children, list, count);
    return made;
}
