/* spawn.c: tasks on the heap. The only file that reaches for the platform's allocator: a program
   that keeps its tasks in its own memory links neither this nor a malloc. */
#include "executor.h"
#include "slab.h"
#include <string.h>

const rouse_allocate rouse_i_default_allocate = rouse_host_allocate;

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
