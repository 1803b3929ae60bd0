/* A listener that sleeps misses what a broadcast of two cannot hold. */
#include <rouse/rouse.h>

struct listener {
    struct rouse_future future;
    struct rouse_broadcast *broadcast;
    struct rouse_broadcast_receiver receiver;
    struct rouse_broadcast_recv recv;
    struct rouse_sleep nap;
    rouse_status status;
    int got;
};
ROUSE_ASYNC(listener)
{
    ROUSE_BEGIN;
    rouse_broadcast_receiver_init(&self->receiver, self->broadcast);
    ROUSE_AWAIT(self->nap, rouse_sleep(2 * ROUSE_MS));
    do {
        ROUSE_PUT(self->recv, rouse_broadcast_recv(&self->receiver, &self->got));
        ROUSE_TRY_AWAIT(self->status, self->recv);
    } while (self->status == ROUSE_OK || self->status == ROUSE_ERR_LAGGED);
    ROUSE_END;
}

struct speaker {
    struct rouse_future future;
    struct rouse_broadcast broadcast;
    int storage[2], i;
    struct rouse_task *listener;
    struct rouse_sleep nap;
    struct rouse_task_join join;
};
ROUSE_ASYNC(speaker)
{
    ROUSE_BEGIN;
    rouse_broadcast_init(&self->broadcast, self->storage, sizeof(int), 2);
    self->listener = ROUSE_SPAWN(ROUSE_FUTURE(listener, .broadcast = &self->broadcast));
    for (self->i = 0; self->i < 5; self->i++) {
        ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
        (void)rouse_broadcast_send(&self->broadcast, &self->i);
    }
    rouse_broadcast_close(&self->broadcast);
    ROUSE_AWAIT(self->join, rouse_task_join(self->listener));
    ROUSE_FINALLY;
    rouse_task_detach(self->listener);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(speaker))
