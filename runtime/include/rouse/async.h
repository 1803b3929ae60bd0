/* async.h: an async function is a struct and a body. The body is a switch on the source line where
   it stopped, so what must survive an await lives in the struct, and the saved state is a line.

       struct greet {
           struct rouse_future future;     always first
           const char *name;               an argument
           struct rouse_sleep nap;         a child, in place
       };
       ROUSE_ASYNC(greet)                  gives self, cx and greet_type
       {
           ROUSE_BEGIN;
           ROUSE_AWAIT(self->nap, rouse_sleep(10 * ROUSE_MS));
           ROUSE_FINALLY;                  runs once, after success, failure and cancel
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

/* ---- The body ------------------------------------------------------------------------------ */

/* At file scope, before the braces of the body. T is the name of the struct. */
#define ROUSE_ASYNC(T)      \
    ROUSE_GIVES_(T, RESULT) \
    ROUSE_BODY_(T, ROUSE_AS_IT_IS_, rouse_return_needs_ROUSE_ASYNC_)
/* The first and the last statement of the body. */
#define ROUSE_BEGIN ROUSE_BEGIN_
#define ROUSE_END ROUSE_END_

/* Optional. The rest of the body runs exactly once, even if the future never started. There
   `self->future.status` is ROUSE_OK, the failure, or ROUSE_ERR_CANCELLED when the future was
   dropped: then `cx` is empty, has no runtime and wakes nobody. */
#define ROUSE_FINALLY ROUSE_FINALLY_
/* In FINALLY: false when the future was dropped before its body ever ran. */
#define ROUSE_STARTED (self->future.at != ROUSE_AT_UNSTARTED)

/* ---- Await --------------------------------------------------------------------------------- */

/* ROUSE_AWAIT(slot, future): stores the future in the slot and waits until it is done.
   ROUSE_AWAIT(slot): waits for the future that is there. If it fails, this function fails too. */
#define ROUSE_AWAIT(...) ROUSE_1_OR_N_(ROUSE_AWAIT1_, ROUSE_AWAITN_, __VA_ARGS__)(__VA_ARGS__)
/* ROUSE_AWAIT_INIT(slot, init, ...): `init(&slot, ...)` makes the future in place. */
#define ROUSE_AWAIT_INIT(slot, ...)     \
    do {                                \
        ROUSE_INIT_(slot, __VA_ARGS__); \
        ROUSE_AWAIT_ON(&(slot).future); \
    } while (0)
/* Waits for a future by its pointer. */
#define ROUSE_AWAIT_ON(pointer)                                         \
    do {                                                                \
        rouse_status rouse_s_;                                          \
        ROUSE_PARK_(rouse_s_, pointer);                                 \
        if (rouse_s_ < 0)                                               \
            ROUSE_LEAVE_(rouse_i_propagate(cx, ROUSE_HERE_, rouse_s_)); \
    } while (0)

/* The same forms, with a variable for the status first: a failure is stored there and this function
   goes on. rouse_error(cx) has the chain of the failure. */
#define ROUSE_TRY_AWAIT(...) \
    ROUSE_2_OR_N_(ROUSE_TRY_AWAIT2_, ROUSE_TRY_AWAITN_, __VA_ARGS__)(__VA_ARGS__)
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

/* Drops the old future of the slot, then stores the new one there. Nothing runs yet. */
#define ROUSE_PUT(slot, ...) (rouse_i_slot_clear(&(slot).future), ROUSE_STORE_(slot, __VA_ARGS__))

/* ROUSE_EACH(slot, stream) statement: runs the statement once per item, until the stream is CLOSED.
   Other failures propagate; break and continue work. A future that is no stream is made anew for
   each item. */
#define ROUSE_EACH(slot, ...) ROUSE_EACH_(slot, __VA_ARGS__)

/* Lets every other ready task run once. */
#define ROUSE_YIELD                    \
    do {                               \
        self->future.at = ROUSE_LINE_; \
        rouse_i_wake_self(cx);         \
        return ROUSE_PENDING;          \
        ROUSE_RESUME_HERE_;            \
    } while (0)

/* ---- Leave --------------------------------------------------------------------------------- */

/* All of these go to FINALLY, if there is one. ROUSE_RETURN stores its value in `self->out`;
   the value may be a compound literal. */
#define ROUSE_RETURN(...)                                                                    \
    do {                                                                                     \
        (void)rouse_return_needs_ROUSE_ASYNC_;                                               \
        self->out = (__VA_ARGS__);                                                           \
        self->future.exit_code =                                                             \
            _Generic(&self->out, int *: (const void *)&self->out, default: (const void *)0); \
        ROUSE_LEAVE_(ROUSE_OK);                                                              \
    } while (0)
#define ROUSE_DONE ROUSE_LEAVE_(ROUSE_OK)
#define ROUSE_FAIL(s) ROUSE_LEAVE_(rouse_i_fail(cx, ROUSE_HERE_, (s)))
/* With a message for the chain of awaits, formatted as by printf: at most 15 values; no %n, %m or
   wide text. A double costs a module some 16 kB of stdio; other values cost none of it. */
#define ROUSE_FAIL_WITH(s, ...) ROUSE_FAIL_WITH_(s, __VA_ARGS__)

/* ---- Errors -------------------------------------------------------------------------------- */

enum { ROUSE_ERROR_FRAMES = 16, ROUSE_ERROR_TEXT = 160 };
struct rouse_error_frame {
    const char *function, *file;
    uint32_t line;
};
/* A failure on its way up: first where it began, then one frame for each await it passed. */
struct rouse_error {
    rouse_status status;
    uint32_t frame_count; /* may exceed ROUSE_ERROR_FRAMES: the other frames are lost */
    struct rouse_error_frame frames[ROUSE_ERROR_FRAMES];
    char message[ROUSE_ERROR_TEXT];      /* empty without ROUSE_FAIL_WITH */
    const struct rouse_future *carrier_; /* the future it came out of last */
};

/* The failure that the last ROUSE_TRY_AWAIT caught; NULL if there is none.
   Valid until this function suspends again, or until the next failure. */
const struct rouse_error *rouse_error(struct rouse_context *cx);

#ifdef __cplusplus
}
#endif

#include "private/async.h"
#endif
