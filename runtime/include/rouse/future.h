/* future.h: a lazy value that is polled until it is done, and the waker that says when to poll.
   A future is any struct whose first member is `struct rouse_future future`. */
#ifndef ROUSE_FUTURE_H
#define ROUSE_FUTURE_H

#include "status.h"

/* Build variants. Objects of different variants do not link: ROUSE_VARIANT_ names their symbols. */
#ifndef ROUSE_TRACE
#define ROUSE_TRACE 0
#endif
#ifndef ROUSE_HOSTILE
#define ROUSE_HOSTILE 0
#endif
#ifndef ROUSE_CHECKED
#define ROUSE_CHECKED ROUSE_HOSTILE
#endif
#define ROUSE_JOIN2_(a, b) a##b
#define ROUSE_JOIN_(a, b) ROUSE_JOIN2_(a, b)
#if ROUSE_HOSTILE
#define ROUSE_VARIANT_C_ _hostile
#elif ROUSE_CHECKED
#define ROUSE_VARIANT_C_ _checked
#else
#define ROUSE_VARIANT_C_
#endif
#if ROUSE_TRACE
#define ROUSE_VARIANT_T_ _traced
#else
#define ROUSE_VARIANT_T_
#endif
/* Checked and traced builds keep what reports want: who spawned what, who holds what. */
#define ROUSE_KNOWS (ROUSE_CHECKED || ROUSE_TRACE)
#define ROUSE_TEXT2_(x) #x
#define ROUSE_TEXT_(x) ROUSE_TEXT2_(x)
#define ROUSE_PLACE_ __FILE__ ":" ROUSE_TEXT_(__LINE__)
#define ROUSE_VARIANT_(name) ROUSE_JOIN_(name, ROUSE_JOIN_(ROUSE_VARIANT_C_, ROUSE_VARIANT_T_))

/* A function marked so makes a lazy future: ignoring its result is a warning, for nothing would
 * run. */
