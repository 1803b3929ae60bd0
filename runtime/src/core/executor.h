/* executor.h: what task.c, runtime.c and the reports share. */
#ifndef ROUSE_EXECUTOR_H
#define ROUSE_EXECUTOR_H

#include "../base/list.h"
#include <rouse/trace.h>

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
    TASK_ABORTED =
        1 << 3,         /* RUNNING: dropped when that returns. DONE: ended by that, not by itself */
    TASK_HELD = 1 << 4, /* somebody has the handle */
    TASK_PLACED = 1 << 5, /* in its caller's memory; its slot is a rouse_i_placed */
    TASK_OWNED = 1 << 6,  /* a rouse_i_tail lies behind its future */
    TASK_FAILED = 1 << 7, /* failed, and nobody has been told yet */
    TASK_REFERENCE = 1 << 8,
};

static inline struct rouse_i_placed *rouse_i_placed_of(struct rouse_task *task)
{
    return ROUSE_I_CONTAINER(task, struct rouse_i_placed, task);
}

/* The end of the memory of a task that a scope or tracker looks after. */
struct rouse_i_tail {
    _Alignas(8) struct rouse_i_node node; /* in the owner's list */
    void *owner;
    struct rouse_task *task;
    void (*ended)(struct rouse_i_tail *tail); /* once, when the task is DONE */
};

static inline struct rouse_i_tail *rouse_i_tail_of(struct rouse_task *task)
{
    return (struct rouse_i_tail *)(void *)((char *)task + task->size) - 1;
}

/* What a task has set for itself and its children. Shared, and then copied before it changes. */
struct rouse_i_locals {
    uint32_t holders, count;
    struct rouse_i_local {
        const struct rouse_local *key;
        void *value;
    } entries[];
};

/* For NULL, too: what is not there has nothing left to do. */
static inline bool rouse_i_task_is_done(const struct rouse_task *task)
{
    return !task || (task->state & TASK_DONE);
}

/* The hook for what happens by default when every task waits and nothing can come: report/stall.c.
   It is the one call of the executor into a room above it. */
void rouse_i_report_stall(void *data, struct rouse_runtime *rt);

/* Of spawn.c, where the program links that: both are weak elsewhere. */
extern const rouse_allocate rouse_i_default_allocate;
/* For buffers that grow. Never named weakly, so a program without a heap spawn links the default by
   it: older linkers fetch nothing for a name that was weak when they first met it. */
rouse_allocate rouse_i_allocator(const struct rouse_runtime *rt);

/* A heap task that ends with a zeroed tail of `tail_size` bytes, the last of them a rouse_i_tail
   that names `owner` and `ended`. NULL, and the future dropped, where rouse_spawn does so. */
struct rouse_task *rouse_i_spawn_owned(struct rouse_runtime *rt, struct rouse_future *f,
                                       size_t size, const struct rouse_i_tail *tail,
                                       size_t tail_size, uint32_t flags);
/* A block with one holder; NULL without memory. */
struct rouse_i_locals *rouse_i_locals_new(struct rouse_runtime *rt, uint32_t count);
void rouse_i_locals_release(struct rouse_runtime *rt, struct rouse_i_locals *locals);
/* The current task's locals for a new one. False without memory. */
bool rouse_i_locals_inherit(struct rouse_runtime *rt, struct rouse_task *task);
/* For rouse_runtime.task_ended: gives the locals back and tells the owner. */
void rouse_i_task_ended(struct rouse_task *task);

bool rouse_i_may_spawn(const struct rouse_runtime *rt);
/* Sets up a header whose future is in place, and makes the task ready. */
struct rouse_task *rouse_i_task_begin(struct rouse_runtime *rt, struct rouse_task *task,
                                      size_t size, uint32_t flags);
void rouse_i_task_retain(struct rouse_task *task);

/* The middle of a turn: polls once every task that is ready now. The context is the turn's. */
void rouse_i_tasks_run(struct rouse_runtime *rt, struct rouse_context *cx);
/* Asks the host from now on whether its slice is over: not after each poll, for it is a call. */
enum { ROUSE_I_SLICE_POLLS = 64 };
void rouse_i_slice(struct rouse_runtime *rt);
/* What the histograms of metrics.h are told, if there are any. */
enum rouse_i_metered { ROUSE_I_WOKEN, ROUSE_I_TURN, ROUSE_I_UNLINKED };
void rouse_i_meter(struct rouse_runtime *rt, const struct rouse_task *task,
                   enum rouse_i_metered what);
/* Every task that is not done: the first for NULL. The walk tolerates ends and spawns. */
struct rouse_task *rouse_i_task_next(struct rouse_runtime *rt, struct rouse_i_chunk **chunk,
                                     struct rouse_task *task);
void rouse_i_task_cancel(struct rouse_runtime *rt, struct rouse_task *task, rouse_status why);
/* Who spawned whom, where that is kept. */
#if ROUSE_KNOWS
void rouse_i_family_init(struct rouse_runtime *rt);
void rouse_i_family_begin(struct rouse_runtime *rt, struct rouse_task *task);
void rouse_i_family_end(struct rouse_runtime *rt, struct rouse_task *task);
#define ROUSE_I_COUNT_POLL(task) ((void)(task)->birth.polls++)
#else
#define rouse_i_family_init(rt) ((void)0)
#define rouse_i_family_begin(rt, task) ((void)0)
#define rouse_i_family_end(rt, task) ((void)0)
#define ROUSE_I_COUNT_POLL(task) ((void)0)
#endif
/* Has `report` called at the beginning of a turn soon; from any thread or signal handler. */
void rouse_i_ask(struct rouse_runtime *rt, void (*report)(struct rouse_runtime *rt));
void rouse_i_cold_free(struct rouse_runtime *rt, struct rouse_i_cold *cold);
void rouse_i_tasks_cancel(struct rouse_runtime *rt);
void rouse_i_tasks_orphan(struct rouse_runtime *rt);
struct rouse_i_cold *rouse_i_task_cold(struct rouse_task *task);
/* The queue is no longer empty: tells the host, once per burst. */
void rouse_i_wake_host(struct rouse_runtime *rt);
void rouse_i_timers_fire(struct rouse_runtime *rt);
void rouse_i_remotes_wake(struct rouse_runtime *rt);
/* Descriptors: what has come while tasks keep the host from waiting; and after a wait. */
void rouse_i_fds_look(struct rouse_runtime *rt);
void rouse_i_fds_wake(struct rouse_runtime *rt);
void rouse_i_fds_drop(struct rouse_runtime *rt);

#endif
