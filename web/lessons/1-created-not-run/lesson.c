#include <rouse/rouse.h>
#include <stdio.h>

enum { REPLY = 20 * ROUSE_MS };
enum { LATER = 2 * REPLY };

struct fetch_user {
    struct rouse_future future;
    int id;
    struct rouse_sleep net;
};

ROUSE_ASYNC(fetch_user)
{
    ROUSE_BEGIN;
    printf("start %d\n", self->id);
    ROUSE_AWAIT(self->net, rouse_sleep(REPLY));
    printf("user %d is here\n", self->id);
    ROUSE_END;
}

ROUSE_LAZY static struct fetch_user
fetch_user(int id)
{
    return ROUSE_FUTURE(fetch_user, .id = id);
}

struct app {
    struct rouse_future future;
    struct fetch_user user;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    //@ lesson
    /* Made, and nothing is done with it. */
    //@ twist
    /* Made here, awaited below. */
    //@ all
    ROUSE_PUT(self->user, fetch_user(7));
    printf("created\n");
    //@ twist
    ROUSE_AWAIT(self->user);
    //@ all
    ROUSE_AWAIT(self->nap, rouse_sleep(LATER));
    printf("done\n");
    ROUSE_FINALLY;
    rouse_drop(&self->user.future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
