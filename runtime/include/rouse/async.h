/* async.h: an async function is a struct and a body. The body is a switch on the source line it
   stopped at, so what must survive an await lives in the struct, and the saved state is a line.

       struct greet {
           struct rouse_future future;     always first
           const char *name;               an argument
           struct rouse_sleep nap;         a child, in place
       };
       ROUSE_ASYNC(greet)                  gives self, cx and greet_type
       {
           ROUSE_BEGIN;
           ROUSE_AWAIT(self->nap, rouse_sleep(10 * ROUSE_MS));
           ROUSE_FINALLY;                  success, failure and cancel all pass here, once
           printf("bye, %s\n", self->name);
           ROUSE_END;
       }
       ROUSE_LAZY struct greet greet(const char *name) { return ROUSE_FUTURE(greet, .name = name); }
*/
#ifndef ROUSE_ASYNC_H
#define ROUSE_ASYNC_H

#include "future.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- The frame of a body ------------------------------------------------------------------- */

#define ROUSE_ASYNC(T)      \
    ROUSE_GIVES_(T, RESULT) \
    ROUSE_BODY_(T, ROUSE_AS_IT_IS_, rouse_return_needs_ROUSE_ASYNC_)
#define ROUSE_BEGIN                                    \
    (void)cx;                                          \
    rouse_resume_:                                     \
    __attribute__((unused));                           \
    switch (ROUSE_LABEL_((uint64_t)self->future.at)) { \
    default:                                           \
        return rouse_i_async_exit(&self->future);      \
    case ROUSE_LABEL_(ROUSE_AT_POLLED): {              \
        enum { rouse_not_allowed_in_finally_ = 0 }

/* Optional. What follows runs exactly once however the future ends, even if it never started.
   `self->future.status` says how: ROUSE_OK, the failure, or ROUSE_ERR_CANCELLED when it was
   dropped. Then `cx` is empty: it has no runtime and wakes nobody. */
#define ROUSE_FINALLY                    \
    }                                    \
    self->future.at = ROUSE_AT_FINALLY;  \
    self->future.status = ROUSE_OK;      \
    __attribute__((fallthrough));        \
    case ROUSE_LABEL_(ROUSE_AT_FINALLY): \
    case ROUSE_LABEL_(ROUSE_AT_UNSTARTED): {

#define ROUSE_END \
    }             \
    }             \
    return rouse_i_async_end(&self->future)

/* In FINALLY: false when the future was dropped before its body ever ran. */
#define ROUSE_STARTED (self->future.at != ROUSE_AT_UNSTARTED)

/* ---- Leaving ------------------------------------------------------------------------------- */

#define ROUSE_RETURN(v)                                                                      \
    do {                                                                                     \
        (void)rouse_return_needs_ROUSE_ASYNC_;                                               \
        self->out = (v);                                                                     \
        self->future.exit_code =                                                             \
            _Generic(&self->out, int *: (const void *)&self->out, default: (const void *)0); \
        ROUSE_LEAVE_(ROUSE_OK);                                                              \
    } while (0)
#define ROUSE_DONE ROUSE_LEAVE_(ROUSE_OK)
#define ROUSE_FAIL(s) ROUSE_LEAVE_(rouse_i_fail(cx, ROUSE_HERE_, (s)))
/* With a message, kept on the chain of awaits: %s %c %d %u %x %ld %lu %zu %lld %llu %p %%. */
#define ROUSE_FAIL_WITH(s, ...) ROUSE_LEAVE_(rouse_i_fail_with(cx, ROUSE_HERE_, (s), __VA_ARGS__))

/* ---- Awaiting ------------------------------------------------------------------------------ */

/* Drops what the slot still holds, then stores a future there. Nothing runs. */
#define ROUSE_PUT(slot, ...) (rouse_i_slot_clear(&(slot).future), ROUSE_STORE_(slot, __VA_ARGS__))

