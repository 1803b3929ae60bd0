#include <rouse/rouse.h>
#include <stdio.h>

struct upload {
    struct rouse_future future;
    int id;
    //@ twist
    char
        chunk[4096]; /* lives across an await */
    //@ all
    union { /* one after the other: one place */
        struct rouse_sleep connect;
        struct rouse_sleep reply;
    } wait;
};

ROUSE_ASYNC(upload)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->wait.connect,
                rouse_sleep(10 * ROUSE_MS));
    printf("upload %d: connected\n", self->id);
    ROUSE_AWAIT(self->wait.reply,
                rouse_sleep(20 * ROUSE_MS));
    printf("upload %d: done\n", self->id);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct upload first, second;
    struct rouse_join join;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    printf("one upload: %zu bytes\n",
           sizeof(struct upload));
    printf("10000 uploads: %zu bytes\n",
           10000 * sizeof(struct upload));
    ROUSE_PUT(self->first,
              ROUSE_FUTURE(upload, .id = 1));
    ROUSE_PUT(self->second,
              ROUSE_FUTURE(upload, .id = 2));
    ROUSE_AWAIT(self->join,
                rouse_join(ROUSE_LIST(
                    &self->first.future,
                    &self->second.future)));
    printf("app, with both: %zu bytes\n",
           sizeof *self);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
