/* task.h: the executor. A runtime runs tasks; a task is a future that is polled when woken.
   A runtime is a struct: no globals, as many as you like, one thread each. */
#ifndef ROUSE_TASK_H
#define ROUSE_TASK_H

#include "async.h"
#include "host.h"

#ifdef __cplusplus
extern "C" {
#endif

struct rouse_task;
struct rouse_trace;
struct rouse_i_chunk;
struct rouse_i_locals;
struct rouse_i_node {
    struct rouse_i_node *next, *prev;
};

/* ---- The runtime --------------------------------------------------------------------------- */

/* Like realloc with the old size: new_size 0 frees. Returning NULL is reported as NO_MEMORY. */
typedef void *(*rouse_allocate)(void *data, void *block, size_t old_size, size_t new_size);
/* A task failed and nobody can learn of it any more: told once, when it fails or when the last
   handle and join are given up. `error` has its chain. */
typedef void (*rouse_on_error)(void *data, struct rouse_runtime *rt, const char *task,
                               const struct rouse_error *error);
/* Nothing is left to wait for. rouse_dump tells which task is parked where. */
typedef void (*rouse_on_stall)(void *data, struct rouse_runtime *rt);
/* Something looks wrong: see trace.h. Only in traced builds; it must not call the runtime. */
struct rouse_lint;
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
    rouse_on_lint on_lint; /* default: lints are only in the trace */
    void *on_lint_data;
    struct rouse_trace *trace; /* where events go, in builds with ROUSE_TRACE */
    uint64_t seed;      /* of fair choices; in hostile builds also shuffles the ready order */
    size_t max_tasks;   /* spawning more gives NULL; default: no limit */
    size_t stack_size;  /* how deep a first poll may go; default 1 MiB, on wasm 192 KiB */
    uint32_t budget;    /* awaits one poll may do before it yields; default 128 */
    bool virtual_clock; /* time stands still while anything runs, and jumps when idle */
};

enum {
    ROUSE_I_TICK_BITS = 12, /* the finest slot of the wheel: 4096 ns; it sorts when due */
    ROUSE_I_SLOT_BITS = 6,
    ROUSE_I_SLOTS = 1 << ROUSE_I_SLOT_BITS,
    ROUSE_I_LEVELS = 9, /* 12 + 9 * 6 bits: all of a u64 */
    ROUSE_I_CLASSES = 96,
};
struct rouse_i_wheel {
    uint64_t now;                      /* never ahead of the clock */
    uint64_t occupied[ROUSE_I_LEVELS]; /* per slot; a set bit may be stale, a clear one never is */
    uint32_t levels;                   /* per level: any bit of `occupied`, as stale as those */
    uint64_t sorted;                   /* per slot of level 0 */
    struct rouse_i_least {
        struct rouse_i_node *slot, *timer; /* the slot's least timer, while it is its head */
    } least[ROUSE_I_LEVELS];
    struct rouse_i_node slots[ROUSE_I_LEVELS][ROUSE_I_SLOTS];
};
/* Blocks of one size, in multiples of 8. Memory goes back to the allocator with the runtime. */
struct rouse_i_class {
    void *free;
    struct rouse_i_chunk *chunk; /* the newest: blocks beyond its `used` were never handed out */
};
struct rouse_i_slab {
    rouse_allocate allocate;
    void *allocate_data;
    struct rouse_i_class classes[ROUSE_I_CLASSES];
    struct rouse_i_node chunks; /* every chunk, so that a dump can walk all tasks */
#if ROUSE_TRACE
    size_t live, peak; /* bytes of tasks */
#endif
};
struct rouse_i_queue {
    struct rouse_task *head, *tail;
};
/* What most tasks never need; from the slab on first use. */
struct rouse_i_cold {
    const char *name;
    struct rouse_i_node joiners;
    struct rouse_error *error; /* the chain of a failure nobody has awaited yet */
    struct rouse_i_locals *locals;
};

/* Where a task comes from. A task that ends leaves its children to its own parent. */
struct rouse_i_birth {
    const char *site;          /* "file:line" of the spawn; NULL: not known */
    struct rouse_task *parent; /* the task that spawned it; NULL: none that lives */
    struct rouse_i_node sibling, children;
    uint64_t born_ns;
    uint32_t id, polls;
};

