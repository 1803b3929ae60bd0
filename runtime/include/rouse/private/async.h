/* async.h: what the macros of rouse/async.h expand to. */
#ifndef ROUSE_PRIVATE_ASYNC_H
#define ROUSE_PRIVATE_ASYNC_H

#include "../async.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Warnings ------------------------------------------------------------------------------ */

/* A local that is lost across an await must be a warning in every build. The CMake target gives its
   users these as flags, which -Werror makes errors. Define ROUSE_WARNINGS_BY_FLAGS to choose for
   yourself. */
#ifndef ROUSE_WARNINGS_BY_FLAGS
#if defined __clang__
#pragma clang diagnostic warning "-Wconditional-uninitialized"
#pragma clang diagnostic warning "-Wsometimes-uninitialized"
#if __clang_major__ >= 21
#pragma clang diagnostic warning "-Wjump-misses-init"
#endif
#elif defined __GNUC__ && !defined __cplusplus
#pragma GCC diagnostic warning "-Wjump-misses-init"
#pragma GCC diagnostic warning "-Wmaybe-uninitialized"
#endif
#endif

/* ---- The body ------------------------------------------------------------------------------ */

/* The functions around a body. `end` turns what the body returns into what the poll returns. The
   parameter `kind` exists for its name only: a statement that belongs into another kind of body
   uses a name that is not there, and does not compile. */
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
/* Tells ROUSE_EXPORT which macro made the body. A future whose poll is written by hand has no such
   line: there ROUSE_EXPORT declares the constant itself, and it is zero. */
#ifdef ROUSE_JS
enum { ROUSE_GIVES_EITHER_, ROUSE_GIVES_RESULT_, ROUSE_GIVES_ITEMS_ };
#define ROUSE_GIVES_(T, what) \
    __attribute__((unused)) static const uint8_t T##_gives_ = ROUSE_GIVES_##what##_;
#else
#define ROUSE_GIVES_(T, what)
#endif

/* A label is 64 bits wide, so that an await inside a nested `switch` is a warning by default. */
#define ROUSE_LABEL_(line) (((uint64_t)1 << 32) | (line))
#define ROUSE_HERE_ &self->future, ROUSE_LINE_
#define ROUSE_LINE_ (__LINE__ + ROUSE_IN_BODY_)
/* 0. Where one of these names is not known, the error names the mistake. */
#define ROUSE_IN_BODY_ (rouse_body_needs_ROUSE_BEGIN_ + rouse_not_allowed_in_finally_)

/* A body is one switch. `at` is the line where it stopped; leaving sets `at` to FINALLY and goes
   back to the switch.

       rouse_resume_:
       switch (label of at) {
       default:                     no FINALLY, or `at` is no await of this body
           return rouse_i_async_exit(...);
       case POLLED: {               the first poll
           ...                      the body, with a case for each await
       }
       case FINALLY:                from the body, from ROUSE_LEAVE_ and from a drop
       case UNSTARTED: {            from a drop before the first poll
           ...
       }
       }
       return rouse_i_async_end(...);

   rouse_not_allowed_in_finally_ is 0, and a name of the first block only: an await in FINALLY does
   not compile. ROUSE_BEGIN names a label of ROUSE_END, and ROUSE_END a constant of ROUSE_BEGIN. */
#define ROUSE_BEGIN_                                   \
    enum { rouse_body_needs_ROUSE_BEGIN_ = 0 };        \
    (void)cx;                                          \
    if (0)                                             \
        goto rouse_body_needs_ROUSE_END_;              \
    rouse_resume_:                                     \
    __attribute__((unused));                           \
    switch (ROUSE_LABEL_((uint64_t)self->future.at)) { \
    default:                                           \
        return rouse_i_async_exit(&self->future);      \
    case ROUSE_LABEL_(ROUSE_AT_POLLED): {              \
        enum { rouse_not_allowed_in_finally_ = 0 }
#define ROUSE_FINALLY_                   \
    }                                    \
    self->future.at = ROUSE_AT_FINALLY;  \
    self->future.status = ROUSE_OK;      \
    __attribute__((fallthrough));        \
    case ROUSE_LABEL_(ROUSE_AT_FINALLY): \
    case ROUSE_LABEL_(ROUSE_AT_UNSTARTED): {
#define ROUSE_END_                       \
    (void)rouse_body_needs_ROUSE_BEGIN_; \
    }                                    \
    }                                    \
    rouse_body_needs_ROUSE_END_:         \
    return rouse_i_async_end(&self->future)
