/* future.h: a lazy value that is polled until it is done, and the waker that says when to poll.
   A future is any struct whose first member is `struct rouse_future future`. */
#ifndef ROUSE_FUTURE_H
#define ROUSE_FUTURE_H

#include "status.h"
#include "private/variant.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Marks a function that makes a lazy future. Ignoring its result is a warning: nothing would run.
 */
#define ROUSE_LAZY __attribute__((warn_unused_result))

struct rouse_future;
struct rouse_context;
struct rouse_runtime;
struct rouse_error;

/* ---- Types --------------------------------------------------------------------------------- */

/* What a poll returns: pending, done (0), failed (negative), or one item of a stream (1). */
struct rouse_polled {
    rouse_status status;
};

/* One constant per kind of future. */
struct rouse_type {
    const char *name, *file;
    size_t size;
    struct rouse_polled (*poll)(struct rouse_future *f, struct rouse_context *cx);
    /* Ends a future that was polled and is not done. NULL: there is nothing to do. */
    void (*drop)(struct rouse_future *f);
};

/* The header of every future. Zero is empty. With a type it is made, and you may move it. From its
   first poll until it is done or dropped it must not move. rouse_poll owns `status` and `at`. */
struct rouse_future {
    const struct rouse_type *type;
    union {
        struct rouse_future *awaiting; /* the child this frame waits for, while it waits */
        const int *exit_code;          /* once done: where an `int out` is, or NULL */
        const void *item;              /* of a stream: where its item is, until the next poll */
    };
    struct rouse_future *parent; /* the frame that awaits this one */
    rouse_status status;         /* the result, once done */
    uint32_t at;                 /* the source line it stopped at, or a ROUSE_AT_ value */
#if ROUSE_TRACE
    uint32_t id;
#endif
#if ROUSE_CHECKED
    uintptr_t pinned; /* the address at the first poll, xor ROUSE_PINNED_ */
#endif
};

/* ---- Poll and end -------------------------------------------------------------------------- */

/* Polls once. Traps when `f` is done, is being polled, is empty, or moved after its first poll. */
static inline ROUSE_LAZY struct rouse_polled rouse_poll(struct rouse_future *f,
                                                        struct rouse_context *cx);
/* Ends a future in any state, its awaited child first. A polled one is cancelled. NULL is allowed.
 */
#define rouse_drop ROUSE_VARIANT_(rouse_drop)
void rouse_drop(struct rouse_future *f);
static inline bool rouse_is_done(const struct rouse_future *f);

/* ---- Ready-made futures -------------------------------------------------------------------- */

struct rouse_ready {
    struct rouse_future future;
    rouse_status result;
};
struct rouse_pending {
    struct rouse_future future;
};
struct rouse_yield {
    struct rouse_future future;
    bool yielded;
};
typedef struct rouse_polled (*rouse_poll_function)(void *data, struct rouse_context *cx);
struct rouse_poll_fn {
    struct rouse_future future;
    rouse_poll_function function;
    void *data;
};
struct rouse_poll_once {
    struct rouse_future future;
    struct rouse_future *child;
    struct rouse_polled out;
};

ROUSE_LAZY struct rouse_ready rouse_ready(rouse_status result); /* done at once */
ROUSE_LAZY struct rouse_pending rouse_pending(void);            /* never done */
ROUSE_LAZY struct rouse_yield rouse_yield(void);                /* lets the other tasks run once */
/* Calls `function` at each poll, until it returns something other than ROUSE_PENDING.
   It has no drop: the owner of `data` drops a waker that the function stored. */
ROUSE_LAZY struct rouse_poll_fn rouse_poll_fn(rouse_poll_function function, void *data);
/* Polls `child` once; `out` is what that poll returned. The child stays yours. */
ROUSE_LAZY struct rouse_poll_once rouse_poll_once(struct rouse_future *child);

/* ---- Write a future by hand ---------------------------------------------------------------- */

