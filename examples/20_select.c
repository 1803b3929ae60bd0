/* Select: the first of several, in a loop. The losers stay pending, and the next round goes on with
   them: nothing is lost, and nothing starts again. An arm that is NULL or already done is
   disabled. Tokio: select! with &mut futures and `if` guards. Go: select with nil channels.
   JS: Promise.race, and bookkeeping by hand. */
#include <rouse/rouse.h>
#include <stdio.h>

struct kettle {
    struct rouse_future future;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(kettle)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(250 * ROUSE_MS));
    ROUSE_END;
}

struct kitchen {
    struct rouse_future future;
    struct kettle kettle;
    struct rouse_sleep toast;
    struct rouse_interval clock;
    struct rouse_select first;
    int ticks;
};

/* A guard: after two ticks the clock is disabled. */
static struct rouse_future *wanted_clock(struct kitchen *self)
{
    return self->ticks < 2 ? &self->clock.future : NULL;
}

ROUSE_ASYNC(kitchen)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->kettle, ROUSE_FUTURE(kettle));
    ROUSE_PUT(self->toast, rouse_sleep(150 * ROUSE_MS));
    ROUSE_PUT(self->clock, rouse_interval(100 * ROUSE_MS, ROUSE_SKIP));
    while (!rouse_is_done(&self->kettle.future)) {
        ROUSE_AWAIT(self->first, rouse_select(ROUSE_LIST(&self->kettle.future, &self->toast.future,
                                                         wanted_clock(self)),
                                              ROUSE_FAIR));
        if (ROUSE_ARM(self->first, 0))
            printf("tea\n");
        else if (ROUSE_ARM(self->first, 1))
            printf("toast\n");
        else
            printf("tick %d\n", ++self->ticks);
    }
    ROUSE_FINALLY;
    rouse_drop(&self->kettle.future); /* drops the arms that have not ended */
    rouse_drop(&self->toast.future);
    rouse_drop(&self->clock.future);
    ROUSE_END;
}

ROUSE_LAZY static struct kitchen kitchen(void)
{
    return ROUSE_FUTURE(kitchen);
}

ROUSE_MAIN(kitchen())

// expect: tick 1
// expect: toast
// expect: tick 2
// expect: tea
// always: tea
