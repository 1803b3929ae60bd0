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
    struct work a, b;
    //@ twist
    struct rouse_join join;
    //@ all
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, work("a", 100));
    ROUSE_PUT(self->b, work("b", 100));
    //@ lesson
    ROUSE_AWAIT(self->a);
    ROUSE_AWAIT(self->b);
    //@ twist
    ROUSE_AWAIT(
        self->join,
        rouse_join(ROUSE_LIST(
            &self->a.future, &self->b.future)));
    //@ all
    printf("both\n");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
