#include <rouse/rouse.h>
#include <stdio.h>

struct reader {
    struct rouse_future future;
    char buffer[8];
    char *next; /* points into `buffer` */
    struct rouse_sleep net;
};

ROUSE_ASYNC(reader)
{
    ROUSE_BEGIN;
    self->next = self->buffer;
    ROUSE_AWAIT(self->net,
                rouse_sleep(20 * ROUSE_MS));
    *self->next++ = 'A';
    printf("reader: got %s\n", self->buffer);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct reader here, there;
    //@ lesson
    struct rouse_poll_once once;
    //@ twist
    //@ all
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->here, ROUSE_FUTURE(reader));
    //@ lesson
    ROUSE_AWAIT(
        self->once,
        rouse_poll_once(&self->here.future));
    printf("app: polled it once\n");
    //@ twist
    //@ all
    self->there = self->here; /* moves it */
    printf("app: moved it\n");
    ROUSE_AWAIT(self->there);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
