/* future.c: the life of a future and of its wakers.

     empty --ROUSE_FUTURE--> made --rouse_poll--> polled --poll returns <= 0--> done
                              |                     |                            ^
                              +---rouse_drop--------+-----rouse_drop-------------+

   Invariant: `status` is PENDING between polls, POLLING while a poll runs, else the result; so one
   comparison tells a plain resume from everything that needs a closer look. */
#include "../base/check.h"
#include "../base/hostile.h"
#include "../base/text.h"
#include "../trace/trace_events.h"
#include "lint.h"

/* ---- Polling ------------------------------------------------------------------------------- */

/* Finds the future that polls `f`. A poll by hand is not recorded in the child, and the parent of a
   future that is done may be gone; so it is the innermost frame of the running task. */
_Noreturn static void poll_bug(const struct rouse_future *f, const struct rouse_context *cx,
                               const char *what)
{
    const struct rouse_future *by = NULL;
    if (cx->waker.table == &rouse_i_task_borrowed)
        by = rouse_i_task_frame(cx->waker.data);
    rouse_i_bug_at(what, f->type && by != f ? f : NULL, by == f ? "in" : "polled by", by);
}

void rouse_i_poll_begin(struct rouse_future *f, struct rouse_context *cx)
{
    if (!f->type)
        poll_bug(f, cx, "polled an empty slot: put a future there");
    if (f->at == ROUSE_AT_DONE)
        poll_bug(f, cx, "polled after it was done");
    if (f->at >= ROUSE_AT_UNSTARTED)
        poll_bug(f, cx, "polled inside its own FINALLY");
    if (f->status == ROUSE_POLLING_)
        poll_bug(f, cx, "polled while it is being polled");
    if (f->at == ROUSE_AT_START)
        poll_bug(f, cx, "awaits nest too deep for the stack (rouse_options.stack_size)");
    f->awaiting = NULL; /* a stream had its item there */
}

#if ROUSE_CHECKED
static void check_pinned(const struct rouse_future *f)
{
    uintptr_t first = f->pinned ^ ROUSE_PINNED_;
    if (f->at == ROUSE_AT_START || first == (uintptr_t)f)
        return;
    ROUSE_LINT(MOVED_AFTER_POLL, f);
    char buffer[120];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    rouse_i_text_add(&text, "moved after its first poll: it was polled at %p and is now at %p",
                     (void *)first, (const void *)f);
    rouse_i_bug(f, buffer);
}

/* A frame that ends must not contain a future that was polled and is not done: it would dangle.
   Such a future stores its own address, which no other word of the frame does. */
static void check_no_live_child(const struct rouse_future *f)
{
    size_t step = sizeof(void *), size = f->type->size;
    for (size_t at = sizeof *f; at + sizeof *f <= size; at += step) {
        const struct rouse_future *child =
            (const struct rouse_future *)(const void *)((const char *)f + at);
        if (child->pinned != ((uintptr_t)child ^ ROUSE_PINNED_) || child->at == ROUSE_AT_DONE)
            continue;
        char buffer[200];
        struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
        rouse_i_text_add(&text, "%s ended while its %s is still live: rouse_drop it in FINALLY",
                         f->type->name, child->type->name);
        rouse_i_bug(f, buffer);
    }
}
#endif

#if ROUSE_CHECKED || ROUSE_TRACE
void rouse_i_poll_check(struct rouse_future *f)
{
#if ROUSE_CHECKED
    check_pinned(f);
#endif
    ROUSE_EVENT_POLL(f);
}

void rouse_i_poll_end(struct rouse_future *f, struct rouse_polled polled)
{
    ROUSE_EVENT(POLL_END, f->id, f->at, (uint32_t)polled.status);
    (void)polled;
#if ROUSE_CHECKED
    if (f->at == ROUSE_AT_DONE)
        check_no_live_child(f);
#endif
}
#endif

/* ---- Dropping ------------------------------------------------------------------------------ */

void rouse_i_async_drop(struct rouse_future *f)
{
    f->at = f->at == ROUSE_AT_START ? ROUSE_AT_UNSTARTED : ROUSE_AT_FINALLY;
    f->status = ROUSE_ERR_CANCELLED;
    struct rouse_context nobody = {.waker = {0}};
    (void)f->type->poll(f, &nobody);
}

/* Ends one frame whose awaited child has ended. A leaf that was never polled has nothing to clean
   up; an async function always runs its FINALLY, which frees the arguments moved in. */
static void end_frame(struct rouse_future *f)
{
    bool started = f->at != ROUSE_AT_START;
    if (f->status == ROUSE_POLLING_)
        rouse_i_bug(f, "dropped while it is being polled");
    if (f->at >= ROUSE_AT_UNSTARTED)
        rouse_i_bug(f, "dropped inside its own FINALLY");
#if ROUSE_CHECKED
    check_pinned(f);
#endif
    ROUSE_EVENT(FUT_DROP, f->id, !started, 0);
    f->awaiting = NULL;
    if (f->type->drop && (started || f->type->drop == rouse_i_async_drop))
        f->type->drop(f);
    f->at = ROUSE_AT_DONE;
    f->status = ROUSE_ERR_CANCELLED;
#if ROUSE_CHECKED
    check_no_live_child(f);
#endif
    rouse_i_hostile_fill(f);
}

static bool is_live(const struct rouse_future *f)
{
    return f && f->type && f->at != ROUSE_AT_DONE;
}

struct rouse_future *rouse_i_awaiting(const struct rouse_future *f)
{
    return f->status != ROUSE_ITEM_ && is_live(f->awaiting) ? f->awaiting : NULL;
}

