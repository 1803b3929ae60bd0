// Somebody keeps a waker of a shared future's child, and the shared future goes.
// needs: checked
// trap: rouse: bug: a waker of a shared future's child outlives it
#include <rouse/rouse.h>

static struct rouse_waker kept;

static struct rouse_polled keep(void *unused, struct rouse_context *cx)
{
    (void)unused;
    kept = rouse_waker_clone(&cx->waker);
    return ROUSE_PENDING;
}

int main(void)
{
    struct rouse_poll_fn child = rouse_poll_fn(keep, NULL);
    struct rouse_shared shared;
    struct rouse_context cx = {.waker = rouse_waker_noop()};
    rouse_shared_init(&shared, &child.future);
    struct rouse_shared_wait wait = rouse_shared_wait(&shared);
    (void)rouse_poll(&wait.future, &cx);
    rouse_drop(&wait.future);
    rouse_shared_drop(&shared);
    return 0;
}
