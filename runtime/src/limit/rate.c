/* rate.c: a token bucket, kept as one time: when the bucket would be full again.

     made --poll--> WAITING --first in line--> SLEEPING until there are enough --poll--> done

   Invariant: only the first in line sleeps. When it leaves, it wakes the next. */
#include <rouse/limit.h>

#include "../base/list.h"

static uint64_t saturating_multiply(uint64_t a, uint64_t b)
{
    uint64_t product;
    return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

static uint64_t saturating_add(uint64_t a, uint64_t b)
{
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

void rouse_rate_init(struct rouse_rate *rate, uint64_t burst, uint64_t interval_ns)
{
    *rate = (struct rouse_rate){.interval_ns = interval_ns,
                                .capacity_ns = saturating_multiply(burst, interval_ns)};
    rouse_i_list_init(&rate->waiters);
}

/* When the bucket will hold this many tokens. Taking them now moves `full_at` to `after`. */
static uint64_t ready_at(const struct rouse_rate *rate, uint64_t tokens, uint64_t now,
                         uint64_t *after)
{
    uint64_t full_at = rate->full_at > now ? rate->full_at : now;
    *after = saturating_add(full_at, saturating_multiply(tokens, rate->interval_ns));
    return *after > rate->capacity_ns ? *after - rate->capacity_ns : 0;
}

static bool take(struct rouse_rate *rate, uint64_t tokens, uint64_t now)
{
    uint64_t after;
    if (ready_at(rate, tokens, now, &after) > now)
        return false;
    rate->full_at = after;
    return true;
}

static bool can_hold(const struct rouse_rate *rate, uint64_t tokens)
{
    return saturating_multiply(tokens, rate->interval_ns) <= rate->capacity_ns;
}

bool rouse_rate_try_acquire(struct rouse_rate *rate, struct rouse_runtime *rt, uint64_t tokens)
{
    return rouse_i_list_is_empty(&rate->waiters) && can_hold(rate, tokens) &&
           take(rate, tokens, rouse_now(rt));
}

static void acquire_leave(struct rouse_rate_acquire *self)
{
    struct rouse_rate *rate = self->rate;
    bool was_first = rate->waiters.next == &self->node;
    rouse_drop(&self->sleep.future);
    rouse_waker_drop(&self->waker);
    rouse_i_node_unlink(&self->node);
    if (was_first && !rouse_i_list_is_empty(&rate->waiters))
        rouse_waker_wake(
            &ROUSE_I_CONTAINER(rate->waiters.next, struct rouse_rate_acquire, node)->waker);
}

/* A poll of the first in line: takes the tokens, or sleeps until there are enough. */
static struct rouse_polled acquire_first(struct rouse_rate_acquire *self, struct rouse_context *cx)
{
    uint64_t now = rouse_now(cx->runtime), after;
    if (take(self->rate, self->tokens, now)) {
        acquire_leave(self);
        return ROUSE_READY(ROUSE_OK);
    }
    if (!self->sleep.future.type)
        self->sleep = rouse_sleep_until(ready_at(self->rate, self->tokens, now, &after));
    return rouse_poll(&self->sleep.future, cx);
}

static struct rouse_polled acquire_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_rate_acquire *self = (struct rouse_rate_acquire *)(void *)f;
    struct rouse_rate *rate = self->rate;
    if (!cx->runtime)
        return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED); /* a foreign executor without a clock */
    if (!can_hold(rate, self->tokens))
        return ROUSE_READY(ROUSE_ERR_INVALID);
    if (!rouse_i_node_is_linked(&self->node))
        rouse_i_list_append(&rate->waiters, &self->node);
    if (rate->waiters.next == &self->node)
        return acquire_first(self, cx);
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}

static void acquire_drop(struct rouse_future *f)
{
    acquire_leave((struct rouse_rate_acquire *)(void *)f);
}

const struct rouse_type rouse_rate_acquire_type = {
    "rouse_rate_acquire", __FILE__, sizeof(struct rouse_rate_acquire), acquire_poll, acquire_drop};

ROUSE_MAKER_FUNCTION_(rouse_rate_acquire, rouse_rate_acquire)(struct rouse_rate *rate,
                                                              uint64_t tokens)
{
    return rouse_rate_acquire(rate, tokens);
}
