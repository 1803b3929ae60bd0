/* spawn.c: tasks on the heap, and the default allocator. A program that keeps its tasks in its own
   memory links neither this file nor malloc, unless it uses a buffer that grows
   (rouse_i_allocator). */
#include "executor.h"
#include "slab.h"
#include <string.h>

const rouse_allocate rouse_i_default_allocate = rouse_host_allocate;

rouse_allocate rouse_i_allocator(const struct rouse_runtime *rt)
{
    return rt->options.allocate ? rt->options.allocate : rouse_host_allocate;
}

struct rouse_task *rouse_i_spawn(struct rouse_runtime *rt, struct rouse_future *f, size_t size)
{
    size_t whole = sizeof(struct rouse_task) + size;
    struct rouse_task *task = rouse_i_may_spawn(rt) ? rouse_i_slab_task(&rt->slab, whole) : NULL;
    if (!task) {
        rouse_drop(f);
        return NULL;
    }
    memcpy(rouse_i_task_future(task), f, size);
    task->cold = NULL;
    return rouse_i_task_begin(rt, task, whole, 0);
}

/* ---- Tasks with an owner ------------------------------------------------------------------- */

void rouse_i_task_ended(struct rouse_task *task)
{
    struct rouse_i_locals *locals = task->cold ? task->cold->locals : NULL;
    if (locals) {
        task->cold->locals =
            NULL; /* the code that `ended` runs may spawn, and would inherit them */
        rouse_i_locals_release(task->runtime, locals);
    }
    if (task->state & TASK_OWNED)
        rouse_i_tail_of(task)->ended(rouse_i_tail_of(task));
}

struct rouse_task *rouse_i_spawn_owned(struct rouse_runtime *rt, struct rouse_future *f,
                                       size_t size, const struct rouse_i_tail *tail,
                                       size_t tail_size, uint32_t flags)
{
    size_t aligned = (size + 7) & ~(size_t)7;
    size_t whole = sizeof(struct rouse_task) + aligned + tail_size;
    struct rouse_task *task = rouse_i_may_spawn(rt) ? rouse_i_slab_task(&rt->slab, whole) : NULL;
    if (!task) {
        rouse_drop(f);
        return NULL;
    }
    memcpy(rouse_i_task_future(task), f, size);
    memset((char *)task + whole - tail_size, 0, tail_size);
    task->cold = NULL;
    task->size = (uint32_t)whole;
    *rouse_i_tail_of(task) = *tail;
    rouse_i_tail_of(task)->task = task;
    rt->task_ended = rouse_i_task_ended;
    return rouse_i_task_begin(rt, task, whole, TASK_OWNED | flags);
}

/* ---- Task-locals that are inherited -------------------------------------------------------- */

static size_t locals_size(uint32_t count)
{
    return sizeof(struct rouse_i_locals) + count * sizeof(struct rouse_i_local);
}

struct rouse_i_locals *rouse_i_locals_new(struct rouse_runtime *rt, uint32_t count)
{
    struct rouse_i_locals *locals =
        rt->slab.allocate(rt->slab.allocate_data, NULL, 0, locals_size(count));
    rt->task_ended = rouse_i_task_ended;
    if (locals)
        *locals = (struct rouse_i_locals){.holders = 1, .count = count};
    return locals;
}

void rouse_i_locals_release(struct rouse_runtime *rt, struct rouse_i_locals *locals)
{
    if (--locals->holders == 0)
        rt->slab.allocate(rt->slab.allocate_data, locals, locals_size(locals->count), 0);
}

bool rouse_i_locals_inherit(struct rouse_runtime *rt, struct rouse_task *task)
{
    const struct rouse_task *from = rt->current;
    if (!from || !from->cold || !from->cold->locals)
        return true;
    if (!rouse_i_task_cold(task))
        return false;
    task->cold->locals = from->cold->locals;
    task->cold->locals->holders++;
    return true;
}
