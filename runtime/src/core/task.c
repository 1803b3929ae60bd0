/* task.c: one task from spawn to its last reference. The states are drawn in executor.h. */
#include "executor.h"
#include "../base/hostile.h"
#include "slab.h"
#include "../trace/trace_events.h"
#include "lint.h"

/* Only programs that spawn on the heap link these: else every task lies in its caller's memory. */
#pragma weak rouse_i_slab_cold
#pragma weak rouse_i_slab_cold_free
#pragma weak rouse_i_slab_task_free
#pragma weak rouse_i_orphan_free
#pragma weak rouse_i_meter /* only programs with histograms link it */

/* ---- The ready queue ----------------------------------------------------------------------- */

static void queue_append(struct rouse_i_queue *queue, struct rouse_task *task)
{
    task->next = NULL;
    if (queue->head)
        queue->tail->next = task;
    else
        queue->head = task;
    queue->tail = task;
}

static void queue_link(struct rouse_runtime *rt, struct rouse_task *task)
{
    struct rouse_i_queue *queue = &rt->ready;
    if (!queue->head || !rouse_i_hostile_shuffle(rt)) {
        queue_append(queue, task);
        return;
    }
    task->next = queue->head;
    queue->head = task;
}

/* For tasks whose memory may go away: all others stay linked until they are popped. */
static void queue_unlink(struct rouse_runtime *rt, struct rouse_task *task)
{
    struct rouse_task *before = NULL, **link = &rt->running;
    while (*link && *link != task)
        link = &(*link)->next;
    if (!*link)
        for (link = &rt->ready.head; *link != task; link = &before->next)
            before = *link;
    *link = task->next;
    if (rt->ready.tail == task)
        rt->ready.tail = before;
}

void rouse_i_task_wake(void *data)
{
    struct rouse_task *task = data;
    if (task->state & (TASK_QUEUED | TASK_DONE))
        return;
    struct rouse_runtime *rt = task->runtime;
    task->state |= TASK_QUEUED;
    ROUSE_EVENT_WAKE(rt, task);
    queue_link(rt, task);
    if (!rt->awake)
        rouse_i_wake_host(rt);
}

/* ---- References ---------------------------------------------------------------------------- */

void rouse_i_cold_free(struct rouse_runtime *rt, struct rouse_i_cold *cold)
{
    if (!cold)
        return;
    if (cold->error)
        rt->slab.allocate(rt->slab.allocate_data, cold->error, sizeof *cold->error, 0);
    rouse_i_slab_cold_free(&rt->slab, cold);
}

static void report_error(struct rouse_runtime *rt, struct rouse_task *task)
{
    ROUSE_LINT_TASK(UNOBSERVED_RESULT, task);
    struct rouse_error bare = {.status = rouse_i_task_future(task)->status};
    const struct rouse_error *error = task->cold ? task->cold->error : NULL;
    rt->options.on_error(rt->options.on_error_data, rt, rouse_task_name(task),
                         error ? error : &bare);
}

static void task_free(struct rouse_task *task)
{
    struct rouse_runtime *rt = task->runtime;
    if (rt && task->state & TASK_FAILED)
        report_error(rt, task);
    if (task->state & TASK_PLACED || !rouse_i_slab_task_free)
        return;
    if (!rt) {
        rouse_i_orphan_free(task->chunk);
        return;
    }
    rouse_i_cold_free(rt, task->cold);
    rouse_i_slab_task_free(&rt->slab, task, task->size);
}

void rouse_i_task_release(void *data)
{
    struct rouse_task *task = data;
    task->state -= TASK_REFERENCE;
    if (task->state < TASK_REFERENCE)
        task_free(task);
}

void rouse_i_task_retain(struct rouse_task *task)
{
    if (task->state >= UINT32_MAX - TASK_REFERENCE)
        rouse_i_bug(rouse_i_task_future(task), "a task has 16 million wakers: a leak?");
    task->state += TASK_REFERENCE;
}

struct rouse_i_cold *rouse_i_task_cold(struct rouse_task *task)
{
    if (!task->cold && rouse_i_slab_cold)
        task->cold = rouse_i_slab_cold(&task->runtime->slab);
    return task->cold;
}

const struct rouse_future *rouse_i_task_frame(const void *task)
{
    if (!task)
        return NULL;
    const struct rouse_future *f =
        (const struct rouse_future *)(const void *)((const struct rouse_task *)task + 1);
    const struct rouse_future *next;
    while ((next = rouse_i_awaiting(f)))
        f = next;
    return f;
}

/* ---- Wakers -------------------------------------------------------------------------------- */