/* A failure of the child propagates: it ends this function too, after FINALLY. */
#define ROUSE_AWAIT(...) ROUSE_1_OR_N_(ROUSE_AWAIT1_, ROUSE_AWAITN_, __VA_ARGS__)(__VA_ARGS__)
#define ROUSE_AWAIT1_(slot) ROUSE_AWAIT_ON(&(slot).future)
#define ROUSE_AWAITN_(slot, ...)        \
    do {                                \
        ROUSE_PUT(slot, __VA_ARGS__);   \
        ROUSE_AWAIT_ON(&(slot).future); \
    } while (0)
#define ROUSE_AWAIT_INIT(slot, ...)     \
    do {                                \
        ROUSE_INIT_(slot, __VA_ARGS__); \
        ROUSE_AWAIT_ON(&(slot).future); \
    } while (0)
#define ROUSE_AWAIT_ON(pointer)                                         \
    do {                                                                \
        rouse_status rouse_s_;                                          \
        ROUSE_PARK_(rouse_s_, pointer);                                 \
        if (rouse_s_ < 0)                                               \
            ROUSE_LEAVE_(rouse_i_propagate(cx, ROUSE_HERE_, rouse_s_)); \
    } while (0)

/* The same forms, but the failure lands in `status`; rouse_error(cx) has its chain. */
#define ROUSE_TRY_AWAIT(...) \
    ROUSE_2_OR_N_(ROUSE_TRY_AWAIT2_, ROUSE_TRY_AWAITN_, __VA_ARGS__)(__VA_ARGS__)
#define ROUSE_TRY_AWAIT2_(st, slot) ROUSE_TRY_AWAIT_ON(st, &(slot).future)
#define ROUSE_TRY_AWAITN_(st, slot, ...)        \
    do {                                        \
        ROUSE_PUT(slot, __VA_ARGS__);           \
        ROUSE_TRY_AWAIT_ON(st, &(slot).future); \
    } while (0)
#define ROUSE_TRY_AWAIT_INIT(st, slot, ...)     \
    do {                                        \
        ROUSE_INIT_(slot, __VA_ARGS__);         \
        ROUSE_TRY_AWAIT_ON(st, &(slot).future); \
    } while (0)
#define ROUSE_TRY_AWAIT_ON(st, pointer)            \
    do {                                           \
        ROUSE_PARK_(st, pointer);                  \
        if ((st) < 0)                              \
            rouse_i_caught(cx, ROUSE_HERE_, (st)); \
    } while (0)

/* A loop head: the statement that follows runs once per item until the source says CLOSED, other
   failures propagate; break and continue work. A stream in the slot is polled on, anything else is
   made anew for each item. */
#define ROUSE_EACH(slot, ...)                                               \
    for (rouse_i_slot_clear(&(slot).future);;)                              \
        if (1) {                                                            \
            rouse_status rouse_s_;                                          \
            if ((slot).future.status != ROUSE_ITEM_)                        \
                ROUSE_PUT(slot, __VA_ARGS__);                               \
            ROUSE_PARK_(rouse_s_, &(slot).future);                          \
            {                                                               \
                if (rouse_s_ == ROUSE_ERR_CLOSED) {                         \
                    self->future.awaiting = NULL;                           \
                    break;                                                  \
                }                                                           \
            }                                                               \
            if (rouse_s_ < 0)                                               \
                ROUSE_LEAVE_(rouse_i_propagate(cx, ROUSE_HERE_, rouse_s_)); \
            goto ROUSE_JOIN_(rouse_each_, __LINE__);                        \
        } else                                                              \
            ROUSE_JOIN_(rouse_each_, __LINE__) :

/* Lets every other ready task run once. */
#define ROUSE_YIELD                                                 \
    do {                                                            \
        self->future.at = __LINE__ + rouse_not_allowed_in_finally_; \
        rouse_i_wake_self(cx);                                      \
        return ROUSE_PENDING;                                       \
    case ROUSE_LABEL_(__LINE__):;                                   \
    } while (0)

/* ---- Errors -------------------------------------------------------------------------------- */

