/* runtime.h: the struct of a runtime. It is complete so that you can declare one; its fields are
   for the executor only. */
#ifndef ROUSE_PRIVATE_RUNTIME_H
#define ROUSE_PRIVATE_RUNTIME_H

#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Its parts ----------------------------------------------------------------------------- */

enum {
    ROUSE_I_TICK_BITS = 12, /* the finest slot of the wheel: 4096 ns; it sorts when due */
    ROUSE_I_SLOT_BITS = 6,
    ROUSE_I_SLOTS = 1 << ROUSE_I_SLOT_BITS,
    ROUSE_I_LEVELS = 9, /* 12 + 9 * 6 bits: all of a u64 */
    ROUSE_I_CLASSES = 96,
    ROUSE_I_PRINTED = 32, /* places of lints */
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

/* Free blocks of one size, in multiples of 8. The allocator gets its memory back with the runtime.
 */
struct rouse_i_class {
    void *free;
    struct rouse_i_chunk *chunk; /* the newest: its blocks beyond `used` were never handed out */
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

/* The places of the futures that wait for a descriptor. A place is used again and again. */
struct rouse_i_fds {
    struct rouse_i_fd_place *places;
    uint32_t *buckets; /* as many as places: the waits for one descriptor are in one bucket */
    uint32_t capacity; /* a power of two */
    uint32_t free;     /* the first of a list of places, from 1 on; 0: none */
    uint32_t answered, last_answered; /* ends of the list of waits that are over */
    uint32_t waiting;                 /* the host looks for so many */
    uint32_t turns;                   /* since the host was asked to look */
};

/* The root future of rouse_block_on: awaits the caller's. */
struct rouse_i_block_on {
    struct rouse_future future;
    struct rouse_future *target;
};

/* ---- The whole ----------------------------------------------------------------------------- */

struct rouse_runtime {
    struct rouse_i_queue ready; /* woken: runs in the next turn */
    struct rouse_task *running; /* what was ready when this turn began, and has not run yet */
    struct rouse_task *current; /* the task being polled or ended, for reports */
    struct rouse_host *host;
    uint64_t popped; /* from the queue, ever */
    /* Called after the polls whose number has none of these bits: true cuts the turn short. */
    bool (*between)(struct rouse_runtime *rt);
    uint32_t between_mask;
#if ROUSE_CHECKED
    uintptr_t turn_stack; /* where the C stack was when the turn began */
#endif
    bool in_turn, turn_wanted; /* wanted: a turn was asked for inside a turn */
    bool awake;                /* the host knows, or a turn or block_on is under way */
    bool clock_read, closing;
    uint64_t now;
    rouse_status abort_status;                   /* how the current task ends, if it was aborted */
    void (*task_ended)(struct rouse_task *task); /* set by what looks after tasks */
    uint8_t waking; /* what wakes when no task does, for the trace: ROUSE_BY_ */
    uint32_t remote_pending, interrupted; /* set from other threads and signals */
    struct rouse_options options;
    struct rouse_error error;      /* the failure on its way up in the current poll */
    struct rouse_error main_error; /* the one that rouse_block_on returned */
    struct rouse_task *main_task;
    struct rouse_i_wheel timers;
    uint64_t armed_until; /* the deadline that the host was told last */
    size_t task_count;
    uint64_t stale; /* how many of `popped` were done by then */
    uint64_t forced_yields, spawned;
    struct rouse_histograms *histograms; /* metrics.h */
    uint64_t random;
    struct rouse_i_node remotes;
    ROUSE_TASK(rouse_i_block_on) main_slot; /* block_on's task when there is no memory for one */
    struct rouse_i_node placed;             /* tasks in their callers' memory */
    struct rouse_i_slab slab;
    struct rouse_i_node set_nodes;                    /* nodes that sets allocated */
    void (*free_set_nodes)(struct rouse_runtime *rt); /* frees those that are left at the end */
#if ROUSE_TRACE
    struct rouse_i_watch { /* of the poll under way */
        uint64_t began;    /* by the host's clock */
        bool woke_self, on_purpose, for_ever;
    } watch;
    struct rouse_i_printed { /* the lints that were printed: each place once */
        const char *type;
        uint32_t kind, line;
    } printed[ROUSE_I_PRINTED];
    uint32_t printed_count;
#endif
    struct rouse_i_fds fds;
    uint64_t host_memory[ROUSE_HOST_WORDS];
    void (*asked)(struct rouse_runtime *rt); /* what rouse_i_ask asked for, until a turn does it */
#if ROUSE_KNOWS
    const char *site;           /* of the spawn that comes next */
    struct rouse_i_node family; /* tasks without a parent */
#endif
};

#if ROUSE_KNOWS
static inline struct rouse_runtime *rouse_i_site(struct rouse_runtime *rt, const char *site)
{
    if (rt)
        rt->site = site;
    return rt;
}
#endif

#ifdef __cplusplus
}
#endif
#endif