static struct rouse_waker waker_clone(void *data)
{
    rouse_i_lint_waker(data, 1);
    ROUSE_EVENT_WAKER(WAKER_CLONE, data);
    rouse_i_task_retain(data);
    return (struct rouse_waker){&rouse_i_task_owned, data};
}

static void waker_wake_owned(void *data)
{
    rouse_i_task_wake(data);
    rouse_i_waker_release(data);
}

#if ROUSE_TRACE
void rouse_i_waker_release(void *data)
{
    rouse_i_lint_waker(data, -1);
    ROUSE_EVENT_WAKER(WAKER_DROP, data);
    rouse_i_task_release(data);
}
#endif

static void waker_drop_borrowed(void *data)
{
    rouse_i_lint_waker(data, -1);
    (void)data;
}

const struct rouse_waker_table rouse_i_task_owned = {waker_clone, waker_wake_owned,
                                                     rouse_i_task_wake, rouse_i_waker_release};
const struct rouse_waker_table rouse_i_task_borrowed = {waker_clone, rouse_i_task_wake,
                                                        rouse_i_task_wake, waker_drop_borrowed};

const struct rouse_waker_table *rouse_i_task_keep(void *data, const void *slot)
{
    struct rouse_task *task = data;
    rouse_i_lint_waker(task, 1);
    if ((uintptr_t)slot - (uintptr_t)task < task->size)
        return &rouse_i_task_borrowed;
    ROUSE_EVENT_WAKER(WAKER_CLONE, task);
    rouse_i_task_retain(task);
    return &rouse_i_task_owned;
}

/* ---- Spawn --------------------------------------------------------------------------------- */

struct rouse_task *rouse_i_task_begin(struct rouse_runtime *rt, struct rouse_task *task,
                                      size_t size, uint32_t flags)
{
    task->runtime = rt;
    task->innermost = NULL;
    task->state = 2 * TASK_REFERENCE | TASK_HELD | flags;
    task->size = (uint32_t)size;
    rt->task_count++;
    rt->spawned++;
    rouse_i_family_begin(rt, task);
    ROUSE_EVENT_SPAWN(rt, task);
    rouse_i_lint_spawn(task);
    rouse_i_task_wake(task);
    return task;
}

bool rouse_i_may_spawn(const struct rouse_runtime *rt)
{
    /* A foreign executor has no runtime: there is nowhere to spawn. */
    return rt && !rt->closing && (!rt->options.max_tasks || rt->task_count < rt->options.max_tasks);
}

void rouse_i_slot_check(struct rouse_runtime *rt, const struct rouse_i_placed *slot)
{
#if ROUSE_CHECKED
    for (struct rouse_i_node *node = rt->placed.next; node != &rt->placed; node = node->next)
        if (node == &slot->node)
            rouse_i_bug((const struct rouse_future *)(const void *)(&slot->task + 1),
                        "rouse_spawn_in on a slot whose task is not finished");
#endif
    (void)rt, (void)slot;
}

struct rouse_task *rouse_i_spawn_in(struct rouse_runtime *rt, struct rouse_i_placed *slot,
                                    size_t size)
{
    struct rouse_task *task = &slot->task;
    if (!rouse_i_may_spawn(rt)) {
        rouse_drop(rouse_i_task_future(task));
        return NULL;
    }
    slot->cold = (struct rouse_i_cold){0};
    rouse_i_list_init(&slot->cold.joiners);
    task->cold = &slot->cold;
    rouse_i_list_append(&rt->placed, &slot->node);
    return rouse_i_task_begin(rt, task, sizeof *task + size, TASK_PLACED);
}

/* ---- Run and end --------------------------------------------------------------------------- */

static void save_error(struct rouse_runtime *rt, struct rouse_task *task)
{
    if (rt->error.status != rouse_i_task_future(task)->status)
        return;
    if (task == rt->main_task)
        rt->main_error = rt->error;
    if (task->state & TASK_PLACED || !rouse_i_task_cold(task))
        return;
    struct rouse_error *kept =
        rt->slab.allocate(rt->slab.allocate_data, NULL, 0, sizeof(struct rouse_error));
    task->cold->error = kept;
    if (kept)
        *kept = rt->error;
}

static void wake_joiners(struct rouse_task *task)
{
    struct rouse_i_node joiners;
    rouse_i_list_take(&joiners, &task->cold->joiners);
    while (!rouse_i_list_is_empty(&joiners)) {
        struct rouse_task_join *join =
            ROUSE_I_CONTAINER(joiners.next, struct rouse_task_join, node);
        rouse_i_node_unlink(&join->node);
        rouse_waker_wake(&join->waker);
    }
}

