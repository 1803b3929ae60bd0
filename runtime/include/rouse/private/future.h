/* future.h: what the macros and inline functions of rouse/future.h need. */
#ifndef ROUSE_PRIVATE_FUTURE_H
#define ROUSE_PRIVATE_FUTURE_H

#include "../future.h"
#include "maker.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Making -------------------------------------------------------------------------------- */

/* Without fields the rest is empty: an initialiser may end in a comma. */
#define ROUSE_FUTURE_(T, ...) ((struct T){.future = ROUSE_HEADER_(&T##_type), __VA_ARGS__})
#if ROUSE_TRACE
#define ROUSE_HEADER_(t) {.type = (t), .id = rouse_i_future_id(t)}
uint32_t rouse_i_future_id(const struct rouse_type *type);
#else
#define ROUSE_HEADER_(t) {.type = (t)}
#endif

extern const struct rouse_type rouse_ready_type, rouse_pending_type, rouse_yield_type,
    rouse_poll_fn_type, rouse_poll_once_type;
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

/* ---- Wakes and the budget ------------------------------------------------------------------ */

/* The executor's own wakers: borrowed inside a poll and in the task's own frame, owned elsewhere.
 */
extern const struct rouse_waker_table rouse_i_task_borrowed, rouse_i_task_owned;
void rouse_i_task_wake(void *task);
/* The table of a waker that is stored at `slot`: outside the task's own frame it takes a reference.
 */
const struct rouse_waker_table *rouse_i_task_keep(void *task, const void *slot);
void rouse_i_task_release(void *task);
/* What a task awaits innermost, for reports; NULL for NULL. */
const struct rouse_future *rouse_i_task_frame(const void *task);

#if ROUSE_TRACE
void rouse_i_lint_on_purpose(struct rouse_context *cx);
#else
#define rouse_i_lint_on_purpose(cx) ((void)0)
#endif
/* Calls the executor's own waker directly, without its table. */
static inline void rouse_i_wake_self(struct rouse_context *cx)
{
    rouse_i_lint_on_purpose(cx);
    if (cx->waker.table == &rouse_i_task_borrowed)
        rouse_i_task_wake(cx->waker.data);
    else
        rouse_waker_wake_by_ref(&cx->waker);
}

void rouse_i_spent(struct rouse_context *cx); /* wakes the task */
static inline bool rouse_spend(struct rouse_context *cx)
{
    if (cx->budget-- != 1)
        return true;
    rouse_i_spent(cx);
    return false;
}

/* ---- Polling ------------------------------------------------------------------------------- */

static inline struct rouse_polled rouse_polled(rouse_status status)
{
    struct rouse_polled polled;
    polled.status = status;
    return polled;
}

static inline struct rouse_polled rouse_item(struct rouse_future *f, const void *item)
{
    f->item = item;
    return ROUSE_ITEM;
}

static inline bool rouse_is_pending(struct rouse_polled polled)
{
    return polled.status == ROUSE_PENDING_;
}

static inline bool rouse_is_done(const struct rouse_future *f)
{
    return f->at == ROUSE_AT_DONE;
}

#define ROUSE_PINNED_ ((uintptr_t)0x5eed0fadu)
#define rouse_i_poll_begin ROUSE_VARIANT_(rouse_i_poll_begin)
#define rouse_i_async_drop ROUSE_VARIANT_(rouse_i_async_drop)

/* Traps unless `f` may be polled now: a first poll, or the poll for the next item of a stream. */
void rouse_i_poll_begin(struct rouse_future *f, struct rouse_context *cx);
/* The live future that `f` waits for; NULL: there is none, or an item is there instead. */
struct rouse_future *rouse_i_awaiting(const struct rouse_future *f);
/* What checked and traced builds do around a poll; never called in release builds. */
void rouse_i_poll_check(struct rouse_future *f);
void rouse_i_poll_end(struct rouse_future *f, struct rouse_polled polled);
ROUSE_NORETURN_ void rouse_i_bug(const struct rouse_future *f, const char *what);
void rouse_i_async_drop(struct rouse_future *f);

/* Natively `stack_left` is the lowest address that the stack may grow to. A wasm program cannot see
   the engine's stack, so there it counts the polls that may still nest. */
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

/* The usual case is the first poll of a made future; rouse_i_poll_begin decides about the others.
 */
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

/* A poll by hand ends the chain of awaits: the caller becomes the innermost frame. So `innermost`
   never dangles when the caller drops the child later. */
static inline struct rouse_polled rouse_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_polled polled = rouse_i_resume(f, cx);
    cx->innermost = NULL;
    return polled;
}

#ifdef __cplusplus
}
#endif
#endif
