/* time.c: futures of time: sleep, timeout, interval. A sleep is its own entry in the wheel, so
   arming it allocates nothing.

     made --first poll--> armed --rouse_i_timers_fire--> fired (unlinked, woken) --poll--> done */
#include <rouse/time.h>

#include "executor.h"
#include "../trace/trace_events.h"
#include "wheel.h"

/* The latest deadline. A sleep of UINT64_MAX is still a wait, so it must not be ROUSE_NEVER. */
static const uint64_t latest = ROUSE_NEVER - 1;

static uint64_t saturating_add(uint64_t a, uint64_t b)
{
    return a > latest - b || b > latest ? latest : a + b;
}

#define TIMER_EVENT(kind, sleep)                                                              \
    ROUSE_EVENT(kind, (uint32_t)(sleep)->deadline_ns, (uint32_t)((sleep)->deadline_ns >> 32), \
                (sleep)->future.id)

/* ---- Sleep --------------------------------------------------------------------------------- */

void rouse_i_timers_fire(struct rouse_runtime *rt)
{
    /* Every timer that is due leaves the wheel before a wake runs any code. So a timer that is
       armed by that code, even for 0 ns, belongs to a later turn. */
    struct rouse_i_node due;
    rouse_i_list_init(&due);
    rt->waking = ROUSE_BY_TIMER;
    rouse_i_wheel_advance(&rt->timers, rouse_now(rt), &due);
    while (!rouse_i_list_is_empty(&due)) {
        struct rouse_sleep *sleep = ROUSE_I_CONTAINER(due.next, struct rouse_sleep, node);
        rouse_i_node_unlink(&sleep->node);
        TIMER_EVENT(TIMER_FIRE, sleep);
        rouse_waker_wake(&sleep->waker);
    }
    rt->waking = ROUSE_BY_OUTSIDE;
}

static void sleep_drop(struct rouse_future *f)
{
    struct rouse_sleep *self = (struct rouse_sleep *)(void *)f;
    if (rouse_i_node_is_linked(&self->node)) {
        TIMER_EVENT(TIMER_CANCEL, self);
        rouse_i_node_unlink(&self->node);
    }
    rouse_waker_drop(&self->waker);
}

static struct rouse_polled sleep_wait(struct rouse_sleep *self, struct rouse_context *cx,
                                      uint64_t now)
{
    struct rouse_runtime *rt = cx->runtime;
    if (self->deadline_ns <= now) {
        sleep_drop(&self->future);
        return ROUSE_READY(ROUSE_OK);
    }
    if (!rouse_i_node_is_linked(&self->node)) {
        if (self->deadline_ns > latest)
            self->deadline_ns = latest;
        rouse_i_wheel_insert(&rt->timers, self);
        TIMER_EVENT(TIMER_ARM, self);
    }
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}

static struct rouse_polled sleep_until_poll(struct rouse_future *f, struct rouse_context *cx)
{
    if (!cx->runtime)
        return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED); /* a foreign executor without a clock */
    return sleep_wait((struct rouse_sleep *)(void *)f, cx, rouse_now(cx->runtime));
}

const struct rouse_type rouse_sleep_until_type = {
    "rouse_sleep", __FILE__, sizeof(struct rouse_sleep), sleep_until_poll, sleep_drop};

/* A relative sleep becomes an absolute one at its first poll. */
static struct rouse_polled sleep_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_sleep *self = (struct rouse_sleep *)(void *)f;
    if (!cx->runtime)
        return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED);
    uint64_t now = rouse_now(cx->runtime);
    self->deadline_ns = saturating_add(now, self->deadline_ns);
    f->type = &rouse_sleep_until_type;
    return sleep_wait(self, cx, now);
}

const struct rouse_type rouse_sleep_type = {"rouse_sleep", __FILE__, sizeof(struct rouse_sleep),
                                            sleep_poll, NULL};

ROUSE_MAKER_FUNCTION_(rouse_sleep, rouse_sleep)(uint64_t ns)
{
    return rouse_sleep(ns);
}

ROUSE_MAKER_FUNCTION_(rouse_sleep, rouse_sleep_until)(uint64_t deadline_ns)
{
    return rouse_sleep_until(deadline_ns);
}

void rouse_sleep_init(struct rouse_sleep *slot, uint64_t ns)
{
    *slot = ROUSE_FUTURE(rouse_sleep, .deadline_ns = ns);
}

void rouse_sleep_reset(struct rouse_runtime *rt, struct rouse_sleep *sleep, uint64_t deadline_ns)
{
    bool armed = rouse_i_node_is_linked(&sleep->node);
    if (!sleep->future.type || rouse_is_done(&sleep->future))
        rouse_i_bug(&sleep->future, "rouse_sleep_reset of a sleep that is done: make a new one");
    sleep->future.type = &rouse_sleep_until_type;
    sleep->deadline_ns = deadline_ns < latest ? deadline_ns : latest;
    if (!armed)
        return; /* not polled yet, or fired and not polled since: the next poll arms it */
    rouse_i_node_unlink(&sleep->node);
    if (deadline_ns <= rouse_now(rt))
        rouse_waker_wake(&sleep->waker);
    else
        rouse_i_wheel_insert(&rt->timers, sleep);
}