enum { ROUSE_ERROR_FRAMES = 16, ROUSE_ERROR_TEXT = 160 };
struct rouse_error_frame {
    const char *function, *file;
    uint32_t line;
};
/* A failure on its way up: where it began first, then one frame per await it propagated through. */
struct rouse_error {
    rouse_status status;
    uint32_t frame_count; /* may exceed ROUSE_ERROR_FRAMES: the frames beyond it were not kept */
    struct rouse_error_frame frames[ROUSE_ERROR_FRAMES];
    char message[ROUSE_ERROR_TEXT];      /* empty without ROUSE_FAIL_WITH */
    const struct rouse_future *carrier_; /* the future it came out of last */
};

/* The failure the last ROUSE_TRY_AWAIT caught; NULL if none. Readable until the next suspension or
   the next failure. */
const struct rouse_error *rouse_error(struct rouse_context *cx);

/* ---- private ------------------------------------------------------------------------------- */

/* The functions around a body: `end` turns what the body returns into what a poll does. `kind` is
   there to be named: a statement that belongs into the other kind of body does not compile. */
#define ROUSE_BODY_(T, end, kind)                                                                \
    _Static_assert(offsetof(struct T, future) == 0, "`future` must be the first member of " #T); \
    static struct rouse_polled T##_body_(struct T *self, struct rouse_context *cx, int kind);    \
    static struct rouse_polled T##_poll_(struct rouse_future *f, struct rouse_context *cx)       \
    {                                                                                            \
        return end(T##_body_((struct T *)(void *)f, cx, 0));                                     \
    }                                                                                            \
    static const struct rouse_type T##_type = {#T, __FILE__, sizeof(struct T), T##_poll_,        \
                                               rouse_i_async_drop};                              \
    static struct rouse_polled T##_body_(struct T *self, struct rouse_context *cx,               \
                                         __attribute__((unused)) int kind)
#define ROUSE_AS_IT_IS_(polled) (polled)
/* For ROUSE_EXPORT, which cannot see which macro made the body. A future whose poll is written by
   hand has no such line: there ROUSE_EXPORT's own, without a value, is the definition. */
#ifdef ROUSE_JS
enum { ROUSE_GIVES_EITHER_, ROUSE_GIVES_RESULT_, ROUSE_GIVES_ITEMS_ };
#define ROUSE_GIVES_(T, what) \
    __attribute__((unused)) static const uint8_t T##_gives_ = ROUSE_GIVES_##what##_;
#else
#define ROUSE_GIVES_(T, what)
#endif
/* 64 bits wide, so that an await inside a nested `switch` is a warning that is on by default. */
#define ROUSE_LABEL_(line) (((uint64_t)1 << 32) | (line))
#define ROUSE_HERE_ &self->future, __LINE__ + rouse_not_allowed_in_finally_
#define ROUSE_LEAVE_(s)                                                     \
    do {                                                                    \
        self->future.status = (s);                                          \
        self->future.at = ROUSE_AT_FINALLY + rouse_not_allowed_in_finally_; \
        goto rouse_resume_;                                                 \
    } while (0)
/* The needless suspension of hostile builds and the budget's yield stand between the line and its
   label: a resume enters behind them, and the child has not been polled, so a cancel loses nothing.
 */
#define ROUSE_PARK_(st, pointer)                                \
    self->future.at = __LINE__ + rouse_not_allowed_in_finally_; \
    rouse_i_await_begin(&self->future, (pointer));              \
    if (!ROUSE_MAY_AWAIT_(cx))                                  \
        return ROUSE_PENDING;                                   \
    __attribute__((fallthrough));                               \
    case ROUSE_LABEL_(__LINE__):                                \
        (st) = rouse_i_await(&self->future, cx);                \
        if ((st) == ROUSE_PENDING_)                             \
            return ROUSE_PENDING;
#define ROUSE_2_OR_N_(two, many, ...)                                                          \
    ROUSE_PICK_(__VA_ARGS__, many, many, many, many, many, many, many, many, many, many, many, \
                many, many, many, two, ~, ~)
