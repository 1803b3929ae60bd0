/* A channel of two, a sender that is faster than its receiver. */
#include <rouse/rouse.h>

struct sender {
    struct rouse_future future;
    struct rouse_channel *channel;
    int i;
    struct rouse_send send;
};
ROUSE_ASYNC(sender)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 5; self->i++)
        ROUSE_AWAIT(self->send, rouse_send(self->channel, &self->i));
    ROUSE_FINALLY;
    rouse_channel_close(self->channel);
    ROUSE_END;
}

struct receiver {
    struct rouse_future future;
    struct rouse_channel channel;
    int storage[2], got;
    struct rouse_recv recv;
    struct rouse_sleep nap;
    rouse_status status;
};
ROUSE_ASYNC(receiver)
{
    ROUSE_BEGIN;
    rouse_channel_init(&self->channel, self->storage, sizeof(int), 2);
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(sender, .channel = &self->channel)));
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->recv, rouse_recv(&self->channel, &self->got));
        if (self->status < 0)
            break;
        ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    }
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(receiver))
