/* task.h: the executor. A runtime runs tasks; a task is a future that is polled when woken.
   A runtime is a struct: no globals, as many as you like, one thread each. */
#ifndef ROUSE_TASK_H
#define ROUSE_TASK_H

#include "async.h"
#include "host.h"
#include "private/node.h"

#ifdef __cplusplus
extern "C" {
#endif

struct rouse_task;
struct rouse_trace;
struct rouse_lint;

/* ---- Make a runtime ------------------------------------------------------------------------ */

/* Like realloc with the old size: new_size 0 frees. Returning NULL is reported as NO_MEMORY. */
typedef void *(*rouse_allocate)(void *data, void *block, size_t old_size, size_t new_size);
/* A task failed and nobody can see it any more. Called once, when the task fails or when its last
   handle and join are released. `error` has the chain. */
typedef void (*rouse_on_error)(void *data, struct rouse_runtime *rt, const char *task,
                               const struct rouse_error *error);
/* Nothing is left to wait for. rouse_dump tells where each task waits. */
typedef void (*rouse_on_stall)(void *data, struct rouse_runtime *rt);
/* Something looks wrong: see trace.h. Only in traced builds; it must not call the runtime. */
typedef void (*rouse_on_lint)(void *data, const struct rouse_lint *lint);

/* Zero is the default of every field. */
struct rouse_options {
    struct rouse_host *host; /* default: the platform's */
    rouse_allocate allocate; /* default: the platform's; never called in the no-malloc preset */
    void *allocate_data;
    rouse_on_error on_error; /* default: print the chain */
    void *on_error_data;
    rouse_on_stall on_stall; /* default: print a dump */
    void *on_stall_data;
    rouse_on_lint on_lint; /* default: print each place once */
    void *on_lint_data;
    struct rouse_trace *trace; /* where events go, in builds with ROUSE_TRACE */
    uint64_t seed;      /* of fair choices; in hostile builds it also shuffles the ready order */
    size_t max_tasks;   /* spawning more gives NULL; default: no limit */
    size_t stack_size;  /* how deep a first poll may go; default 1 MiB, on wasm 192 KiB */
    uint32_t budget;    /* awaits one poll may do before it yields; default 128 */
    bool virtual_clock; /* time stands still while anything runs, and jumps when idle */
};

/* NULL options: defaults. The struct must not move afterwards. */
#define rouse_runtime_init ROUSE_VARIANT_(rouse_runtime_init)
rouse_status rouse_runtime_init(struct rouse_runtime *rt, const struct rouse_options *options);

/* ---- Run ----------------------------------------------------------------------------------- */

/* Runs `f` and every task until `f` is done, and returns its status. For hosts that can wait. When
   nothing is left to wait for, it drops `f` and returns DEADLOCK. Traps inside a poll. */
rouse_status rouse_block_on(struct rouse_runtime *rt, struct rouse_future *f);
#define rouse_block_on(rt, f) (rouse_block_on)(ROUSE_SITE_(rt), f)
/* Runs the tasks that are ready now, and due timers; true if more are ready. For hosts that call
   you; block_on calls it by itself. Inside a turn it does nothing and returns true. */
bool rouse_turn(struct rouse_runtime *rt);

/* The chain of the failure that rouse_block_on returned last; NULL after success. */
const struct rouse_error *rouse_last_error(const struct rouse_runtime *rt);
/* Cancels the future of rouse_block_on. Call it from any thread or signal handler. */
void rouse_interrupt(struct rouse_runtime *rt);
/* Monotonic nanoseconds. The clock is read once per turn, so time stands still during a turn. */
uint64_t rouse_now(struct rouse_runtime *rt);
/* NULL under a foreign executor. */
struct rouse_runtime *rouse_runtime_of(struct rouse_context *cx);

/* Drops every task that is left, then frees all memory. Wakers that outlive it wake nobody; if no
   task was spawned on the heap, they must not outlive the memory of the runtime. */
void rouse_runtime_drop(struct rouse_runtime *rt);

/* ---- Tasks --------------------------------------------------------------------------------- */

/* Moves the future into one heap block and makes it ready; it first runs in the next turn. Without
   memory it drops the future and returns NULL, which every task function accepts.
   The caller owns the handle. Release it exactly once, with rouse_task_detach. */
#define rouse_spawn(rt, ...)                                                               \
    rouse_i_spawn(ROUSE_SITE_(rt), &((__typeof__(__VA_ARGS__)[1]){__VA_ARGS__})[0].future, \
                  sizeof(__VA_ARGS__) + ROUSE_ALIGNED_(__typeof__(__VA_ARGS__)))
/* The same in a body; not in FINALLY, where there is no context. */
#define ROUSE_SPAWN(...) rouse_spawn((cx + rouse_not_allowed_in_finally_)->runtime, __VA_ARGS__)

/* Memory for a task without the heap: ROUSE_TASK(greet) slot; rouse_spawn_in(rt, &slot, greet(..)).
   It must stay in place until the runtime and the last waker of the task are gone. */
#define ROUSE_TASK(T)               \
    struct {                        \
        struct rouse_i_placed head; \
        struct T root;              \
    }
#define rouse_spawn_in(rt, slot, ...)                                             \
    (rouse_i_slot_check(rt, &(slot)->head), (void)((slot)->root = (__VA_ARGS__)), \
     rouse_i_spawn_in(ROUSE_SITE_(rt), &(slot)->head,                             \
                      sizeof((slot)->root) + ROUSE_ALIGNED_(__typeof__(__VA_ARGS__))))

/* Waits until the task is finished and has its status: if the task failed, so does this await. You
   still own the handle. */
struct rouse_task_join {
    struct rouse_future future;
    /* private */
    struct rouse_i_node node;
    struct rouse_waker waker;
    struct rouse_task *task;
    bool entered;
};
ROUSE_LAZY struct rouse_task_join rouse_task_join(struct rouse_task *task);
/* Cancels: drops the future now, or when its running poll returns. You still own the handle. */
void rouse_task_abort(struct rouse_task *task);
/* The same, with `why` as the status of the task. It is no failure: nothing is reported. */
void rouse_task_abort_with(struct rouse_task *task, rouse_status why);
/* Releases the handle; the task goes on. */
void rouse_task_detach(struct rouse_task *task);
bool rouse_task_is_finished(const struct rouse_task *task);
/* For reports. The name must live as long as the task. */
void rouse_task_set_name(struct rouse_task *task, const char *name);
const char *rouse_task_name(const struct rouse_task *task);
/* ROUSE_OUTPUT(greet, task)->out: valid once finished, until you release the handle. */
#define ROUSE_OUTPUT(T, task) ((const struct T *)(const void *)rouse_i_task_future(task))

/* Futures that own a handle and end as the task does. Dropping the first aborts the task, even if
   the future was never polled; dropping the second lets the task go on. */
struct rouse_task_owned {
    struct rouse_future future;
    /* private */
    struct rouse_task *task;
    struct rouse_task_join join;
};
struct rouse_shield {
    struct rouse_future future;
    /* private */
    struct rouse_task *task;
    struct rouse_task_join join;
};
ROUSE_LAZY struct rouse_task_owned rouse_task_owned(struct rouse_task *task);
ROUSE_LAZY struct rouse_shield rouse_shield(struct rouse_task *task);

/* ---- Task-locals --------------------------------------------------------------------------- */

/* A key is the address of a static object. Tasks spawned into a scope start with the values of
   their spawner; tasks spawned in any other way start with none. */
struct rouse_local {
    const char *name;
};
/* Call it in a body. It keeps only the pointer. NO_MEMORY; NOT_SUPPORTED outside a task. */
rouse_status rouse_local_set(struct rouse_context *cx, const struct rouse_local *key, void *value);
/* NULL if no value was set, and in the FINALLY of a dropped task, where `cx` is empty. */
void *rouse_local_get(struct rouse_context *cx, const struct rouse_local *key);

/* ---- Wakes from elsewhere ------------------------------------------------------------------ */

/* A waker for other threads and signal handlers. Only rouse_remote_wake may be called there. While
   a remote exists, an idle runtime waits instead of reporting a deadlock. */
struct rouse_remote {
    /* private */
    struct rouse_i_node node;
    struct rouse_runtime *runtime;
    struct rouse_waker waker;
    const struct rouse_future *waiting; /* the owner of the waker */
    uint32_t signalled;
};
void rouse_remote_init(struct rouse_remote *remote, struct rouse_runtime *rt);
void rouse_remote_wake(struct rouse_remote *remote); /* any thread, any signal handler */
void rouse_remote_drop(struct rouse_remote *remote);
/* Waits for a wake since the last wait; several wakes count as one. One waiter at a time. */
struct rouse_remote_wait {
    struct rouse_future future;
    struct rouse_remote *remote;
};
ROUSE_LAZY struct rouse_remote_wait rouse_remote_wait(struct rouse_remote *remote);

/* ---- A program ----------------------------------------------------------------------------- */

/* ROUSE_MAIN(future) is the whole of main; the expression may use argc and argv. A failure prints
   its chain and exits with 1. An `int out` is the exit code. SIGINT cancels the future and exits
   with 130, SIGTERM with 143. Tasks that are left are dropped. The future lies in static memory;
   while it is made, it needs room on the stack, which grows for it on Linux. */
#define ROUSE_MAIN(...) ROUSE_MAIN_(__VA_ARGS__)

#ifdef __cplusplus
}
#endif

#include "private/task.h"
#endif
