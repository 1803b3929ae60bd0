/* defer.c: futures that run one after the other when a scope has ended, the last deferred first.

     rouse_i_scope_defer --> parked in scope->deferred
       --rouse_i_cleanup_start--> runs --deferred_ended, or grace_over aborts it--> the next runs

   Invariant: each is a heap task from the start, so the end of a scope needs no memory. Once they
   run they form a ring without a head: each finds the next without the scope, which may be gone. */
#include "scope_end.h"

/* Lies behind the future in the task's memory. */
struct deferred {
    struct rouse_sleep grace; /* made when the future starts */
    uint64_t grace_ns;
    struct rouse_i_tail tail; /* its owner: the scope that waits for it, or NULL */
};

static struct deferred *deferred_of(struct rouse_i_tail *tail)
{
    return ROUSE_I_CONTAINER(tail, struct deferred, tail);
}

static void grace_over(void *data)
{
    struct deferred *self = data;
    struct rouse_task *task = self->tail.task;
    struct rouse_runtime *rt = task->runtime;
    struct rouse_error error = {.status = ROUSE_ERR_TIMEOUT};
    rt->options.on_error(rt->options.on_error_data, rt, rouse_task_name(task), &error);
    rouse_task_abort_with(task, ROUSE_ERR_TIMEOUT);
}

static struct rouse_waker grace_waker(void *data);

static void grace_waker_drop(void *data)
{
    (void)data;
}

static const struct rouse_waker_table grace_table = {grace_waker, grace_over, grace_over,
                                                     grace_waker_drop};

static struct rouse_waker grace_waker(void *data)
{
    return (struct rouse_waker){&grace_table, data};
}

static void start_deferred(struct deferred *self, struct rouse_scope *scope)
{
    struct rouse_task *task = self->tail.task;
    struct rouse_context cx = {.waker = grace_waker(self), .runtime = task->runtime};
    self->tail.owner = scope;
    if (scope)
        scope->cleaning = &self->tail;
    self->grace = rouse_sleep(self->grace_ns);
    if (rouse_is_pending(rouse_poll(&self->grace.future, &cx)))
        rouse_i_task_wake(task);
    else
        grace_over(self);
}

static void deferred_ended(struct rouse_i_tail *tail)
{
    struct deferred *self = deferred_of(tail);
    struct rouse_scope *scope = tail->owner;
    struct rouse_i_node *next = tail->node.next;
    rouse_i_node_unlink(&tail->node);
    if (!self->grace.future.type)
        return; /* never started: no memory, or the runtime is being dropped */
    rouse_drop(&self->grace.future);
    if (next != &tail->node) {
        start_deferred(deferred_of(ROUSE_I_CONTAINER(next, struct rouse_i_tail, node)), scope);
    } else if (scope) {
        scope->cleaning = NULL;
        rouse_i_scope_changed(scope);
    }
}

rouse_status rouse_i_scope_defer(struct rouse_scope *scope, uint64_t grace_ns,
                                 struct rouse_future *f, size_t size)
{
    struct rouse_runtime *rt = scope->runtime;
    struct rouse_i_tail tail = {.ended = deferred_ended};
    /* QUEUED without being in the queue: so nothing can wake it before its time. */
    struct rouse_task *task =
        rouse_i_spawn_owned(rt, f, size, &tail, sizeof(struct deferred), TASK_QUEUED);
    if (!task)
        return ROUSE_ERR_NO_MEMORY;
    task->state &= ~(uint32_t)TASK_QUEUED;
    deferred_of(rouse_i_tail_of(task))->grace_ns = grace_ns;
    rouse_i_list_insert(scope->deferred.next, &rouse_i_tail_of(task)->node);
    bool whole = rouse_i_locals_inherit(rt, task);
    if (!whole)
        rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_i_scope_changed(scope);
    return whole ? ROUSE_OK : ROUSE_ERR_NO_MEMORY;
}

void rouse_i_cleanup_start(struct rouse_scope *scope)
{
    struct rouse_i_node *first = scope->deferred.next;
    if (scope->cleaning || rouse_i_list_is_empty(&scope->deferred))
        return;
    rouse_i_node_unlink(&scope->deferred);
    rouse_i_list_init(&scope->deferred);
    start_deferred(deferred_of(ROUSE_I_CONTAINER(first, struct rouse_i_tail, node)), scope);
}

void rouse_i_cleanup_abandon(struct rouse_scope *scope)
{
    if (scope->cleaning)
        scope->cleaning->owner = NULL;
    scope->cleaning = NULL;
}