#define ROUSE_INIT_(slot, ...)           \
    (rouse_i_slot_clear(&(slot).future), \
     ROUSE_1_OR_N_(ROUSE_INIT1_, ROUSE_INITN_, __VA_ARGS__)(slot, __VA_ARGS__))
#define ROUSE_INIT1_(slot, init) init(&(slot))
#define ROUSE_INITN_(slot, init, ...) init(&(slot), __VA_ARGS__)

#if ROUSE_HOSTILE
/* Every await suspends once needlessly, every made future moves once before its first poll. */
#define ROUSE_MAY_AWAIT_(cx) (rouse_i_wake_self(cx), false)
#define ROUSE_STORE_(slot, ...) \
    rouse_i_hostile_move(&(slot), &(__typeof__(slot)[1]){__VA_ARGS__}[0], sizeof(slot))
void rouse_i_hostile_move(void *slot, void *made, size_t size);
#else
#define ROUSE_MAY_AWAIT_(cx) rouse_spend(cx)
#define ROUSE_STORE_(slot, ...) ((void)((slot) = (__VA_ARGS__)))
#endif

void rouse_i_await_refuse(struct rouse_future *self, struct rouse_future *child);
rouse_status rouse_i_fail(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                          rouse_status status);
__attribute__((format(printf, 5, 6))) rouse_status rouse_i_fail_with(struct rouse_context *cx,
                                                                     struct rouse_future *self,
                                                                     uint32_t line,
                                                                     rouse_status status,
                                                                     const char *format, ...);
rouse_status rouse_i_propagate(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                               rouse_status status);
/* A combinator that returns the status of `from` keeps its chain. */
void rouse_i_carry(struct rouse_context *cx, const struct rouse_future *from,
                   const struct rouse_future *to);
void rouse_i_caught(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                    rouse_status status);

static inline void rouse_i_slot_clear(struct rouse_future *f)
{
    if (f->type && f->at != ROUSE_AT_DONE)
        rouse_drop(f);
}

/* The next item is wanted. `item` and `awaiting` share their place. */
static inline void rouse_i_item_taken(struct rouse_future *stream)
{
    stream->status = ROUSE_PENDING_;
    stream->awaiting = NULL;
}

static inline void rouse_i_await_begin(struct rouse_future *self, struct rouse_future *child)
{
    if (!child || !child->type || child->at == ROUSE_AT_DONE)
        rouse_i_await_refuse(self, child);
    if (child->status == ROUSE_ITEM_)
        rouse_i_item_taken(child);
    self->awaiting = child;
    child->parent = self;
}

/* A resume whose child is done, or has an item, does not poll it again: the executor polled it on
   the way up. After a failure `awaiting` stays, for the chain to know where it came from. */
static inline rouse_status rouse_i_await(struct rouse_future *self, struct rouse_context *cx)
{
    struct rouse_future *child = self->awaiting;
    rouse_status status = child->status;
    if (child->at != ROUSE_AT_DONE && status != ROUSE_ITEM_)
        status = rouse_i_resume(child, cx).status;
    if (status == ROUSE_OK || status == ROUSE_ITEM_)
        self->awaiting = NULL;
    return status;
}

/* The switch fell to `default`: either there is no FINALLY block, or `at` is no line of the body.
 */
static inline struct rouse_polled rouse_i_async_exit(struct rouse_future *f)
{
    if (f->at < ROUSE_AT_UNSTARTED)
        rouse_i_bug(f,
                    "resumed at a line that is no await of it (an await inside a nested switch?)");
    return rouse_polled(f->status);
}

/* The end of the body: a body without FINALLY falls in here with its last line in `at`. */
static inline struct rouse_polled rouse_i_async_end(struct rouse_future *f)
{
    return rouse_polled(f->at < ROUSE_AT_UNSTARTED ? ROUSE_OK : f->status);
}

#ifdef __cplusplus
}
#endif
#endif
