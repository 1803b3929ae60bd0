/* executor.h: the state of a task, and what the files of the executor share. */
#ifndef ROUSE_EXECUTOR_H
#define ROUSE_EXECUTOR_H

#include "../base/list.h"
#include <rouse/trace.h>

/* ---- The state of a task ------------------------------------------------------------------- */

/* The numbers name the function that takes each step.

                  .------------- 4 -------------.
                  v                             |
      -- 1 --> QUEUED -- 2 --> RUNNING -- 3 --> parked
                  |               |             |
                  6               5             6
                  |               v             |
                  '------------> DONE <---------'     DONE -- 7 --> freed

   1 rouse_i_task_begin     The future is in place. The task starts with a wake.
   2 task_run               A turn takes the task from the queue and polls it.
   3 task_run               The poll returned pending. A task that was woken during its own poll is
                            QUEUED already, and never gets to `parked`.
   4 rouse_i_task_wake      Some waker was called. Later wakes before the poll do nothing.
   5 task_finish            The poll ended the future.
   6 rouse_i_task_cancel    An abort, a scope or the end of the runtime dropped the future. A task
                            that is RUNNING is only marked ABORTED: task_run cancels it when its
                            poll returns pending.
   7 rouse_i_task_release   The last reference is gone. The future ended at 5 or 6, so a waker that
                            outlives it keeps only the memory.

   QUEUED, RUNNING and DONE say where the task is; without them it is parked. The other flags say
   what is known about it. Only the thread of the runtime reads or writes flags. */
enum {
    /* The task is linked in `ready` or `running` of the runtime.
       - rouse_i_task_wake sets it; task_run clears it before the poll.
       - A wake during RUNNING sets it: the task runs again in the next turn.
       - A wake after DONE does not set it. A task that was cancelled while linked keeps it until
         task_run takes it from the queue. The memory of a PLACED task may go away before that, so
         task_finish unlinks it.
       - rouse_i_scope_defer spawns with it and then clears it, so that nothing is linked yet. */
    TASK_QUEUED = 1 << 0,

    /* The poll or the drop of the future is on the C stack.
       - task_run and rouse_i_task_cancel set it and clear it.
       - While it is set, an abort only sets ABORTED: nobody may drop the future. */
    TASK_RUNNING = 1 << 1,

    /* The future has ended, and its status is the result of the task.
       - task_finish sets it; nothing clears it.
       - A wake or an abort after it does nothing. */
    TASK_DONE = 1 << 2,

    /* Something ended the task from outside.
       - rouse_task_abort_with and rouse_i_task_cancel set it.
       - With RUNNING: task_run drops the future when its poll returns pending. If the poll ends the
         future, task_run clears the flag: the task ended by itself.
       - With DONE: the status is no failure. Excludes FAILED. */
    TASK_ABORTED = 1 << 3,

    /* The caller of the spawn has the handle, which owns a reference.
       - rouse_i_task_begin sets it. rouse_task_detach clears it, and so does rouse_i_tasks_orphan:
         no handle outlives the runtime. */
    TASK_HELD = 1 << 4,

    /* The task is part of a rouse_i_placed in its caller's memory: it is never freed.
       - rouse_i_spawn_in sets it; nothing clears it. Excludes OWNED. */
    TASK_PLACED = 1 << 5,

    /* A rouse_i_tail lies behind the future: a scope or a tracker looks after the task.
       - rouse_i_spawn_owned sets it; nothing clears it. Excludes PLACED. */
    TASK_OWNED = 1 << 6,

    /* The task failed and nobody has seen it yet. options.on_error gets it with the last reference.
       - task_finish sets it if there is a handle or a join. If not, it reports at once.
       - A join and rouse_block_on clear it when they return the status.
       - Only together with DONE. Excludes ABORTED. */
    TASK_FAILED = 1 << 7,

    /* One reference. This bit and those above count them: one for the executor until the task is
       DONE and not QUEUED, one for the handle, one for each owned waker and pending join. */
    TASK_REFERENCE = 1 << 8,
};

static inline struct rouse_i_placed *rouse_i_placed_of(struct rouse_task *task)
{
    return ROUSE_I_CONTAINER(task, struct rouse_i_placed, task);
}

/* The last bytes of a task that a scope or tracker looks after. */
struct rouse_i_tail {
    _Alignas(8) struct rouse_i_node node; /* in the list of the owner */
    void *owner;
    struct rouse_task *task;
    void (*ended)(struct rouse_i_tail *tail); /* once, when the task is DONE */
};

static inline struct rouse_i_tail *rouse_i_tail_of(struct rouse_task *task)
{
    return (struct rouse_i_tail *)(void *)((char *)task + task->size) - 1;
}

