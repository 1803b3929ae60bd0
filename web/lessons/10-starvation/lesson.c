#include <rouse/rouse.h>
#include <stdio.h>

enum { ROUNDS = 300 };
static int done;

struct busy {
    struct rouse_future future;
    struct rouse_ready ready;
};

ROUSE_ASYNC(busy)
{
    ROUSE_BEGIN;
    while (done < ROUNDS) {
        //@ lesson
        /* An await that never has to wait. */
        //@ twist
        cx->budget = 0; /* no limit */
        //@ all
        ROUSE_AWAIT(self->ready,
                    rouse_ready(ROUSE_OK));
        done++;
    }
    printf("busy: done\n");
    ROUSE_END;
}

struct screen {
    struct rouse_future future;
};

ROUSE_ASYNC(screen)
{
    ROUSE_BEGIN;
    printf("screen: %d of %d\n", done, ROUNDS);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct busy busy;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    rouse_task_detach(
        ROUSE_SPAWN(ROUSE_FUTURE(screen)));
    ROUSE_AWAIT(self->busy, ROUSE_FUTURE(busy));
    ROUSE_YIELD; /* others once more */
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
