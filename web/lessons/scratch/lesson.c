#include <rouse/rouse.h>
#include <stdio.h>

struct ticks {
    struct rouse_future future;
    struct rouse_sleep nap;
    int i;
};

ROUSE_ASYNC(ticks)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 2; self->i++) {
        ROUSE_AWAIT(self->nap,
                    rouse_sleep(20 * ROUSE_MS));
        printf("clock: tick\n");
    }
    ROUSE_END;
}

struct work {
    struct rouse_future future;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(work)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap,
                rouse_sleep(30 * ROUSE_MS));
    printf("work: half\n");
    ROUSE_AWAIT(self->nap,
                rouse_sleep(30 * ROUSE_MS));
    printf("work: done\n");
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct work work;
    struct rouse_task *clock;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    printf("begins\n");
    self->clock =
        ROUSE_SPAWN(ROUSE_FUTURE(ticks));
    ROUSE_AWAIT(self->work, ROUSE_FUTURE(work));
    printf("ends\n");
    ROUSE_FINALLY;
    rouse_task_detach(self->clock);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