struct __attribute__((aligned(8))) rouse_task { /* wherever it lies, so is the future behind it */
    /* private: 40 bytes on x86-64, 24 on wasm32; the future follows */
    struct rouse_task *next;       /* in the ready queue */
    struct rouse_runtime *runtime; /* NULL when the runtime is gone */
    union {
        struct rouse_i_cold *cold;   /* name, joiners, error: only once used */
        struct rouse_i_chunk *chunk; /* once the runtime is gone */
    };
    struct rouse_future *innermost; /* the frame a wake resumes; NULL: the root */
    uint32_t state;                 /* flags and a reference count, see task.c */
    uint32_t size;                  /* of the whole block */
#if ROUSE_KNOWS
    struct rouse_i_birth birth;
#endif
#if ROUSE_TRACE
    struct rouse_i_watched {
        uint32_t wakers;     /* kept somewhere, as far as is known */
        uint16_t self_wakes; /* polls in a row that ended with a wake of itself */
        uint16_t linted;     /* a bit per lint: each is told once */
    } watched;
#endif
};

/* The head of a task in its caller's memory: it cannot be walked to, nor allocate. */
struct rouse_i_placed {
    struct rouse_i_node node;
    struct rouse_i_cold cold;
    struct rouse_task task;
};

/* A task in the caller's memory, which stays in place until the runtime or the last waker is gone.
 */
#define ROUSE_TASK(T)               \
    struct {                        \
        struct rouse_i_placed head; \
        struct T root;              \
    }
/* The root future of rouse_block_on: awaits the caller's. */
struct rouse_i_block_on {
    struct rouse_future future;
    struct rouse_future *target;
};

struct rouse_runtime {
    /* private */
    struct rouse_i_queue ready; /* woken: runs in the next turn */
    struct rouse_task *running; /* what was ready when this turn began, and has not run yet */
    struct rouse_task *current; /* the task being polled or ended, for reports */
    struct rouse_host *host;
    uint64_t popped; /* from the queue, ever */
    /* Called after the polls whose number has none of these bits: true cuts the turn short. */
    bool (*between)(struct rouse_runtime *rt);
    uint32_t between_mask;
    bool in_turn, turn_wanted; /* wanted: somebody asked for a turn inside a turn */
    bool awake;                /* the host knows, or a turn or block_on is under way */
    bool clock_read, closing;
    uint64_t now;
    rouse_status abort_status;                   /* how the current task ends, if it was aborted */
    void (*task_ended)(struct rouse_task *task); /* set by who looks after tasks */
    uint8_t waking; /* what wakes when no task does, for the trace: ROUSE_BY_ */
    uint32_t remote_pending, interrupted; /* set from other threads and signals */
    struct rouse_options options;
    struct rouse_error error;      /* the failure on its way up in the current poll */
    struct rouse_error main_error; /* the one that rouse_block_on returned */
    struct rouse_task *main_task;
    struct rouse_i_wheel timers;
    uint64_t armed_until; /* the deadline the host was last told */
    size_t task_count;
    uint64_t stale; /* of the popped: those that were done by then */
    uint64_t forced_yields, spawned;
    struct rouse_histograms *histograms; /* metrics.h */
    uint64_t random;
    struct rouse_i_node remotes;
    ROUSE_TASK(rouse_i_block_on) main_slot; /* block_on's task when there is no memory for one */
    struct rouse_i_node placed;             /* tasks in their callers' memory */
    struct rouse_i_slab slab;
    struct rouse_i_node
        set_nodes; /* that sets allocated, and how those left at the end are freed */
    void (*free_set_nodes)(struct rouse_runtime *rt);
#if ROUSE_TRACE
    struct rouse_i_watch { /* of the poll under way */
        uint64_t began;    /* by the host's clock */
        bool woke_self, on_purpose, for_ever;
    } watch;
#endif
    struct rouse_i_fds fds;
    uint64_t host_memory[ROUSE_HOST_WORDS];
    void (*asked)(struct rouse_runtime *rt); /* what rouse_i_ask asked for, until a turn does it */
#if ROUSE_KNOWS
    const char *site;           /* of the spawn that comes next */
    struct rouse_i_node family; /* tasks without a parent */
#endif
};

/* Where a macro is used that spawns: kept in checked and traced builds only. */
#if ROUSE_KNOWS
static inline struct rouse_runtime *rouse_i_site(struct rouse_runtime *rt, const char *site)
{
    if (rt)
        rt->site = site;
    return rt;
}
#define ROUSE_SITE_(rt) rouse_i_site((rt), ROUSE_PLACE_)
#else
#define ROUSE_SITE_(rt) (rt)
#endif

/* NULL options: defaults. The struct must not move afterwards. */
#define rouse_runtime_init ROUSE_VARIANT_(rouse_runtime_init)
rouse_status rouse_runtime_init(struct rouse_runtime *rt, const struct rouse_options *options);
/* Drops every task left, then gives all memory back. Wakers that outlive it wake nobody. */
void rouse_runtime_drop(struct rouse_runtime *rt);

