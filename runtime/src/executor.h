/* executor.h: what task.c, runtime.c and the reports share. */
#ifndef ROUSE_EXECUTOR_H
#define ROUSE_EXECUTOR_H

#include "list.h"

/* The state of a task: flags below, references above.

     spawn --> QUEUED --turn--> RUNNING --pending--> (parked) --wake--> QUEUED ...
                                   |                    |
                                   +------ done --------+---- abort ----> DONE

   References: one while the executor may still touch it, one for the handle (HELD), one for each
   owned waker and pending join. The future ends at DONE, the memory with the last reference. */
enum {
    TASK_QUEUED = 1 << 0,  /* linked in `ready` or `running` */
    TASK_RUNNING = 1 << 1, /* its poll or its drop is on the C stack */
    TASK_DONE = 1 << 2,    /* the future has ended: a wake does nothing */
    TASK_ABORTED = 1 << 3, /* aborted while RUNNING: dropped when that returns */
    TASK_HELD = 1 << 4,    /* somebody has the handle */
    TASK_PLACED = 1 << 5,  /* in its caller's memory; its slot is a rouse_i_placed */
    TASK_REFERENCE = 1 << 8,
};

static inline struct rouse_i_placed *rouse_i_placed_of(struct rouse_task *task)
{
    return ROUSE_I_CONTAINER(task, struct rouse_i_placed, task);
}

/* Of spawn.c, where the program links that: both are weak elsewhere. */
extern const rouse_allocate rouse_i_default_allocate;

bool rouse_i_may_spawn(const struct rouse_runtime *rt);
/* Sets up a header whose future is in place, and makes the task ready. */
struct rouse_task *rouse_i_task_begin(struct rouse_runtime *rt, struct rouse_task *task,
                                      size_t size, uint32_t flags);
void rouse_i_task_retain(struct rouse_task *task);
void rouse_i_task_release(struct rouse_task *task);

/* The middle of a turn: polls once every task that is ready now. The context is the turn's. */
void rouse_i_tasks_run(struct rouse_runtime *rt, struct rouse_context *cx);
/* Every task that is not done: the first for NULL. The walk tolerates ends and spawns. */
struct rouse_task *rouse_i_task_next(struct rouse_runtime *rt, struct rouse_i_chunk **chunk,
                                     struct rouse_task *task);
void rouse_i_task_cancel(struct rouse_runtime *rt, struct rouse_task *task);
void rouse_i_cold_free(struct rouse_runtime *rt, struct rouse_i_cold *cold);
void rouse_i_tasks_cancel(struct rouse_runtime *rt);
void rouse_i_tasks_orphan(struct rouse_runtime *rt);
struct rouse_i_cold *rouse_i_task_cold(struct rouse_task *task);
/* The queue is no longer empty: tells the host, once per burst. */
void rouse_i_wake_host(struct rouse_runtime *rt);
void rouse_i_timers_fire(struct rouse_runtime *rt);
void rouse_i_remotes_wake(struct rouse_runtime *rt);

#endif
