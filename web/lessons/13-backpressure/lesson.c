#include <rouse/rouse.h>
#include <stdio.h>

//@ lesson
enum { PARTS = 4, ROOM = 2 };
//@ twist
enum { PARTS = 4, ROOM = 100 };
//@ twist2
enum { PARTS = 4 };
//@ lesson twist
static int storage[ROOM];
//@ all
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
        //@ lesson twist
        printf("sent %d, %zu wait\n",
               self->part,
               rouse_channel_len(&channel));
        //@ twist2
        printf("sent %d\n", self->part);
        //@ all
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
    //@ lesson twist
    rouse_channel_init(&channel, storage,
                       sizeof(int), ROOM);
    //@ twist2
    /* No room: they meet, or they wait. */
    rouse_channel_init(&channel, NULL,
                       sizeof(int), 0);
    //@ all
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
