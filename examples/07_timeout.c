/* Timeouts: one combinator limits any future, so no call needs a timed twin. When the time is up it
   drops the child, or keeps it so that you can go on waiting. Tokio: timeout(d, fut) and
   timeout(d, &mut fut). JS: Promise.race with a timer, and the loser keeps running. Go: select with
   time.After. */
#include <rouse/rouse.h>
#include <stdio.h>

struct work {
    struct rouse_future future;
    const char *name;
    uint64_t ns;
    int out;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(work)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(self->ns));
    printf("  %s: done\n", self->name);
    ROUSE_RETURN(42);
    ROUSE_FINALLY;
    if (self->future.status == ROUSE_ERR_CANCELLED)
        printf("  %s: dropped\n", self->name);
    ROUSE_END;
}

ROUSE_LAZY static struct work work(const char *name, uint64_t ns)
{
    return ROUSE_FUTURE(work, .name = name, .ns = ns);
}

struct demo {
    struct rouse_future future;
    rouse_status status;
    struct work work;
    struct rouse_timeout limit;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->work, work("fast", 10 * ROUSE_MS));
    ROUSE_AWAIT(self->limit, rouse_timeout(&self->work.future, 200 * ROUSE_MS));
    printf("fast: %d\n", self->work.out); /* the result is in the child */

    ROUSE_PUT(self->work, work("slow", 200 * ROUSE_MS));
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout(&self->work.future, 20 * ROUSE_MS));
    printf("slow: %s\n", rouse_status_text(self->status));

    ROUSE_PUT(self->work, work("kept", 100 * ROUSE_MS));
    ROUSE_TRY_AWAIT(self->status, self->limit,
                    rouse_timeout_keep(&self->work.future, 20 * ROUSE_MS));
    if (self->status == ROUSE_ERR_TIMEOUT) { /* on a slow machine it may be done */
        printf("kept: %s, but it is still under way\n", rouse_status_text(self->status));
        ROUSE_AWAIT(self->work); /* goes on where it was, not from the start */
    }
    printf("kept: %d\n", self->work.out);
    ROUSE_FINALLY;
    rouse_drop(&self->work.future); /* if demo is cancelled while the kept one is pending */
    ROUSE_END;
}

ROUSE_LAZY static struct demo demo(void)
{
    return ROUSE_FUTURE(demo);
}

ROUSE_MAIN(demo())

// expect:   fast: done
// expect: fast: 42
// expect:   slow: dropped
// expect: slow: the time allowed has passed
// expect: kept: the time allowed has passed, but it is still under way
// expect:   kept: done
// expect: kept: 42
// always:   kept: done
// always: kept: 42