/* The future has ended. The code that runs here may release the task, so the executor's reference
   is released last. */
static void task_finish(struct rouse_runtime *rt, struct rouse_task *task)
{
    rouse_status status = rouse_i_task_future(task)->status;
    task->state |= TASK_DONE;
    task->innermost = NULL;
    rt->task_count--;
    rouse_i_family_end(rt, task);
    ROUSE_EVENT_OF(task, TASK_DONE, (uint32_t)status, 0, 0);
    if (task->state & TASK_PLACED) {
        rouse_i_node_unlink(&rouse_i_placed_of(task)->node);
        if (task->state & TASK_QUEUED) {
            queue_unlink(rt, task);
            rt->popped++, rt->stale++;
            if (rt->histograms)
                rouse_i_meter(rt, task, ROUSE_I_UNLINKED);
            task->state &= ~(uint32_t)TASK_QUEUED;
        }
    }
    bool awaited = task->cold && !rouse_i_list_is_empty(&task->cold->joiners);
    if (status < 0 && status != ROUSE_ERR_CANCELLED && !(task->state & TASK_ABORTED)) {
        save_error(rt, task);
        if (awaited || task->state & TASK_HELD)
            task->state |= TASK_FAILED;
        else
            report_error(rt, task);
    }
    if (awaited)
        wake_joiners(task);
    if (rt->task_ended)
        rt->task_ended(task);
    if (!(task->state & TASK_QUEUED))
        rouse_i_task_release(task);
}

void rouse_i_task_cancel(struct rouse_runtime *rt, struct rouse_task *task, rouse_status why)
{
    ROUSE_EVENT_OF(task, TASK_CANCEL, 0, 0, 0);
    task->state |= TASK_RUNNING | TASK_ABORTED;
    rouse_drop(rouse_i_task_future(task));
    rouse_i_task_future(task)->status = why;
    task->state &= ~(uint32_t)TASK_RUNNING;
    task_finish(rt, task);
}

/* Resumes the innermost pending frame. When a frame is done, its parent is polled, finds its child
   done and goes on. */
static bool poll_task(struct rouse_task *task, struct rouse_context *cx)
{
    struct rouse_future *root = rouse_i_task_future(task);
    struct rouse_future *f = task->innermost ? task->innermost : root;
    for (;;) {
        struct rouse_polled polled = rouse_i_resume(f, cx);
        if (polled.status == ROUSE_PENDING_) {
            task->innermost = cx->innermost;
            return false;
        }
        if (f == root) {
            if (polled.status <= 0)
                return true;
            task->innermost = NULL; /* a stream as a task: its items are dropped */
            rouse_i_task_wake(task);
            return false;
        }
        f = f->parent;
    }
}

static void task_run(struct rouse_runtime *rt, struct rouse_task *task, struct rouse_context *cx)
{
    uint32_t state = task->state & ~(uint32_t)TASK_QUEUED;
    task->state = state | TASK_RUNNING;
    if (state & TASK_DONE) {
        rt->stale++;
        rouse_i_task_release(task);
        return;
    }
    cx->waker.data = task;
    cx->innermost = NULL;
    cx->budget = rt->options.budget;
    rt->error.status = ROUSE_OK;
    rt->current = task;
    ROUSE_I_COUNT_POLL(task);
    rouse_i_lint_begin(rt);
    bool done = poll_task(task, cx);
    rouse_i_lint_end(rt, done);
    state = task->state;
    task->state = state & ~(uint32_t)(TASK_RUNNING | TASK_ABORTED);
    rouse_i_hostile_scribble();
    if (done)
        task_finish(rt, task);
    else if (state & TASK_ABORTED)
        rouse_i_task_cancel(rt, task, rt->abort_status);
    rt->current = NULL; /* its memory may be gone */
}

/* A task that is woken meanwhile is linked to `ready` and waits for the next turn. If the host cut
   the last turn short, this one goes on with the rest of it. */
void rouse_i_tasks_run(struct rouse_runtime *rt, struct rouse_context *cx)
{
    struct rouse_task *task;
    uint32_t polls = 0;
    rouse_i_lint_turn(rt);
    if (rt->between && rt->histograms)
        rouse_i_meter(rt, NULL, ROUSE_I_TURN);
    if (!rt->running) {
        rt->running = rt->ready.head;
        rt->ready.head = NULL;
    }
    while ((task = rt->running)) {
        rt->running = task->next;
        task_run(rt, task, cx);
        polls++;
        if (!(polls & rt->between_mask) && rt->between && rt->between(rt))
            break;
    }
    rt->popped += polls;
}
