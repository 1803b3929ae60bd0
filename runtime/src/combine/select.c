/* select.c: ends with the first arm that ends. The others stay with the caller, still pending. */
#include "children.h"
#include "../base/random.h"

/* A foreign executor has no runtime and so no seed: its arms are polled in order. */
static uint32_t first_arm(const struct rouse_select *self, const struct rouse_context *cx)
{
    if (self->bias == ROUSE_IN_ORDER || !cx->runtime)
        return 0;
    uint64_t random = rouse_i_random(cx->runtime) >> 32;
    return (uint32_t)(random * self->children.count >> 32);
}

static struct rouse_polled select_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_select *self = (struct rouse_select *)(void *)f;
    self->children.first = first_arm(self, cx);
    struct rouse_i_round round =
        rouse_i_children_poll(&self->children, cx, ROUSE_I_STOP_AT_END | ROUSE_I_SKIP_DONE);
    self->out = round.at;
    if (round.stopped) {
        rouse_i_children_won(&self->children, round.at, f);
        return rouse_i_end_like(&self->children, round.at, f, cx);
    }
    return round.pending ? ROUSE_PENDING : ROUSE_READY(ROUSE_ERR_EMPTY);
}

static void select_drop(struct rouse_future *f)
{
    struct rouse_select *self = (struct rouse_select *)(void *)f;
    rouse_i_children_drop(&self->children, self->children.count);
}

const struct rouse_type rouse_select_type = {"rouse_select", __FILE__, sizeof(struct rouse_select),
                                             select_poll, select_drop};

void rouse_select_init(struct rouse_select *slot, struct rouse_future *const *list, size_t count,
                       enum rouse_bias bias)
{
    ROUSE_FUTURE_INIT(rouse_select, slot);
    rouse_i_children_init(&slot->children, list, count);
    slot->bias = bias;
}

struct rouse_select rouse_select(struct rouse_future *const *list, size_t count,
                                 enum rouse_bias bias)
{
    struct rouse_select made;
    rouse_select_init(&made, list, count, bias);
    return made;
}
