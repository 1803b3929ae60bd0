/* all_tasks.c: goes through all tasks of a runtime: for reports, and when the runtime ends. */
#include "executor.h"
#include "slab.h"
#include "../trace/trace_events.h"
#include "lint.h"

#pragma weak rouse_i_slab_next /* only programs that spawn on the heap link it */

struct rouse_task *rouse_i_task_next(struct rouse_runtime *rt, struct rouse_i_chunk **chunk,
                                     struct rouse_task *task)
{
    struct rouse_i_node *node = rt->placed.next;
    if (task && task->state & TASK_PLACED)
        node = rouse_i_placed_of(task)->node.next;
    else
        while (rouse_i_slab_next && (task = rouse_i_slab_next(&rt->slab, chunk, task)))
            if (task->state && !(task->state & TASK_DONE))
                return task;
    return node == &rt->placed ? NULL : &ROUSE_I_CONTAINER(node, struct rouse_i_placed, node)->task;
}

static void cancel_task(struct rouse_runtime *rt, struct rouse_task *task)
{
    if (rouse_i_task_future(task)->at != ROUSE_AT_START)
        ROUSE_LINT_TASK(DROPPED_WHILE_PENDING, task);
    rouse_i_task_cancel(rt, task, ROUSE_ERR_CANCELLED);
}

void rouse_i_tasks_cancel(struct rouse_runtime *rt)
{
    struct rouse_i_chunk *chunk = NULL;
    struct rouse_task *task = NULL, *last = NULL;
    while (rouse_i_slab_next && (task = rouse_i_slab_next(&rt->slab, &chunk, task))) {
        if (last)
            rouse_i_task_release(last);
        last = NULL;
        if (!task->state || task->state & TASK_DONE)
            continue;
        rouse_i_task_retain(task); /* code that runs in its drop may release the last reference */
        cancel_task(rt, task);
        last = task;
    }
    if (last)
        rouse_i_task_release(last);
    while (!rouse_i_list_is_empty(&rt->placed))
        cancel_task(rt, &ROUSE_I_CONTAINER(rt->placed.next, struct rouse_i_placed, node)->task);
}

/* The last step of a runtime. Handles end here. A task that a waker still points to forgets the
   runtime, and its chunk stays until that waker goes. */
void rouse_i_tasks_orphan(struct rouse_runtime *rt)
{
    struct rouse_i_chunk *chunk = NULL, *next_chunk;
    struct rouse_task *task = rouse_i_slab_next(&rt->slab, &chunk, NULL), *next;
    for (; task; task = next, chunk = next_chunk) {
        next_chunk = chunk;
        next = rouse_i_slab_next(&rt->slab, &next_chunk, task);
        if (!task->state)
            continue;
        bool held = task->state & TASK_HELD;
        task->state &= ~(uint32_t)TASK_HELD;
        if (held && task->state < 2 * TASK_REFERENCE) {
            rouse_i_task_release(task);
            continue;
        }
        if (held)
            task->state -= TASK_REFERENCE;
        rouse_i_cold_free(rt, task->cold);
        task->chunk = chunk;
        task->runtime = NULL;
        chunk->orphans++;
    }
}
