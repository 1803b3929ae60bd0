#include <rouse/rouse.h>
#include <stdio.h>

struct sub {
    struct rouse_future future;
};

ROUSE_ASYNC(sub)
{
    ROUSE_BEGIN;
    printf(">>sub\n");
    ROUSE_END;
}

struct work {
    struct rouse_future future;
    struct sub sub;
};

ROUSE_ASYNC(work)
{
    ROUSE_BEGIN;
    printf(">start\n");
    ROUSE_AWAIT(self->sub, ROUSE_FUTURE(sub));
    printf(">end\n");
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct work work;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    printf("before\n");
    //@ lesson
    ROUSE_PUT(self->work, ROUSE_FUTURE(work));
    //@ twist
    ROUSE_AWAIT(self->work, ROUSE_FUTURE(work));
    //@ all
    printf("created\n");
    //@ lesson
    ROUSE_AWAIT(self->work); /* now it runs */
    //@ all
    printf("awaited\n");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
