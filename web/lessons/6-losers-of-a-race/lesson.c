#include <rouse/rouse.h>
#include <stdio.h>

struct work {
    struct rouse_future future;
    const char *name;
    uint64_t ms;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(work)
{
    ROUSE_BEGIN;
    printf("%s: begins\n", self->name);
    ROUSE_AWAIT(
        self->nap,
        rouse_sleep(self->ms * ROUSE_MS));
    printf("%s: done\n", self->name);
    ROUSE_FINALLY;
    if (self->future.status ==
        ROUSE_ERR_CANCELLED)
        printf("%s: dropped\n", self->name);
    ROUSE_END;
}

ROUSE_LAZY static struct work
work(const char *name, uint64_t ms)
{
    return ROUSE_FUTURE(work, .name = name,
                        .ms = ms);
}

struct app {
    struct rouse_future future;
    struct work fast, slow;
    //@ lesson
    struct rouse_race race;
    struct rouse_sleep nap;
    //@ twist
    struct rouse_select first;
    //@ all
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->fast, work("fast", 20));
    ROUSE_PUT(self->slow, work("slow", 60));
    //@ lesson
    ROUSE_AWAIT(self->race,
                rouse_race(ROUSE_LIST(
                    &self->fast.future,
                    &self->slow.future)));
    //@ twist
    ROUSE_AWAIT(
        self->first,
        rouse_select(
            ROUSE_LIST(&self->fast.future,
                       &self->slow.future),
            ROUSE_IN_ORDER));
    //@ all
    printf("app: has a winner\n");
    //@ lesson
    ROUSE_AWAIT(self->nap,
                rouse_sleep(60 * ROUSE_MS));
    //@ twist
    ROUSE_AWAIT(
        self->slow); /* goes on where it was */
    //@ all
    printf("app: ends\n");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
