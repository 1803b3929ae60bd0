/* barrier.c: all parties wait until the last has arrived.

   Invariant: `arrived` is the number of waiters in line. */
#include "waiters.h"

void rouse_barrier_init(struct rouse_barrier *barrier, size_t parties)
{
    *barrier = (struct rouse_barrier){.parties = parties};
    rouse_i_list_init(&barrier->waiters);
}

static struct rouse_polled barrier_wait_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_barrier_wait *self = (struct rouse_barrier_wait *)(void *)f;
    struct rouse_barrier *barrier = self->barrier;
    if (self->waiter.state == ROUSE_I_RELEASED)
        return rouse_i_waiter_done(&self->waiter, ROUSE_OK);
    if (self->waiter.state == ROUSE_I_NEW) {
        if (barrier->arrived + 1 >= barrier->parties) {
            barrier->arrived = 0;
            self->out = true;
            rouse_i_wake_all(&barrier->waiters, ROUSE_I_RELEASED);
            return ROUSE_READY(ROUSE_OK);
        }
        barrier->arrived++;
    }
    return rouse_i_waiter_wait(&barrier->waiters, &self->waiter, cx);
}

static void barrier_wait_drop(struct rouse_future *f)
{
    struct rouse_barrier_wait *self = (struct rouse_barrier_wait *)(void *)f;
    if (self->waiter.state == ROUSE_I_WAITING)
        self->barrier->arrived--;
    rouse_i_waiter_leave(&self->waiter);
}

const struct rouse_type rouse_barrier_wait_type = {"rouse_barrier_wait", __FILE__,
                                                   sizeof(struct rouse_barrier_wait),
                                                   barrier_wait_poll, barrier_wait_drop};

struct rouse_barrier_wait rouse_barrier_wait(struct rouse_barrier *barrier)
{
    return ROUSE_FUTURE(rouse_barrier_wait, .barrier = barrier);
}
