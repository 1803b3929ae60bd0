#include <rouse/rouse.h>
#include <stdio.h>

static struct rouse_mutex mutex;
static int balance;

struct deposit {
    struct rouse_future future;
    const char *name;
    int read;
    bool holds;
    struct rouse_mutex_lock lock;
    struct rouse_sleep bank;
};

ROUSE_ASYNC(deposit)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->lock,
                rouse_mutex_lock(&mutex));
    self->holds = true;
    self->read = balance;
    ROUSE_AWAIT(self->bank,
                rouse_sleep(20 * ROUSE_MS));
    balance = self->read + 10;
    printf("%s: balance %d\n", self->name,
           balance);
    ROUSE_FINALLY;
    if (self->holds)
        rouse_mutex_unlock(&mutex);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    //@ lesson
    struct deposit a, b;
    //@ twist
    struct deposit a, b, c;
    struct rouse_timeout limit;
    //@ all
    struct rouse_join join;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    rouse_mutex_init(&mutex);
    ROUSE_PUT(
        self->a,
        ROUSE_FUTURE(deposit, .name = "a"));
    ROUSE_PUT(
        self->b,
        ROUSE_FUTURE(deposit, .name = "b"));
    //@ lesson
    ROUSE_AWAIT(
        self->join,
        rouse_join(ROUSE_LIST(
            &self->a.future, &self->b.future)));
    //@ twist
    ROUSE_PUT(
        self->c,
        ROUSE_FUTURE(deposit, .name = "c"));
    /* b does not wait for longer than this. */
    ROUSE_PUT(self->limit,
              rouse_timeout(&self->b.future,
                            10 * ROUSE_MS));
    ROUSE_AWAIT(self->join,
                rouse_join(ROUSE_LIST(
                    &self->a.future,
                    &self->limit.future,
                    &self->c.future)));
    //@ all
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