/* ---- Timeout ------------------------------------------------------------------------------- */

static void timeout_end(struct rouse_timeout *self)
{
    rouse_drop(&self->sleep.future);
    if (!self->keep)
        rouse_drop(self->child);
}

/* In a trace the child is arm 0, the sleep arm 1. */
#define TIMEOUT_EVENT(kind, self, index, child) \
    ROUSE_EVENT(kind, (self)->future.id, (index), (child)->id)

/* Polls the child first: a child that is done counts, even if the time is up in the same turn. */
static struct rouse_polled timeout_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_timeout *self = (struct rouse_timeout *)(void *)f;
    struct rouse_polled child = rouse_poll(self->child, cx);
    if (!rouse_is_pending(child)) {
        rouse_i_carry(cx, self->child, f);
        TIMEOUT_EVENT(SEL_WIN, self, 0, self->child);
        TIMEOUT_EVENT(SEL_LOSE, self, 1, &self->sleep.future);
        rouse_drop(&self->sleep.future);
        return ROUSE_READY(child.status < 0 ? child.status : ROUSE_OK);
    }
    struct rouse_polled sleep = rouse_poll(&self->sleep.future, cx);
    if (rouse_is_pending(sleep))
        return ROUSE_PENDING;
    TIMEOUT_EVENT(SEL_WIN, self, 1, &self->sleep.future);
    TIMEOUT_EVENT(SEL_LOSE, self, 0, self->child);
    timeout_end(self);
    return ROUSE_READY(sleep.status < 0 ? sleep.status : ROUSE_ERR_TIMEOUT);
}

static void timeout_drop(struct rouse_future *f)
{
    timeout_end((struct rouse_timeout *)(void *)f);
}

const struct rouse_type rouse_timeout_type = {
    "rouse_timeout", __FILE__, sizeof(struct rouse_timeout), timeout_poll, timeout_drop};

ROUSE_MAKER_FUNCTION_(rouse_timeout, rouse_timeout)(struct rouse_future *child, uint64_t ns)
{
    return rouse_timeout(child, ns);
}

struct rouse_timeout rouse_timeout_keep(struct rouse_future *child, uint64_t ns)
{
    struct rouse_timeout timeout = rouse_timeout(child, ns);
    timeout.keep = true;
    return timeout;
}

/* ---- Interval ------------------------------------------------------------------------------ */

/* The time of the tick after the one due at `due`. It is computed from the schedule, so it cannot
   drift. */
static uint64_t next_tick(const struct rouse_interval *self, uint64_t due, uint64_t now)
{
    uint64_t next = saturating_add(due, self->period_ns);
    if (next > now || self->missed == ROUSE_BURST)
        return next;
    if (self->missed == ROUSE_DELAY)
        return saturating_add(now, self->period_ns);
    return saturating_add(now - (now - due) % self->period_ns, self->period_ns);
}

static struct rouse_polled interval_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_interval *self = (struct rouse_interval *)(void *)f;
    if (self->period_ns == 0)
        return ROUSE_READY(ROUSE_ERR_INVALID);
    struct rouse_polled slept = rouse_poll(&self->sleep.future, cx);
    if (slept.status != ROUSE_OK)
        return slept;
    self->out = self->sleep.deadline_ns;
    self->sleep = rouse_sleep_until(next_tick(self, self->out, rouse_now(cx->runtime)));
    return rouse_item(f, &self->out);
}

static void interval_drop(struct rouse_future *f)
{
    rouse_drop(&((struct rouse_interval *)(void *)f)->sleep.future);
}

const struct rouse_type rouse_interval_type = {
    "rouse_interval", __FILE__, sizeof(struct rouse_interval), interval_poll, interval_drop};

struct rouse_interval rouse_interval(uint64_t period_ns, enum rouse_missed missed)
{
    struct rouse_interval interval =
        ROUSE_FUTURE(rouse_interval, .period_ns = period_ns, .missed = missed);
    rouse_sleep_init(&interval.sleep, period_ns);
    return interval;
}

static struct rouse_polled interval_tick_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_interval_tick *self = (struct rouse_interval_tick *)(void *)f;
    struct rouse_polled polled = rouse_poll(&self->interval->future, cx);
    if (polled.status != ROUSE_ITEM_)
        return polled;
    self->out = self->interval->out;
    return ROUSE_READY(ROUSE_OK);
}

/* The schedule goes on, but wakes no task until the next tick is awaited. */
static void interval_tick_drop(struct rouse_future *f)
{
    struct rouse_interval *interval = ((struct rouse_interval_tick *)(void *)f)->interval;
    uint64_t deadline_ns = interval->sleep.deadline_ns;
    rouse_drop(&interval->sleep.future);
    interval->sleep = rouse_sleep_until(deadline_ns);
}

const struct rouse_type rouse_interval_tick_type = {"rouse_interval_tick", __FILE__,
                                                    sizeof(struct rouse_interval_tick),
                                                    interval_tick_poll, interval_tick_drop};

ROUSE_MAKER_FUNCTION_(rouse_interval_tick, rouse_interval_tick)(struct rouse_interval *interval)
{
    return rouse_interval_tick(interval);
}
