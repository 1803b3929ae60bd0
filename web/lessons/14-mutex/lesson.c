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
    struct deposit a, b;
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
    ROUSE_AWAIT(
        self->join,
        rouse_join(ROUSE_LIST(
            &self->a.future, &self->b.future)));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
