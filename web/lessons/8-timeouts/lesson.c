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
    struct work work;
    //@ lesson twist
    struct rouse_timeout limit;
    //@ twist2
    struct rouse_timeout inner, outer;
    //@ all
    rouse_status status;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    //@ lesson twist2
    ROUSE_PUT(self->work, work("work", 100));
    //@ twist
    ROUSE_PUT(self->work, work("work", 20));
    //@ lesson twist
    ROUSE_TRY_AWAIT(
        self->status, self->limit,
        rouse_timeout(&self->work.future,
                      50 * ROUSE_MS));
    //@ twist2
    ROUSE_PUT(self->inner,
              rouse_timeout(&self->work.future,
                            80 * ROUSE_MS));
    ROUSE_TRY_AWAIT(
        self->status, self->outer,
        rouse_timeout(&self->inner.future,
                      50 * ROUSE_MS));
    //@ all
    printf("app: %s\n", self->status
                            ? "too late"
                            : "in time");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