/* Its wakers must not outlive the runtime's memory in a program that never spawns on the heap.
   Runs `f` and every task until `f` is done, and returns its status. A trap inside a poll.
   DEADLOCK, and `f` dropped, when nothing is left to wait for. For hosts that can wait. */
rouse_status rouse_block_on(struct rouse_runtime *rt, struct rouse_future *f);
#define rouse_block_on(rt, f) (rouse_block_on)(ROUSE_SITE_(rt), f)
/* Runs what was ready before the call, and due timers. True if more is ready. A turn inside a turn
   does nothing and returns true. For hosts that call us; block_on does this by itself. */
bool rouse_turn(struct rouse_runtime *rt);

/* The chain of the failure that rouse_block_on returned last; NULL after success. */
const struct rouse_error *rouse_last_error(const struct rouse_runtime *rt);
/* Cancels the future of rouse_block_on; from any thread or signal handler. */
void rouse_interrupt(struct rouse_runtime *rt);

/* Monotonic nanoseconds; read once per turn, so time stands still during one. */
uint64_t rouse_now(struct rouse_runtime *rt);

struct rouse_runtime *
rouse_runtime_of(struct rouse_context *cx); /* NULL under a foreign executor */

/* ---- Tasks --------------------------------------------------------------------------------- */

/* Moves the future into one heap allocation and makes it ready; it first runs in the next turn.
   Out of memory drops the future and gives NULL, which every task call accepts. Whoever gets the
   handle gives it up once: with rouse_task_detach, when the output is no longer needed. */
#define rouse_spawn(rt, ...)                                                               \
    rouse_i_spawn(ROUSE_SITE_(rt), &((__typeof__(__VA_ARGS__)[1]){__VA_ARGS__})[0].future, \
                  sizeof(__VA_ARGS__) + ROUSE_ALIGNED_(__typeof__(__VA_ARGS__)))
/* In a body; not in FINALLY, which has no context. */
#define ROUSE_SPAWN(...) rouse_spawn((cx + rouse_not_allowed_in_finally_)->runtime, __VA_ARGS__)

#define rouse_spawn_in(rt, slot, ...)                                             \
    (rouse_i_slot_check(rt, &(slot)->head), (void)((slot)->root = (__VA_ARGS__)), \
     rouse_i_spawn_in(ROUSE_SITE_(rt), &(slot)->head,                             \
                      sizeof((slot)->root) + ROUSE_ALIGNED_(__typeof__(__VA_ARGS__))))

/* The status of the task once it is finished: a failed task fails this await. Consumes nothing. */
struct rouse_task_join {
    struct rouse_future future;
    /* private */
    struct rouse_i_node node;
    struct rouse_waker waker;
    struct rouse_task *task;
    bool entered;
};
ROUSE_LAZY struct rouse_task_join rouse_task_join(struct rouse_task *task);
/* Cancels: drops the future now, or when its running poll returns. The handle stays yours. */
void rouse_task_abort(struct rouse_task *task);
/* The same, and a join says `why` instead of CANCELLED. It is no failure: nothing is reported. */
void rouse_task_abort_with(struct rouse_task *task, rouse_status why);
/* Gives the handle up; the task goes on. */
void rouse_task_detach(struct rouse_task *task);
bool rouse_task_is_finished(const struct rouse_task *task);
/* For reports; the name is borrowed for as long as the task lives. */
void rouse_task_set_name(struct rouse_task *task, const char *name);
const char *rouse_task_name(const struct rouse_task *task);
/* ROUSE_OUTPUT(greet, task)->out: valid once finished, until the handle is given up. */
#define ROUSE_OUTPUT(T, task) ((const struct T *)(const void *)rouse_i_task_future(task))

/* A handle that is a future. Both take it over, and fail or succeed as the task does; dropping the
   first aborts the task, even if it was never polled, dropping the second lets the task go on. */
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

/* A key is the address of a static object. The children of a scope begin with what their spawner
   had set by then; a task spawned in any other way begins with nothing. */
struct rouse_local {
    const char *name;
};
/* In a body. The value is borrowed. NO_MEMORY; NOT_SUPPORTED outside a task. */
rouse_status rouse_local_set(struct rouse_context *cx, const struct rouse_local *key, void *value);
/* NULL if it was never set, and where `cx` is empty: in the FINALLY of a task that was dropped. */
void *rouse_local_get(struct rouse_context *cx, const struct rouse_local *key);

/* ---- Wakes from elsewhere ------------------------------------------------------------------ */

/* A waker for other threads and signal handlers. Everything but rouse_remote_wake belongs to the
   runtime's thread. While one exists, an idle runtime waits instead of reporting a deadlock. */