#define ROUSE_LEAVE_(s)                                      \
    do {                                                     \
        self->future.status = (s);                           \
        self->future.at = ROUSE_AT_FINALLY + ROUSE_IN_BODY_; \
        goto rouse_resume_;                                  \
    } while (0)

/* The place where a body goes on. The name of the first label is the error for a second await on
   the line. gcc says nothing about what comes out of a system header's macro, and the warning about
   a lost local points at the `case`. */
#define ROUSE_RESUME_HERE_                                                      \
    ROUSE_JOIN_(rouse_one_await_per_line_, __LINE__) : __attribute__((unused)); \
    __attribute__((fallthrough));                                               \
    ROUSE_LOUD_ case ROUSE_LABEL_(__LINE__):                                    \
    ROUSE_QUIET_
#if defined __GNUC__ && !defined __clang__
#define ROUSE_LOUD_ _Pragma("GCC diagnostic warning \"-Wsystem-headers\"")
#define ROUSE_QUIET_ _Pragma("GCC diagnostic ignored \"-Wsystem-headers\"")
#else
#define ROUSE_LOUD_
#define ROUSE_QUIET_
#endif

/* ---- Awaits -------------------------------------------------------------------------------- */

/* Waits for a child. On line 42:

       self->future.at = 42;
       check the child and note it in `awaiting`;
       if (the budget is used up)            or always, in hostile builds
           return ROUSE_PENDING;  ------.
       fall through                     |    the next poll of this body:
       case 42:  <----------------------+--  switch (at)
           st = poll of the child;      |
           if (st is pending)           |
               return ROUSE_PENDING;  --'
       ...                                   the child is done, or has an item

   The first return stands before `case 42`. The child was not polled yet, so a cancel there loses
   nothing. */
#define ROUSE_PARK_(st, pointer)                   \
    self->future.at = ROUSE_LINE_;                 \
    rouse_i_await_begin(&self->future, (pointer)); \
    if (!ROUSE_MAY_AWAIT_(cx))                     \
        return ROUSE_PENDING;                      \
    ROUSE_RESUME_HERE_;                            \
    (st) = rouse_i_await(&self->future, cx);       \
    if ((st) == ROUSE_PENDING_)                    \
        return ROUSE_PENDING;

/* A loop whose body is the statement that follows the macro. On line 42:

       drop what the slot holds;
       for (;;)
           if (1) {
               if (the slot holds no stream with an item)
                   make the future and store it;       the first round, or it is no stream
               ROUSE_PARK_(st, slot);                  `case 42` is in here
               { if (st is CLOSED) break; }            out of the for
               if (st < 0) leave with the failure;
               goto rouse_each_42;
           } else
       rouse_each_42:
               statement                               `break` ends the for, `continue` goes on

   The statement is under `else`, so it belongs to the for; no way leads there but the goto. */
#define ROUSE_EACH_(slot, ...)                                              \
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

#define ROUSE_AWAIT1_(slot) ROUSE_AWAIT_ON(&(slot).future)
#define ROUSE_AWAITN_(slot, ...)        \
    do {                                \
        ROUSE_PUT(slot, __VA_ARGS__);   \
        ROUSE_AWAIT_ON(&(slot).future); \
    } while (0)
#define ROUSE_TRY_AWAIT2_(st, slot) ROUSE_TRY_AWAIT_ON(st, &(slot).future)
#define ROUSE_TRY_AWAITN_(st, slot, ...)        \
    do {                                        \
        ROUSE_PUT(slot, __VA_ARGS__);           \
        ROUSE_TRY_AWAIT_ON(st, &(slot).future); \
    } while (0)
#define ROUSE_INIT_(slot, ...)           \
    (rouse_i_slot_clear(&(slot).future), \
     ROUSE_1_OR_N_(ROUSE_INIT1_, ROUSE_INITN_, __VA_ARGS__)(slot, __VA_ARGS__))
#define ROUSE_INIT1_(slot, init) init(&(slot))
#define ROUSE_INITN_(slot, init, ...) init(&(slot), __VA_ARGS__)

#if ROUSE_HOSTILE
/* Every await suspends once without need; every made future moves once before its first poll. */
#define ROUSE_MAY_AWAIT_(cx) (rouse_i_wake_self(cx), false)
#define ROUSE_STORE_(slot, ...) \
    rouse_i_hostile_move(&(slot), &(__typeof__(slot)[1]){__VA_ARGS__}[0], sizeof(slot))