/* A loop, not a recursion: a chain of awaits may be longer than the stack is deep. */
void rouse_drop(struct rouse_future *f)
{
    if (!is_live(f))
        return;
    struct rouse_future *frame = f, *next;
    while ((next = rouse_i_awaiting(frame)))
        frame = next;
    for (;;) {
        struct rouse_future *parent = frame->parent;
        end_frame(frame);
        if (frame == f)
            return;
        frame = parent;
    }
}

/* ---- Wakers -------------------------------------------------------------------------------- */

struct rouse_waker rouse_waker_clone(const struct rouse_waker *waker)
{
    if (!waker->table)
        return (struct rouse_waker){0};
    return waker->table->clone(waker->data);
}

void rouse_waker_wake(struct rouse_waker *waker)
{
    /* Taken out first: a wake may run code that frees the memory in which the waker lies. */
    struct rouse_waker taken = *waker;
    *waker = (struct rouse_waker){0};
    if (taken.table == &rouse_i_task_borrowed) {
        rouse_i_lint_waker(taken.data, -1);
        rouse_i_task_wake(taken.data);
    } else if (taken.table) {
        taken.table->wake(taken.data);
    }
}

void rouse_waker_wake_by_ref(const struct rouse_waker *waker)
{
    if (waker->table == &rouse_i_task_borrowed)
        rouse_i_task_wake(waker->data);
    else if (waker->table)
        waker->table->wake_by_ref(waker->data);
}

void rouse_waker_drop(struct rouse_waker *waker)
{
    struct rouse_waker taken = *waker;
    *waker = (struct rouse_waker){0};
    if (taken.table == &rouse_i_task_owned)
        rouse_i_waker_release(taken.data);
    else if (taken.table == &rouse_i_task_borrowed)
        rouse_i_lint_waker(taken.data, -1);
    else if (taken.table)
        taken.table->drop(taken.data);
}

static bool is_task_waker(const struct rouse_waker *waker)
{
    return waker->table == &rouse_i_task_borrowed || waker->table == &rouse_i_task_owned;
}

bool rouse_waker_same(const struct rouse_waker *a, const struct rouse_waker *b)
{
    return a->data == b->data && (a->table == b->table || (is_task_waker(a) && is_task_waker(b)));
}

void rouse_waker_store(struct rouse_waker *slot, struct rouse_context *cx)
{
    if (slot->table && rouse_waker_same(slot, &cx->waker))
        return;
    struct rouse_waker replaced = *slot;
    if (cx->waker.table == &rouse_i_task_borrowed) {
        slot->table =
            rouse_i_task_keep(cx->waker.data, slot); /* word by word: one wide copy would */
        slot->data = cx->waker.data;                 /* wait for words just written */
    } else {
        *slot = rouse_waker_clone(&cx->waker);
    }
    if (replaced.table)
        replaced.table->drop(replaced.data);
}

static struct rouse_waker noop_clone(void *data)
{
    (void)data;
    return rouse_waker_noop();
}

static void noop(void *data)
{
    (void)data;
}

struct rouse_waker rouse_waker_noop(void)
{
    static const struct rouse_waker_table table = {noop_clone, noop, noop, noop};
    return (struct rouse_waker){&table, NULL};
}

/* ---- Ready-made futures -------------------------------------------------------------------- */

static struct rouse_polled ready_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)cx;
    return ROUSE_READY(((struct rouse_ready *)(void *)f)->result);
}
const struct rouse_type rouse_ready_type = {"rouse_ready", __FILE__, sizeof(struct rouse_ready),
                                            ready_poll, NULL};
ROUSE_MAKER_FUNCTION_(rouse_ready, rouse_ready)(rouse_status result)
{
    return rouse_ready(result);
}

static struct rouse_polled pending_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)f, (void)cx;
    rouse_i_lint_for_ever(cx);
    return ROUSE_PENDING;
}
const struct rouse_type rouse_pending_type = {"rouse_pending", __FILE__,
                                              sizeof(struct rouse_pending), pending_poll, NULL};
ROUSE_MAKER_FUNCTION_(rouse_pending, rouse_pending)(void)
{
    return rouse_pending();
}

static struct rouse_polled yield_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_yield *self = (struct rouse_yield *)(void *)f;
    if (self->yielded)
        return ROUSE_READY(ROUSE_OK);
    self->yielded = true;
    rouse_i_wake_self(cx);
    return ROUSE_PENDING;
}
const struct rouse_type rouse_yield_type = {"rouse_yield", __FILE__, sizeof(struct rouse_yield),
                                            yield_poll, NULL};
ROUSE_MAKER_FUNCTION_(rouse_yield, rouse_yield)(void)
{
    return rouse_yield();
}

static struct rouse_polled poll_fn_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_poll_fn *self = (struct rouse_poll_fn *)(void *)f;
    return self->function(self->data, cx);
}
const struct rouse_type rouse_poll_fn_type = {"rouse_poll_fn", __FILE__,
                                              sizeof(struct rouse_poll_fn), poll_fn_poll, NULL};
ROUSE_MAKER_FUNCTION_(rouse_poll_fn, rouse_poll_fn)(rouse_poll_function function, void *data)
{
    return rouse_poll_fn(function, data);
}

static struct rouse_polled poll_once_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_poll_once *self = (struct rouse_poll_once *)(void *)f;
    self->out = rouse_poll(self->child, cx);
    return ROUSE_READY(ROUSE_OK);
}
const struct rouse_type rouse_poll_once_type = {
    "rouse_poll_once", __FILE__, sizeof(struct rouse_poll_once), poll_once_poll, NULL};
ROUSE_MAKER_FUNCTION_(rouse_poll_once, rouse_poll_once)(struct rouse_future *child)
{
    return rouse_poll_once(child);
}
