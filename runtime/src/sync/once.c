/* once.c: the first task that needs a value initialises it.

   Invariant: at most one waiter has the turn (SERVED); it polls its own `init`. However that ends,
   the turn is passed on. */
#include "waiters.h"

void rouse_once_init(struct rouse_once *once)
{
    *once = (struct rouse_once){0};
    rouse_i_list_init(&once->waiters);
}

bool rouse_once_is_set(const struct rouse_once *once)
{
    return once->set;
}

rouse_status rouse_once_set(struct rouse_once *once)
{
    if (once->set || once->running)
        return ROUSE_ERR_FULL;
    once->set = true;
    return ROUSE_OK;
}

/* `running` stays true while the turn is on its way to the next waiter. */
static void pass_turn(struct rouse_once *once, bool set)
{
    once->set = set;
    once->running = !set && !rouse_i_list_is_empty(&once->waiters);
    if (once->running)
        rouse_i_waiter_serve(rouse_i_first_waiter(&once->waiters));
    else
        rouse_i_wake_all(&once->waiters, ROUSE_I_RELEASED);
}

static struct rouse_polled initialise(struct rouse_once_get_or_init *self, struct rouse_context *cx)
{
    struct rouse_polled polled = rouse_poll(self->init, cx);
    if (rouse_is_pending(polled))
        return polled;
    rouse_i_carry(cx, self->init, &self->future);
    rouse_drop(self->init); /* a stream: one item is enough */
    pass_turn(self->once, polled.status >= 0);
    return ROUSE_READY(polled.status < 0 ? polled.status : ROUSE_OK);
}

static struct rouse_polled once_get_or_init_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_once_get_or_init *self = (struct rouse_once_get_or_init *)(void *)f;
    struct rouse_once *once = self->once;
    if (once->set) {
        rouse_drop(self->init);
        return rouse_i_waiter_done(&self->waiter, ROUSE_OK);
    }
    if (self->waiter.state == ROUSE_I_NEW && !once->running) {
        once->running = true;
        self->waiter.state = ROUSE_I_SERVED;
    }
    if (self->waiter.state == ROUSE_I_SERVED)
        return initialise(self, cx);
    return rouse_i_waiter_wait(&once->waiters, &self->waiter, cx);
}

static void once_get_or_init_drop(struct rouse_future *f)
{
    struct rouse_once_get_or_init *self = (struct rouse_once_get_or_init *)(void *)f;
    rouse_i_waiter_leave(&self->waiter);
    rouse_drop(self->init);
    if (self->waiter.state == ROUSE_I_SERVED)
        pass_turn(self->once, false);
}

const struct rouse_type rouse_once_get_or_init_type = {
    "rouse_once_get_or_init", __FILE__, sizeof(struct rouse_once_get_or_init),
    once_get_or_init_poll, once_get_or_init_drop};

struct rouse_once_get_or_init rouse_once_get_or_init(struct rouse_once *once,
                                                     struct rouse_future *init)
{
    return ROUSE_FUTURE(rouse_once_get_or_init, .once = once, .init = init);
}
