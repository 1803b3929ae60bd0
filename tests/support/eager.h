/* eager.h: a foreign waker that polls another task as soon as it is woken. */
#ifndef ROUSE_TEST_EAGER_H
#define ROUSE_TEST_EAGER_H

#include "test.h"

struct eager {
    struct mock_task *other;
    rouse_status status; /* of that poll */
};
static void eager_wake(void *data)
{
    struct eager *eager = data;
    eager->status = mock_poll(eager->other).status;
}
static struct rouse_waker eager_clone(void *data);
static void eager_drop(void *data)
{
    (void)data;
}
static const struct rouse_waker_table eager_table = {eager_clone, eager_wake, eager_wake,
                                                     eager_drop};
static struct rouse_waker eager_clone(void *data)
{
    return (struct rouse_waker){&eager_table, data};
}

/* The waker of the context polls `other`: its second poll, which must be its last. */
static struct rouse_polled eager_poll(struct rouse_future *f, struct eager *eager)
{
    struct rouse_context cx = {.waker = eager_clone(eager)};
    return rouse_poll(f, &cx);
}

#endif
