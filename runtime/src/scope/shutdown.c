/* shutdown.c: waits for every other task, then aborts those that are left after a time. */
#include <rouse/scope.h>

#include "../core/executor.h"
#include "../base/text.h"

/* ---- All others have ended ------------------------------------------------------------------- */

static struct rouse_task *other_task(struct rouse_runtime *rt, struct rouse_i_chunk **chunk,
                                     struct rouse_task *task)
{
    do
        task = rouse_i_task_next(rt, chunk, task);
    while (task && task == rt->current);
    return task;
}

static struct rouse_task *first_other(struct rouse_runtime *rt)
{
    struct rouse_i_chunk *chunk = NULL;
    return other_task(rt, &chunk, NULL);
}

/* Joins one task after the other. When a task has ended, its join is dropped instead of polled: so
   a failure that nobody else has seen is still reported. */
static struct rouse_polled drain_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_i_drain *self = (struct rouse_i_drain *)(void *)f;
    if (!cx->runtime)
        return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED);
    if (self->task && !rouse_task_is_finished(self->task))
        return rouse_poll(&self->join.future, cx);
    rouse_drop(&self->join.future);
    self->task = first_other(cx->runtime);
    if (!self->task)
        return ROUSE_READY(ROUSE_OK);
    self->join = rouse_task_join(self->task);
    return rouse_poll(&self->join.future, cx);
}

static void drain_drop(struct rouse_future *f)
{
    rouse_drop(&((struct rouse_i_drain *)(void *)f)->join.future);
}

static const struct rouse_type rouse_i_drain_type = {
    "rouse_runtime_shutdown", __FILE__, sizeof(struct rouse_i_drain), drain_poll, drain_drop};

/* ---- The tasks that are left ----------------------------------------------------------------- */

static void print_leftover(void *data, const struct rouse_task *task)
{
    char buffer[2048];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    (void)data;
    rouse_i_text_add(&text, "rouse: task %s would not stop:", rouse_task_name(task));
    rouse_i_text_chain(&text, "in", rouse_i_task_frame(task));
    rouse_i_text_char(&text, '\n');
    rouse_host_log(text.start, text.length);
}

static size_t abort_others(struct rouse_runtime *rt, const struct rouse_runtime_shutdown *self)
{
    struct rouse_i_chunk *chunk = NULL;
    struct rouse_task *task = NULL;
    size_t count = 0;
    for (; (task = other_task(rt, &chunk, task)); count++)
        (self->on_left ? self->on_left : print_leftover)(self->on_left_data, task);
    while ((task = first_other(rt)))
        rouse_task_abort(task);
    return count;
}

ROUSE_ASYNC(rouse_runtime_shutdown)
{
    ROUSE_BEGIN;
    self->drain = ROUSE_FUTURE(rouse_i_drain);
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout(&self->drain.future, self->grace_ns));
    if (self->status == ROUSE_ERR_NOT_SUPPORTED)
        ROUSE_FAIL(self->status);
    self->out = abort_others(cx->runtime, self);
    ROUSE_END;
}

struct rouse_runtime_shutdown rouse_runtime_shutdown(uint64_t grace_ns, rouse_on_left on_left,
                                                     void *on_left_data)
{
    return ROUSE_FUTURE(rouse_runtime_shutdown, .grace_ns = grace_ns, .on_left = on_left,
                        .on_left_data = on_left_data);
}