/* A future value: ROUSE_FUTURE(nap, .n = 3) is a `struct nap` of type `nap_type`, the rest zero. */
#define ROUSE_FUTURE(...) ROUSE_FUTURE_(__VA_ARGS__, )
/* Sets only the header, in place; set the fields yourself. For hot or large futures. */
#define ROUSE_FUTURE_INIT(T, self) \
    ((void)((self)->future = (struct rouse_future)ROUSE_HEADER_(&T##_type)))

/* What a poll returns. */
#define ROUSE_PENDING rouse_polled(ROUSE_PENDING_)
#define ROUSE_READY(status) rouse_polled(status)
#define ROUSE_ITEM rouse_polled(ROUSE_ITEM_)
static inline struct rouse_polled rouse_polled(rouse_status status);
/* Returns the next item of a stream: `return rouse_item(f, &self->out)`. See source.h. */
static inline struct rouse_polled rouse_item(struct rouse_future *f, const void *item);
static inline bool rouse_is_pending(struct rouse_polled polled);

/* Asks whether this poll may still work. False: its budget is used up and the task was woken, so
   return ROUSE_PENDING at once. Call it in a leaf that can be ready many times; awaits do. */
static inline bool rouse_spend(struct rouse_context *cx);

/* The values of `status` and `at` that are not a result or a line. */
enum {
    ROUSE_ITEM_ = 1,
    ROUSE_POLLING_ = INT32_MAX - 1, /* `status` during a poll */
    ROUSE_PENDING_ = INT32_MAX,     /* `status` between polls */

    ROUSE_AT_START = 0,
    ROUSE_AT_POLLED = 1,
    ROUSE_AT_UNSTARTED = 0x7ffffffd, /* in FINALLY, dropped before the body ever ran */
    ROUSE_AT_FINALLY = 0x7ffffffe,
    ROUSE_AT_DONE = 0x7fffffff
};

/* ---- Wakers -------------------------------------------------------------------------------- */

/* The four functions of Rust's wakers. `wake` consumes the waker, `wake_by_ref` does not. */
struct rouse_waker;
struct rouse_waker_table {
    struct rouse_waker (*clone)(void *data);
    void (*wake)(void *data);
    void (*wake_by_ref)(void *data);
    void (*drop)(void *data);
};
/* Asks for another poll. Zero is empty and wakes nobody. A waker belongs to its thread. */
struct rouse_waker {
    const struct rouse_waker_table *table;
    void *data;
};

/* What a poll is given. A foreign executor sets `waker`, and the other public fields if it can;
   the rest is zero. */
struct rouse_context {
    struct rouse_waker waker;
    struct rouse_runtime *runtime;
    struct rouse_error *error; /* keeps a failure's chain of awaits; NULL: the chain is lost */
    /* private */
    struct rouse_future
        *innermost;       /* the frame that returned pending: a wake resumes it directly */
    uintptr_t stack_left; /* limits how deep polls nest, see private/future.h; 0: no limit */
    uint32_t budget;      /* counts down to 1, where the next await yields; 0: no limit */
};

struct rouse_waker rouse_waker_clone(const struct rouse_waker *waker);
void rouse_waker_wake(struct rouse_waker *waker); /* consumes: `waker` is empty afterwards */
void rouse_waker_wake_by_ref(const struct rouse_waker *waker);
void rouse_waker_drop(struct rouse_waker *waker);
bool rouse_waker_same(const struct rouse_waker *a, const struct rouse_waker *b);
struct rouse_waker rouse_waker_noop(void);

/* Keeps the context's waker in `slot` until the next wake: borrowed inside the task's own frame,
   cloned elsewhere. Drops the old waker of `slot`. The leaf's own drop must drop the slot. */
#define rouse_waker_store ROUSE_VARIANT_(rouse_waker_store)
void rouse_waker_store(struct rouse_waker *slot, struct rouse_context *cx);

#ifdef __cplusplus
}
#endif

#include "private/future.h"
#endif
