/* source.h: what a stream is, how to write one, and the ready-made ones that streams begin with.

   A stream is a future that returns items before it ends. Its poll returns
     ROUSE_PENDING                    no item yet; the waker is stored
     rouse_item(f, &self->out)        the next item; `future.item` points to it until the next poll
     ROUSE_READY(ROUSE_ERR_CLOSED)    the end; any other failure ends the stream, too
   Every future whose poll does this is a stream. Its reader needs no type: the item is in the
   header. Dropping a stream cancels it, as any future.

   Polling a stream again takes the item. So a reader that is cancelled while it waits has taken
   none, and a reader that got an item can still read it.

       struct count {
           struct rouse_future future;     always first
           int to, i;
           int out;                        the item
       };
       ROUSE_STREAM(count)
       {
           ROUSE_BEGIN;
           for (self->i = 0; self->i < self->to; self->i++)
               ROUSE_EMIT(self->i);        suspends until the next item is wanted
           ROUSE_END;                      the end of the stream
       }
*/
#ifndef ROUSE_SOURCE_H
#define ROUSE_SOURCE_H

#include "combine.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Writing a stream ---------------------------------------------------------------------- */

/* Like ROUSE_ASYNC, but the body may emit and has no ROUSE_RETURN. FINALLY runs once, also when the
   stream is dropped before its end. */
#define ROUSE_STREAM(T)    \
    ROUSE_GIVES_(T, ITEMS) \
    ROUSE_BODY_(T, rouse_i_stream_end, rouse_emit_needs_ROUSE_STREAM_)

/* Stores the item in `self->out` and suspends until the next one is wanted. */
#define ROUSE_EMIT(...)                               \
    do {                                              \
        (void)rouse_emit_needs_ROUSE_STREAM_;         \
        self->out = (__VA_ARGS__);                    \
        self->future.at = ROUSE_LINE_;                \
        return rouse_item(&self->future, &self->out); \
        ROUSE_RESUME_HERE_;                           \
    } while (0)

/* ---- Reading an item ----------------------------------------------------------------------- */

/* The last item of the stream in `slot`, as a T. Traps when there is none. */
#define ROUSE_ITEM_OF(T, slot) (*(const T *)rouse_i_item_of(&(slot).future))

/* Three arguments for an array in the frame: its address, the size of an element, their number. */
#define ROUSE_ARRAY(array) (array), sizeof *(array), sizeof(array) / sizeof *(array)

/* ---- Functions that you write -------------------------------------------------------------- */

typedef bool (*rouse_predicate)(void *data, const void *item);
typedef void (*rouse_visit)(void *data, const void *item);
/* Makes `out` of an item. If it must make a future, `out` is the slot for it. */
typedef void (*rouse_transform)(void *data, const void *item, void *out);
/* The same, or false: then there is no `out`. */
typedef bool (*rouse_try_transform)(void *data, const void *item, void *out);
typedef bool (*rouse_produce)(void *data, void *out); /* makes the next item; false: the end */
typedef void (*rouse_refill)(void *data, void *slot); /* makes the next future */

/* ---- One item ------------------------------------------------------------------------------ */

/* Waits for the next item. CLOSED at the end. Borrows the stream; dropped before it is done, it has
   taken nothing. */
struct rouse_next {
    struct rouse_future future;
    const void *out; /* valid until the stream is polled again */
    /* private */
    struct rouse_future *stream;
};
ROUSE_LAZY struct rouse_next rouse_next(struct rouse_future *stream);

/* Skips n items and waits for the one after them. Borrows the stream; skipped items are gone. */
struct rouse_nth {
    struct rouse_future future;
    const void *out;
    /* private */
    struct rouse_future *stream;
    size_t left;
};
ROUSE_LAZY struct rouse_nth rouse_nth(struct rouse_future *stream, size_t n);

/* The same stream, borrowed: dropping this does not drop the stream. */
struct rouse_by_ref {
    struct rouse_future future;
    /* private */
    struct rouse_future *stream;
};
ROUSE_LAZY struct rouse_by_ref rouse_by_ref(struct rouse_future *stream);

/* A stream that lets you look at the next item. */
struct rouse_peekable {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    bool held;
};
ROUSE_LAZY struct rouse_peekable rouse_peekable(struct rouse_future *source);
/* Waits for the next item and leaves it there. CLOSED at the end. Borrows the stream. */
struct rouse_peek {
    struct rouse_future future;
    const void *out; /* NULL from rouse_next_if: `function` returned false */
    /* private */
    struct rouse_peekable *stream;
    rouse_predicate function;
    void *data;
};
ROUSE_LAZY struct rouse_peek rouse_peek(struct rouse_peekable *stream);
/* Takes the next item only if `function` returns true. */
ROUSE_LAZY struct rouse_peek rouse_next_if(struct rouse_peekable *stream, rouse_predicate function,
                                           void *data);

/* ---- Sources ------------------------------------------------------------------------------- */

/* rouse_from_array(ROUSE_ARRAY(self->names)); the items are not copied. */
struct rouse_from_array {
    struct rouse_future future;
    /* private */
    const char *next;
    size_t item_size, left;
};
ROUSE_LAZY struct rouse_from_array rouse_from_array(const void *items, size_t item_size,
                                                    size_t count);
ROUSE_LAZY struct rouse_from_array rouse_stream_once(const void *item);
ROUSE_LAZY struct rouse_from_array rouse_stream_empty(void);

/* The same item again and again. */
struct rouse_repeat {
    struct rouse_future future;
    /* private */
    const void *repeated;
};
ROUSE_LAZY struct rouse_repeat rouse_repeat(const void *item);

/* from, from + 1, ... to - 1. */
struct rouse_range {
    struct rouse_future future;
    int64_t out;
    /* private */
    int64_t from, to;
};
ROUSE_LAZY struct rouse_range rouse_range(int64_t from, int64_t to);

/* Calls `function` for each item, which it stores in `out`, until it returns false. */
struct rouse_unfold {
    struct rouse_future future;
    /* private */
    rouse_produce function;
    void *data, *out;
};
ROUSE_LAZY struct rouse_unfold rouse_unfold(rouse_produce function, void *data, void *out);

/* Turns channels and readers into streams: `make` puts a future into `slot` and, once that is done,
   `item` is the item (NULL: the future itself). A failure ends the stream; CLOSED is the end. */
struct rouse_stream_of {
    struct rouse_future future;
    /* private */
    struct rouse_future *slot;
    rouse_refill make;
    void *data;
    const void *filled;
};
ROUSE_LAZY struct rouse_stream_of rouse_stream_of(rouse_refill make, void *data, void *slot,
                                                  const void *item);

#ifdef __cplusplus
}
#endif

#include "private/source.h"
#endif
