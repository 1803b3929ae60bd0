/* tracker.c: counts what a shutdown waits for.

   Invariant: a waiter that was woken is done, even if the tracker is reopened or gone before its
   poll. */
#include <rouse/scope.h>

#include "../core/executor.h"

static void check_initialised(const struct rouse_tracker *tracker)
{
    if (!tracker->tasks.next)
        rouse_i_bug(NULL,
                    "a tracker is used before rouse_tracker_init or after rouse_tracker_drop");
}

void rouse_tracker_init(struct rouse_tracker *tracker)
{
    *tracker = (struct rouse_tracker){0};
    rouse_i_list_init(&tracker->tasks);
    rouse_i_list_init(&tracker->waiters);
}

static void wake_if_over(struct rouse_tracker *tracker)
{
    struct rouse_i_node waiters;
    if (!tracker->closed || tracker->count > 0)
        return;
    rouse_i_list_take(&waiters, &tracker->waiters);
    while (!rouse_i_list_is_empty(&waiters)) {
        struct rouse_tracker_wait *waiter =
            ROUSE_I_CONTAINER(waiters.next, struct rouse_tracker_wait, node);
        rouse_i_node_unlink(&waiter->node);
        rouse_waker_wake(&waiter->waker);
    }
}

void rouse_tracker_enter(struct rouse_tracker *tracker)
{
    check_initialised(tracker);
    tracker->count++;
}

void rouse_tracker_leave(struct rouse_tracker *tracker)
{
    if (tracker->count == 0)
        rouse_i_bug(NULL, "rouse_tracker_leave more often than rouse_tracker_enter");
    tracker->count--;
    wake_if_over(tracker);
}

void rouse_tracker_close(struct rouse_tracker *tracker)
{
    check_initialised(tracker);
    tracker->closed = true;
    wake_if_over(tracker);
}

void rouse_tracker_reopen(struct rouse_tracker *tracker)
{
    tracker->closed = false;
}

bool rouse_tracker_is_closed(const struct rouse_tracker *tracker)
{
    return tracker->closed;
}

size_t rouse_tracker_count(const struct rouse_tracker *tracker)
{
    return tracker->count;
}

/* ---- Its tasks ----------------------------------------------------------------------------- */

static struct rouse_i_tail *tail_of(struct rouse_i_node *node)
{
    return ROUSE_I_CONTAINER(node, struct rouse_i_tail, node);
}

static void task_ended(struct rouse_i_tail *tail)
{
    if (!tail->owner)
        return; /* the tracker was dropped */
    rouse_i_node_unlink(&tail->node);
    rouse_tracker_leave(tail->owner);
}

struct rouse_task *rouse_i_tracker_spawn(struct rouse_tracker *tracker, struct rouse_runtime *rt,
                                         struct rouse_future *f, size_t size)
{
    struct rouse_i_tail tail = {.owner = tracker, .ended = task_ended};
    check_initialised(tracker);
    struct rouse_task *task = rouse_i_spawn_owned(rt, f, size, &tail, sizeof tail, 0);
    if (!task)
        return NULL;
    tracker->count++;
    rouse_i_list_append(&tracker->tasks, &rouse_i_tail_of(task)->node);
    rouse_task_detach(task);
    return task;
}

void rouse_tracker_list(const struct rouse_tracker *tracker,
                        void (*each)(void *data, const struct rouse_task *task), void *data)
{
    struct rouse_i_node *node = tracker->tasks.next;
    for (; node != &tracker->tasks; node = node->next)
        each(data, tail_of(node)->task);
}

/* A task that is being polled stays in the list until its poll returns. */
void rouse_tracker_abort(struct rouse_tracker *tracker, rouse_status why)
{
    struct rouse_i_node left;
    check_initialised(tracker);
    rouse_i_list_take(&left, &tracker->tasks);
    while (!rouse_i_list_is_empty(&left)) {
        struct rouse_i_tail *tail = tail_of(left.next);
        rouse_i_node_unlink(&tail->node);
        rouse_i_list_append(&tracker->tasks, &tail->node);
        rouse_task_abort_with(tail->task, why);
    }
}

void rouse_tracker_drop(struct rouse_tracker *tracker)
{
    if (!tracker->tasks.next)
        return;
    if (!rouse_i_list_is_empty(&tracker->waiters))
        rouse_i_bug(NULL, "rouse_tracker_drop while a future waits for the tracker");
    while (!rouse_i_list_is_empty(&tracker->tasks)) {
        struct rouse_i_tail *tail = tail_of(tracker->tasks.next);
        rouse_i_node_unlink(&tail->node);
        tail->owner = NULL;
    }
    *tracker = (struct rouse_tracker){0};
}

/* ---- Wait ---------------------------------------------------------------------------------- */

static struct rouse_polled tracker_wait_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_tracker_wait *self = (struct rouse_tracker_wait *)(void *)f;
    if (self->entered && !rouse_i_node_is_linked(&self->node))
        return ROUSE_READY(ROUSE_OK);
    if (!self->entered) {
        check_initialised(self->tracker);
        if (self->tracker->closed && self->tracker->count == 0)
            return ROUSE_READY(ROUSE_OK);
        rouse_i_list_append(&self->tracker->waiters, &self->node);
        self->entered = true;
    }
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}

static void tracker_wait_drop(struct rouse_future *f)
{
    struct rouse_tracker_wait *self = (struct rouse_tracker_wait *)(void *)f;
    rouse_waker_drop(&self->waker);
    if (rouse_i_node_is_linked(&self->node))
        rouse_i_node_unlink(&self->node);
}

const struct rouse_type rouse_tracker_wait_type = {"rouse_tracker_wait", __FILE__,
                                                   sizeof(struct rouse_tracker_wait),
                                                   tracker_wait_poll, tracker_wait_drop};

struct rouse_tracker_wait rouse_tracker_wait(struct rouse_tracker *tracker)
{
    return ROUSE_FUTURE(rouse_tracker_wait, .tracker = tracker);
}
