#include <rouse/rouse.h>
#include <stdio.h>

enum { PARTS = 4 };
static struct rouse_channel channel;

struct producer {
    struct rouse_future future;
    int part;
    struct rouse_send send;
};

ROUSE_ASYNC(producer)
{
    ROUSE_BEGIN;
    for (self->part = 1; self->part <= PARTS;
         self->part++) {
        ROUSE_AWAIT(
            self->send,
            rouse_send(&channel, &self->part));
        printf("sent %d\n", self->part);
    }
    rouse_channel_close(&channel);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    int part;
    struct rouse_recv recv;
    struct rouse_sleep work;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    /* No room: they meet, or they wait. */
    rouse_channel_init(&channel, NULL,
                       sizeof(int), 0);
    rouse_task_detach(
        ROUSE_SPAWN(ROUSE_FUTURE(producer)));
    ROUSE_EACH(
        self->recv,
        rouse_recv(&channel, &self->part)) {
        ROUSE_AWAIT(self->work,
                    rouse_sleep(50 * ROUSE_MS));
        printf("used %d\n", self->part);
    }
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