void rouse_i_hostile_move(void *slot, void *made, size_t size);
#else
#define ROUSE_MAY_AWAIT_(cx) rouse_spend(cx)
#define ROUSE_STORE_(slot, ...) ((void)((slot) = (__VA_ARGS__)))
#endif

/* ---- What they call ------------------------------------------------------------------------ */

void rouse_i_await_refuse(struct rouse_future *self, struct rouse_future *child);
rouse_status rouse_i_fail(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                          rouse_status status);

/* Adds a double to a message. Only a message that has one names it, because it brings stdio. */
struct rouse_i_text;
struct rouse_i_directive;
struct rouse_i_arguments;
typedef void rouse_i_double(struct rouse_i_text *text, const struct rouse_i_directive *directive,
                            struct rouse_i_arguments *args);
rouse_i_double rouse_i_text_double;
__attribute__((format(printf, 6, 7))) rouse_status
rouse_i_fail_with(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                  rouse_status status, rouse_i_double *add_double, const char *format, ...);
#define ROUSE_FAIL_WITH_(s, ...)                                                               \
    do {                                                                                       \
        _Static_assert(ROUSE_AT_MOST_16_(__VA_ARGS__), "a message takes at most 15 values");   \
        enum { rouse_no_wide_ = !ROUSE_ANY_(ROUSE_IS_WIDE_, __VA_ARGS__) };                    \
        _Static_assert(rouse_no_wide_, "a message takes no %n and no wide text");              \
        ROUSE_LEAVE_(                                                                          \
            rouse_i_fail_with(cx, ROUSE_HERE_, (s),                                            \
                              __builtin_choose_expr(ROUSE_ANY_(ROUSE_IS_DOUBLE_, __VA_ARGS__), \
                                                    rouse_i_text_double, (rouse_i_double *)0), \
                              __VA_ARGS__));                                                   \
    } while (0)
/* 1 if one of at most 16 arguments is a floating point number, or a pointer that only %n and wide
   text take. */
#define ROUSE_IS_DOUBLE_(x) _Generic((x), float: 1, double: 1, long double: 1, default: 0)
#define ROUSE_IS_WIDE_(x) \
    _Generic((x), int *: 1, const int *: 1, long *: 1, long long *: 1, short *: 1, default: 0)
#define ROUSE_AT_MOST_16_(...) \
    ROUSE_PICK_(__VA_ARGS__, ROUSE_16_(0), 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ~)
#define ROUSE_ANY_(is, ...) \
    ROUSE_ANY16_(is, __VA_ARGS__, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
#define ROUSE_ANY16_(is, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ...)                  \
    (is(a) || is(b) || is(c) || is(d) || is(e) || is(f) || is(g) || is(h) || is(i) || is(j) || \
     is(k) || is(l) || is(m) || is(n) || is(o) || is(p))

rouse_status rouse_i_propagate(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                               rouse_status status);
/* Keeps the chain of `from` when a combinator returns its status. */
void rouse_i_carry(struct rouse_context *cx, const struct rouse_future *from,
                   const struct rouse_future *to);
void rouse_i_caught(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                    rouse_status status);

static inline void rouse_i_slot_clear(struct rouse_future *f)
{
    if (f->type && f->at != ROUSE_AT_DONE)
        rouse_drop(f);
}

/* Asks for the next item. `item` and `awaiting` share their memory, so `item` is cleared. */
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

/* Does not poll a child that is done or has an item: the executor polled it on the way up. After a
   failure `awaiting` stays, so that the chain knows where it came from. */
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

/* The switch went to `default`: there is no FINALLY block, or `at` is no line of this body. */
static inline struct rouse_polled rouse_i_async_exit(struct rouse_future *f)
{
    if (f->at < ROUSE_AT_UNSTARTED)
        rouse_i_bug(f,
                    "resumed at a line that is no await of it (an await inside a nested switch?)");
    return rouse_polled(f->status);
}

/* The end of the body. A body without FINALLY gets here with its last line in `at`. */
static inline struct rouse_polled rouse_i_async_end(struct rouse_future *f)
{
    return rouse_polled(f->at < ROUSE_AT_UNSTARTED ? ROUSE_OK : f->status);
}

#ifdef __cplusplus
}
#endif
#endif