struct rouse_remote {
    /* private */
    struct rouse_i_node node;
    struct rouse_runtime *runtime;
    struct rouse_waker waker;
    const struct rouse_future *waiting; /* whose waker that is */
    uint32_t signalled;
};
void rouse_remote_init(struct rouse_remote *remote, struct rouse_runtime *rt);
void rouse_remote_wake(struct rouse_remote *remote); /* any thread, any signal handler */
void rouse_remote_drop(struct rouse_remote *remote);
/* Done when the remote was woken since the last wait: wakes in between count once. One at a time
   may wait. */
struct rouse_remote_wait {
    struct rouse_future future;
    struct rouse_remote *remote;
};
ROUSE_LAZY struct rouse_remote_wait rouse_remote_wait(struct rouse_remote *remote);

/* ---- A program ----------------------------------------------------------------------------- */

/* The whole of main. The expression sees argc and argv. A failure prints its chain and exits 1; an
   `int out` is the exit code; SIGINT cancels the future (exit 130); tasks left over are dropped. */
#if defined(ROUSE_JS) /* a JavaScript host calls rouse_main */
#define ROUSE_MAIN(...)                                                                         \
    __attribute__((export_name("rouse_main"), used)) struct rouse_task *rouse_main(int argc,    \
                                                                                   char **argv) \
    {                                                                                           \
        static char rouse_name_[] = "program", *rouse_alone_[] = {rouse_name_, NULL};           \
        if (!argv) /* called with 0, 0: there are no arguments */                               \
            argc = 1, argv = rouse_alone_;                                                      \
        (void)argc, (void)argv;                                                                 \
        typedef __typeof__(__VA_ARGS__) rouse_root_;                                            \
        static struct {                                                                         \
            struct rouse_i_placed head;                                                         \
            rouse_root_ root;                                                                   \
        } slot;                                                                                 \
        rouse_i_js_begin();                                                                     \
        slot.root = (__VA_ARGS__);                                                              \
        return rouse_i_js_main(&slot.head, sizeof slot.root);                                   \
    }
struct rouse_task *rouse_main(int argc, char **argv);
void rouse_i_js_begin(void);
struct rouse_task *rouse_i_js_main(struct rouse_i_placed *slot, size_t size);
#else
#define ROUSE_MAIN(...)                                                              \
    int main(int argc, char **argv)                                                  \
    {                                                                                \
        (void)argc, (void)argv;                                                      \
        rouse_i_main_begin(); /* first, so that a trace has the root's beginning */  \
        return rouse_i_main(&((__typeof__(__VA_ARGS__)[1]){__VA_ARGS__})[0].future); \
    }

#endif

/* ---- private ------------------------------------------------------------------------------- */

/* 0; a compile error for a future that wants more than 8-byte alignment, or 2 GiB. */
#define ROUSE_ALIGNED_(T) (0 * sizeof(char[_Alignof(T) <= 8 && sizeof(T) <= INT32_MAX ? 1 : -1]))
__attribute__((warn_unused_result)) struct rouse_task *
rouse_i_spawn(struct rouse_runtime *rt, struct rouse_future *f, size_t size);
void rouse_i_slot_check(struct rouse_runtime *rt, const struct rouse_i_placed *slot);
__attribute__((warn_unused_result)) struct rouse_task *
rouse_i_spawn_in(struct rouse_runtime *rt, struct rouse_i_placed *slot, size_t size);
/* The future lies right behind the header. */
static inline struct rouse_future *rouse_i_task_future(struct rouse_task *task)
{
    return (struct rouse_future *)(void *)(task + 1);
}
void rouse_i_main_begin(void);
int rouse_i_main(struct rouse_future *root);
/* Prints what went wrong, if anything did, and gives the exit code. */
int rouse_i_program_end(const struct rouse_future *root, rouse_status status,
                        const struct rouse_error *error);

/* ---- private: the makers as macros, see future.h --------------------------------------------- */

extern const struct rouse_type rouse_task_join_type, rouse_remote_wait_type;
#ifndef __cplusplus
ROUSE_MAKER_(rouse_task_join);
ROUSE_MAKER_(rouse_remote_wait);
#define rouse_task_join(task_) \
    ROUSE_MADE_(rouse_task_join, ROUSE_FUTURE(rouse_task_join, .task = (task_)))
#define rouse_remote_wait(remote_) \
    ROUSE_MADE_(rouse_remote_wait, ROUSE_FUTURE(rouse_remote_wait, .remote = (remote_)))
#endif

#ifdef __cplusplus
}
#endif
#endif