/* The task-locals of one or more tasks. If several tasks hold them, a change copies them first. */
struct rouse_i_locals {
    uint32_t holders, count;
    struct rouse_i_local {
        const struct rouse_local *key;
        void *value;
    } entries[];
};

/* True for NULL: there is nothing left to do. */
static inline bool rouse_i_task_is_done(const struct rouse_task *task)
{
    return !task || (task->state & TASK_DONE);
}

/* The default of options.on_stall, in report/stall.c. It is the one call of the executor into a
   room above it. */
void rouse_i_report_stall(void *data, struct rouse_runtime *rt);

/* Defined in spawn.c and named weakly elsewhere: only heap spawns link it. */
extern const rouse_allocate rouse_i_default_allocate;
/* The allocator for buffers that grow. Never named weakly: old linkers do not look up a name that
   was weak when they first met it, so it is this call that links the default. */
rouse_allocate rouse_i_allocator(const struct rouse_runtime *rt);

/* Spawns a heap task with `tail_size` zeroed bytes behind its future; the last ones are a
   copy of `tail`. Returns NULL and drops the future when rouse_spawn would. */
struct rouse_task *rouse_i_spawn_owned(struct rouse_runtime *rt, struct rouse_future *f,
                                       size_t size, const struct rouse_i_tail *tail,
                                       size_t tail_size, uint32_t flags);
/* Returns a block with one holder; NULL without memory. */
struct rouse_i_locals *rouse_i_locals_new(struct rouse_runtime *rt, uint32_t count);
void rouse_i_locals_release(struct rouse_runtime *rt, struct rouse_i_locals *locals);
/* Gives a new task the locals of the current one. False without memory. */
bool rouse_i_locals_inherit(struct rouse_runtime *rt, struct rouse_task *task);
/* For rouse_runtime.task_ended: releases the locals and calls `ended` of the tail. */
void rouse_i_task_ended(struct rouse_task *task);

bool rouse_i_may_spawn(const struct rouse_runtime *rt);
/* Sets up the head of a task whose future is in place, and makes the task ready. */
struct rouse_task *rouse_i_task_begin(struct rouse_runtime *rt, struct rouse_task *task,
                                      size_t size, uint32_t flags);
void rouse_i_task_retain(struct rouse_task *task);

/* The middle of a turn: polls every task that is ready now, once. */
void rouse_i_tasks_run(struct rouse_runtime *rt, struct rouse_context *cx);
/* From now on asks the host now and then whether its slice is over. Not after each poll: the
   question is a call. */
enum { ROUSE_I_SLICE_POLLS = 64 };
void rouse_i_slice(struct rouse_runtime *rt);
/* Counts an event in the histograms of metrics.h, if there are any. */
enum rouse_i_metered { ROUSE_I_WOKEN, ROUSE_I_TURN, ROUSE_I_UNLINKED };
void rouse_i_meter(struct rouse_runtime *rt, const struct rouse_task *task,
                   enum rouse_i_metered what);
/* Returns the next task that is not done; the first one for NULL. Tasks may end and spawn during
   the walk. */
struct rouse_task *rouse_i_task_next(struct rouse_runtime *rt, struct rouse_i_chunk **chunk,
                                     struct rouse_task *task);
void rouse_i_task_cancel(struct rouse_runtime *rt, struct rouse_task *task, rouse_status why);
/* Keeps who spawned whom, in checked and traced builds. */
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
/* Calls `report` at the beginning of a turn soon. Any thread or signal handler may ask. */
void rouse_i_ask(struct rouse_runtime *rt, void (*report)(struct rouse_runtime *rt));
void rouse_i_cold_free(struct rouse_runtime *rt, struct rouse_i_cold *cold);
void rouse_i_tasks_cancel(struct rouse_runtime *rt);
void rouse_i_tasks_orphan(struct rouse_runtime *rt);
struct rouse_i_cold *rouse_i_task_cold(struct rouse_task *task);
/* Tells the host that the queue is no longer empty, once per burst of wakes. */
void rouse_i_wake_host(struct rouse_runtime *rt);
void rouse_i_timers_fire(struct rouse_runtime *rt);
void rouse_i_remotes_wake(struct rouse_runtime *rt);
/* Descriptors: `look` asks the host what has come, `wake` wakes the tasks whose waits are over,
   `turn` does both, as often as a turn should. */
void rouse_i_fds_look(struct rouse_runtime *rt);
void rouse_i_fds_wake(struct rouse_runtime *rt);
void rouse_i_fds_turn(struct rouse_runtime *rt);
void rouse_i_fds_drop(struct rouse_runtime *rt);

#endif
