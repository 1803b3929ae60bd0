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
    ROUSE_AWAIT(self->work, ROUSE_FUTURE(work));
    printf("created\n");
    printf("awaited\n");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
