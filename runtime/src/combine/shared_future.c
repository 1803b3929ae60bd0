/* shared_future.c: one future that many await.

   Invariant: the child's waker belongs to the shared future and wakes every waiter; the first
   waiter that is polled polls the child. So a waiter that is dropped or never polled again does not
   hold up the others. */
#include <rouse/combine.h>

#include "../base/list.h"

static void wake_waiters(struct rouse_shared *shared)
{
    struct rouse_i_node waiters;
    rouse_i_list_take(&waiters, &shared->waiters);
    while (!rouse_i_list_is_empty(&waiters)) {
        struct rouse_shared_wait *waiter =
            ROUSE_I_CONTAINER(waiters.next, struct rouse_shared_wait, node);
        rouse_i_node_unlink(&waiter->node);
        rouse_waker_wake(&waiter->waker);
    }
}

/* ---- The child's waker --------------------------------------------------------------------- */

static void shared_wake(void *data)
{
    struct rouse_shared *shared = data;
    shared->woken = true;
    wake_waiters(shared);
}

static void shared_waker_drop(void *data)
{
    ((struct rouse_shared *)data)->wakers--;
}

static void shared_waker_wake(void *data)
{
    shared_waker_drop(data);
    shared_wake(data);
}

static struct rouse_waker shared_waker_clone(void *data);

static const struct rouse_waker_table shared_wakers = {shared_waker_clone, shared_waker_wake,
                                                       shared_wake, shared_waker_drop};

static struct rouse_waker shared_waker_clone(void *data)
{
    ((struct rouse_shared *)data)->wakers++;
    return (struct rouse_waker){&shared_wakers, data};
}

/* ---- Life ---------------------------------------------------------------------------------- */

void rouse_shared_init(struct rouse_shared *shared, struct rouse_future *child)
{
    *shared = (struct rouse_shared){.child = child, .woken = true};
    rouse_i_list_init(&shared->waiters);
}

void rouse_shared_drop(struct rouse_shared *shared)
{
    if (!shared->child)
        return;
    rouse_drop(shared->child);
    ROUSE_CHECK(shared->wakers == 0, "a waker of a shared future's child outlives it");
    wake_waiters(shared);
}

/* ---- Waiting ------------------------------------------------------------------------------- */

static void poll_child(struct rouse_shared *shared, struct rouse_context *cx)
{
    struct rouse_waker own = cx->waker;
    cx->waker = (struct rouse_waker){&shared_wakers, shared};
    shared->woken = false;
    struct rouse_polled polled = rouse_poll(shared->child, cx);
    cx->waker = own;
    if (rouse_is_pending(polled))
        return;
    if (!rouse_is_done(shared->child))
        rouse_i_bug(shared->child, "a stream cannot be shared: share its next item instead");
    if (cx->error && cx->error->carrier_ == shared->child)
        shared->error = *cx->error;
}

static void wait_end(struct rouse_future *f)
{
    struct rouse_shared_wait *self = (struct rouse_shared_wait *)(void *)f;
    if (rouse_i_node_is_linked(&self->node))
        rouse_i_node_unlink(&self->node);
    rouse_waker_drop(&self->waker);
}

static struct rouse_polled wait_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_shared_wait *self = (struct rouse_shared_wait *)(void *)f;
    struct rouse_shared *shared = self->shared;
    struct rouse_future *child = shared->child;
    if (!rouse_is_done(child)) {
        if (!rouse_i_node_is_linked(&self->node))
            rouse_i_list_append(&shared->waiters, &self->node);
        rouse_waker_store(&self->waker, cx); /* before the child's poll: it may wake itself */
        if (shared->woken)
            poll_child(shared, cx);
        if (!rouse_is_done(child))
            return ROUSE_PENDING;
    }
    wait_end(f);
    if (cx->error && shared->error.status < 0) {
        *cx->error = shared->error;
        cx->error->carrier_ = f;
    }
    rouse_status status = child->status;
    wake_waiters(shared); /* the others have not seen that it is done */
    return ROUSE_READY(status);
}

const struct rouse_type rouse_shared_wait_type = {
    "rouse_shared_wait", __FILE__, sizeof(struct rouse_shared_wait), wait_poll, wait_end};

ROUSE_MAKER_FUNCTION_(rouse_shared_wait, rouse_shared_wait)(struct rouse_shared *shared)
{
    return rouse_shared_wait(shared);
}