#define ROUSE_LAZY __attribute__((warn_unused_result))
#ifdef __cplusplus
#define ROUSE_NORETURN_ [[noreturn]]
extern "C" {
#else
#define ROUSE_NORETURN_ _Noreturn
#endif

struct rouse_future;
struct rouse_context;
struct rouse_runtime;
struct rouse_error;

/* ---- Types --------------------------------------------------------------------------------- */

/* What poll returns: pending, done (0), failed (negative), or one item of a stream (1). */
struct rouse_polled {
    rouse_status status;
};

/* One constant per kind of future. `drop` ends what was polled and is not done; NULL: nothing to
 * do. */
struct rouse_type {
    const char *name, *file;
    size_t size;
    struct rouse_polled (*poll)(struct rouse_future *f, struct rouse_context *cx);
    void (*drop)(struct rouse_future *f);
};

/* The header of every future. Zero is empty; with a type it is made and may be moved; polled once,
   it is pinned until it is done or dropped. rouse_poll owns `status` and `at`. */
struct rouse_future {
    const struct rouse_type *type;
    union {
        struct rouse_future *awaiting; /* the child this frame waits for, while it waits */
        const int *exit_code;          /* once done: where an `int out` lies, or NULL */
        const void *item;              /* of a stream: where its item lies, until the next poll */
    };
    struct rouse_future *parent; /* the frame that awaits this one */
    rouse_status status;         /* the result once done */
    uint32_t at;                 /* the source line it stopped at, or a ROUSE_AT_ value */
#if ROUSE_TRACE
    uint32_t id;
#endif
#if ROUSE_CHECKED
    uintptr_t pinned; /* the address of the first poll, xor ROUSE_PINNED_ */
#endif
};

enum {
    ROUSE_ITEM_ = 1,
    ROUSE_POLLING_ = INT32_MAX - 1, /* `status` while its poll runs */
    ROUSE_PENDING_ = INT32_MAX,     /* `status` between polls */

    ROUSE_AT_START = 0,
    ROUSE_AT_POLLED = 1,
    ROUSE_AT_UNSTARTED = 0x7ffffffd, /* in FINALLY, dropped before the body ever ran */
    ROUSE_AT_FINALLY = 0x7ffffffe,
    ROUSE_AT_DONE = 0x7fffffff
};

/* Rust's four functions. `wake` consumes the waker, `wake_by_ref` does not. */
struct rouse_waker;
struct rouse_waker_table {
    struct rouse_waker (*clone)(void *data);
    void (*wake)(void *data);
    void (*wake_by_ref)(void *data);
    void (*drop)(void *data);
};
/* Says "poll me again". Zero is empty and wakes nobody. A waker belongs to its thread. */
struct rouse_waker {
    const struct rouse_waker_table *table;
    void *data;
};

/* What a poll is given. A foreign executor sets `waker`, and what it has of the others; the rest
   is zero. */
struct rouse_context {
    struct rouse_waker waker;
    struct rouse_runtime *runtime;
    struct rouse_error *error; /* where a failure's chain of awaits is kept; NULL keeps none */
    /* private */
    struct rouse_future
        *innermost;       /* the frame that returned pending: a wake resumes it directly */
    uintptr_t stack_left; /* how deep polls may nest, see below; 0: no limit */
    uint32_t budget;      /* counts down to 1, which makes the next await yield; 0: no limit */
};

/* ---- Writing a leaf ------------------------------------------------------------------------ */

static inline struct rouse_polled rouse_polled(rouse_status status)
{
    struct rouse_polled polled;
    polled.status = status;
    return polled;
}
#define ROUSE_PENDING rouse_polled(ROUSE_PENDING_)
#define ROUSE_READY(status) rouse_polled(status)
#define ROUSE_ITEM rouse_polled(ROUSE_ITEM_)

/* The next item of a stream: `return rouse_item(f, &self->out)`. See source.h. */
static inline struct rouse_polled rouse_item(struct rouse_future *f, const void *item)
{
    f->item = item;
    return ROUSE_ITEM;
}

static inline bool rouse_is_pending(struct rouse_polled polled)
{
    return polled.status == ROUSE_PENDING_;
}

/* A future value: ROUSE_FUTURE(nap, .n = 3) is a `struct nap` of type `nap_type`, the rest zero.
   At most 14 initialisers: assign what is more to the value. */
#define ROUSE_FUTURE(...) ROUSE_1_OR_N_(ROUSE_FUTURE1_, ROUSE_FUTUREN_, __VA_ARGS__)(__VA_ARGS__)
#define ROUSE_FUTURE1_(T) ((struct T){.future = ROUSE_HEADER_(&T##_type)})
#define ROUSE_FUTUREN_(T, ...) ((struct T){.future = ROUSE_HEADER_(&T##_type), __VA_ARGS__})
/* The same in place: sets the header only, the fields are yours. For hot or large futures. */
#define ROUSE_FUTURE_INIT(T, self) \
    ((void)((self)->future = (struct rouse_future)ROUSE_HEADER_(&T##_type)))
#if ROUSE_TRACE
#define ROUSE_HEADER_(t) {.type = (t), .id = rouse_i_future_id(t)}
uint32_t rouse_i_future_id(const struct rouse_type *type);
#else
#define ROUSE_HEADER_(t) {.type = (t)}
#endif
#define ROUSE_PICK_(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, NAME, ...) NAME
#define ROUSE_1_OR_N_(one, many, ...)                                                          \
    ROUSE_PICK_(__VA_ARGS__, many, many, many, many, many, many, many, many, many, many, many, \
                many, many, many, many, one, ~)

/* ---- Polling and ending -------------------------------------------------------------------- */

/* Polls once. Traps when `f` is done, is being polled, is empty or was moved after its first poll.
 */
static inline ROUSE_LAZY struct rouse_polled rouse_poll(struct rouse_future *f,
                                                        struct rouse_context *cx);

/* Ends a future in any state: a polled one is cancelled, the awaited child first. NULL is allowed.
 */
#define rouse_drop ROUSE_VARIANT_(rouse_drop)
void rouse_drop(struct rouse_future *f);

static inline bool rouse_is_done(const struct rouse_future *f)
{
    return f->at == ROUSE_AT_DONE;
}

/* ---- Wakers -------------------------------------------------------------------------------- */

struct rouse_waker rouse_waker_clone(const struct rouse_waker *waker);
void rouse_waker_wake(struct rouse_waker *waker); /* consumes: `waker` is empty afterwards */
void rouse_waker_wake_by_ref(const struct rouse_waker *waker);
void rouse_waker_drop(struct rouse_waker *waker);
bool rouse_waker_same(const struct rouse_waker *a, const struct rouse_waker *b);
struct rouse_waker rouse_waker_noop(void);

/* Keeps the context's waker in `slot` until the next wake: borrowed inside the task's own frame,
   cloned elsewhere. What `slot` held is dropped, not woken. The leaf's drop must drop the slot. */
#define rouse_waker_store ROUSE_VARIANT_(rouse_waker_store)
void rouse_waker_store(struct rouse_waker *slot, struct rouse_context *cx);

/* The executor's own waker is recognised and called directly. */
extern const struct rouse_waker_table rouse_i_task_borrowed, rouse_i_task_owned;
void rouse_i_task_wake(void *task);
#if ROUSE_TRACE
void rouse_i_lint_on_purpose(struct rouse_context *cx);
#else
#define rouse_i_lint_on_purpose(cx) ((void)0)
#endif
static inline void rouse_i_wake_self(struct rouse_context *cx)
{
    rouse_i_lint_on_purpose(cx);
    if (cx->waker.table == &rouse_i_task_borrowed)
        rouse_i_task_wake(cx->waker.data);
    else
        rouse_waker_wake_by_ref(&cx->waker);
}

void rouse_i_spent(struct rouse_context *cx); /* wakes the task */
/* For a leaf that may be ready again and again: false means it used up its share of this poll and
   was woken, so return ROUSE_PENDING before doing anything. Awaits ask this by themselves. */
static inline bool rouse_spend(struct rouse_context *cx)
{
    if (cx->budget-- != 1)
        return true;
    rouse_i_spent(cx);
    return false;
}

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
ROUSE_LAZY struct rouse_yield rouse_yield(void);                /* lets others run once */
/* A leaf from a function: polled until it returns other than ROUSE_PENDING. It has no drop: a waker
   that the function stores must be dropped by whoever owns `data`. */
ROUSE_LAZY struct rouse_poll_fn rouse_poll_fn(rouse_poll_function function, void *data);
/* Polls `child` once and is done; `out` is what it returned. The child stays the caller's. */
ROUSE_LAZY struct rouse_poll_once rouse_poll_once(struct rouse_future *child);

/* ---- private ------------------------------------------------------------------------------- */

#define ROUSE_PINNED_ ((uintptr_t)0x5eed0fadu)
#define rouse_i_poll_begin ROUSE_VARIANT_(rouse_i_poll_begin)
#define rouse_i_async_drop ROUSE_VARIANT_(rouse_i_async_drop)

/* Traps unless a poll may be the next: the next item of a stream, or a first poll. */
void rouse_i_poll_begin(struct rouse_future *f, struct rouse_context *cx);
/* The live future that `f` waits for; NULL: none, or an item lies there instead. */
struct rouse_future *rouse_i_awaiting(const struct rouse_future *f);
/* What checked and traced builds do around a poll; not called in release. */
void rouse_i_poll_check(struct rouse_future *f);
void rouse_i_poll_end(struct rouse_future *f, struct rouse_polled polled);
ROUSE_NORETURN_ void rouse_i_bug(const struct rouse_future *f, const char *what);
void rouse_i_async_drop(struct rouse_future *f);

extern const struct rouse_type rouse_ready_type, rouse_pending_type, rouse_yield_type,
    rouse_poll_fn_type, rouse_poll_once_type;

/* The executor's own wakers: borrowed inside a poll and in the task's own frame, owned elsewhere.
 */
extern const struct rouse_waker_table rouse_i_task_borrowed, rouse_i_task_owned;
void rouse_i_task_wake(void *task);
/* The table of a waker that is to lie at `slot`: outside of the task it takes a reference. */
const struct rouse_waker_table *rouse_i_task_keep(void *task, const void *slot);
void rouse_i_task_release(void *task);
/* What a task awaits innermost, for reports; NULL for NULL. */
const struct rouse_future *rouse_i_task_frame(const void *task);

/* Natively `stack_left` is the lowest address the stack may grow to. A wasm program cannot see the
   engine's stack: there it counts the polls that may still nest. */
#ifdef __wasm__
#define ROUSE_NEST_(cx, by) ((void)((cx)->stack_left += (uintptr_t)(by)))
static inline bool rouse_i_is_too_deep(const struct rouse_context *cx)
{
    return cx->stack_left == 1;
}
#else
#define ROUSE_NEST_(cx, by) ((void)0)
static inline bool rouse_i_is_too_deep(const struct rouse_context *cx)
{
    return (uintptr_t)__builtin_frame_address(0) < cx->stack_left;
}
#endif

/* The first poll of a future that was made; anything else takes a closer look. */
static inline void rouse_i_poll_start(struct rouse_future *f, struct rouse_context *cx)
{
    bool first = f->type && f->at == ROUSE_AT_START && f->status == ROUSE_OK;
    if (!first || rouse_i_is_too_deep(cx))
        rouse_i_poll_begin(f, cx);
    if (f->at == ROUSE_AT_START)
        f->at = ROUSE_AT_POLLED;
#if ROUSE_CHECKED
    if (first)
        f->pinned = (uintptr_t)f ^ ROUSE_PINNED_;
#endif
}

/* One poll that keeps the innermost pending frame in `cx`, so that a wake can resume it directly.
 */
static inline struct rouse_polled rouse_i_resume(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_polled polled;
    if (f->status != ROUSE_PENDING_)
        rouse_i_poll_start(f, cx);
#if ROUSE_CHECKED || ROUSE_TRACE
    rouse_i_poll_check(f);
#endif
    f->status = ROUSE_POLLING_;
    ROUSE_NEST_(cx, -1);
    polled = f->type->poll(f, cx);
    ROUSE_NEST_(cx, 1);
    f->status = polled.status;
    if (polled.status <= 0)
        f->at = ROUSE_AT_DONE;
    else if (polled.status == ROUSE_PENDING_ && !cx->innermost)
        cx->innermost = f;
#if ROUSE_CHECKED || ROUSE_TRACE
    rouse_i_poll_end(f, polled);
#endif
    return polled;
}

/* A poll by hand ends the chain of awaits: the caller becomes the innermost frame, so a child it
   drops later never dangles there. */
static inline struct rouse_polled rouse_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_polled polled = rouse_i_resume(f, cx);
    cx->innermost = NULL;
    return polled;
}

/* ---- private: the same as macros ----------------------------------------------------------- */

/* A function returns its struct through a temporary, and the copy out of it stalls on the stores
   just made: 8 ns for a sleep. A compound literal is built right in the slot. clang does not warn
   about a literal from a macro that is never used, so there it passes through a function that must
   be. */
#ifdef __clang__
#define ROUSE_MAKER_(T)                                        \
    static inline ROUSE_LAZY struct T T##_made_(struct T made) \
    {                                                          \
        return made;                                           \
    }                                                          \
    struct T
#define ROUSE_MADE_(T, ...) T##_made_(__VA_ARGS__)
#else
#define ROUSE_MAKER_(T) struct T
#define ROUSE_MADE_(T, ...) (__VA_ARGS__)
#endif
#ifndef __cplusplus
static inline rouse_status rouse_i_result(rouse_status result)
{
    return result > 0 ? ROUSE_ERR_INVALID : result;
}
ROUSE_MAKER_(rouse_ready);
ROUSE_MAKER_(rouse_pending);
ROUSE_MAKER_(rouse_yield);
ROUSE_MAKER_(rouse_poll_fn);
ROUSE_MAKER_(rouse_poll_once);
#define rouse_ready(status_) \
    ROUSE_MADE_(rouse_ready, ROUSE_FUTURE(rouse_ready, .result = rouse_i_result(status_)))
#define rouse_pending() ROUSE_MADE_(rouse_pending, ROUSE_FUTURE(rouse_pending))
#define rouse_yield() ROUSE_MADE_(rouse_yield, ROUSE_FUTURE(rouse_yield))
#define rouse_poll_fn(function_, data_) \
    ROUSE_MADE_(rouse_poll_fn,          \
                ROUSE_FUTURE(rouse_poll_fn, .function = (function_), .data = (data_)))
#define rouse_poll_once(child_) \
    ROUSE_MADE_(rouse_poll_once, ROUSE_FUTURE(rouse_poll_once, .child = (child_)))
#endif

#ifdef __cplusplus
}
#endif
#endif
