#include <rouse/rouse.h>
#include <stdio.h>

struct work {
    struct rouse_future future;
    const char *name;
    uint64_t ms;
    bool fails;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(work)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(
        self->nap,
        rouse_sleep(self->ms * ROUSE_MS));
    if (self->fails)
        ROUSE_FAIL(ROUSE_ERR_FULL);
    printf("%s: done\n", self->name);
    ROUSE_FINALLY;
    if (self->future.status ==
        ROUSE_ERR_CANCELLED)
        printf("%s: dropped\n", self->name);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct work a, b;
    struct rouse_try_join both;
    struct rouse_sleep nap;
    rouse_status status;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a,
              ROUSE_FUTURE(work, .name = "a",
                           .ms = 100));
    //@ lesson
    ROUSE_PUT(self->b,
              ROUSE_FUTURE(work, .name = "b",
                           .ms = 50,
                           .fails = true));
    //@ twist
    ROUSE_PUT(self->b,
              ROUSE_FUTURE(work, .name = "b",
                           .ms = 50));
    //@ all
    ROUSE_TRY_AWAIT(
        self->status, self->both,
        rouse_try_join(ROUSE_LIST(
            &self->a.future, &self->b.future)));
    printf("app: %s\n", self->status
                            ? "one failed"
                            : "both done");
    ROUSE_AWAIT(self->nap,
                rouse_sleep(100 * ROUSE_MS));
    printf("app: ends\n");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
