/* source.h: what a stream is, how to write one, and the ready-made ones that streams begin with.

   A stream is a future that gives items before it ends. Its poll returns
     ROUSE_PENDING                    no item yet; the waker is stored
     rouse_item(f, &self->out)        the next item: `future.item` points at it until the next poll
     ROUSE_READY(ROUSE_ERR_CLOSED)    the end; any other failure: it went wrong there
   Nothing else is needed: every future whose poll does this is a stream, and whoever polls finds
   the item without knowing the struct. Dropping a stream cancels it, as it does any future.

   An item was taken when the stream is polled again. So whoever is cancelled while waiting for an
   item has taken none, and whoever was given one can still read it.

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

/* A body as of ROUSE_ASYNC that may emit, and ends without a value: no ROUSE_RETURN. It awaits what
   it likes; FINALLY runs once, also when the stream is dropped half way. */
#define ROUSE_STREAM(T)    \
    ROUSE_GIVES_(T, ITEMS) \
    ROUSE_BODY_(T, rouse_i_stream_end, rouse_emit_needs_ROUSE_STREAM_)

/* Sets `self->out` and gives it as the next item. Goes on when the one after it is wanted. */
#define ROUSE_EMIT(...)                                             \
    do {                                                            \
        (void)rouse_emit_needs_ROUSE_STREAM_;                       \
        self->out = (__VA_ARGS__);                                  \
        self->future.at = __LINE__ + rouse_not_allowed_in_finally_; \
        return rouse_item(&self->future, &self->out);               \
    case ROUSE_LABEL_(__LINE__):;                                   \
    } while (0)

/* ---- Reading an item ----------------------------------------------------------------------- */

/* The item that the stream in `slot` gave last, as a T. Traps when there is none. */
#define ROUSE_ITEM_OF(T, slot) (*(const T *)rouse_i_item_of(&(slot).future))

/* Pointer, size of an element, how many: of an array in the frame. */
#define ROUSE_ARRAY(array) (array), sizeof *(array), sizeof(array) / sizeof *(array)

/* ---- What callers write -------------------------------------------------------------------- */

typedef bool (*rouse_predicate)(void *data, const void *item);
typedef void (*rouse_visit)(void *data, const void *item);
/* Makes `out` of an item. Where a future is asked for, `out` is the slot it is stored in. */
typedef void (*rouse_transform)(void *data, const void *item, void *out);
/* The same, unless it returns false. */
typedef bool (*rouse_try_transform)(void *data, const void *item, void *out);
typedef bool (*rouse_produce)(void *data, void *out); /* the next item; false: there is none */
typedef void (*rouse_refill)(void *data, void *slot); /* the next future */

/* ---- One item ------------------------------------------------------------------------------ */

/* Done with the next item, CLOSED at the end. Borrows: dropped before it is done it took nothing.
 */
struct rouse_next {
    struct rouse_future future;
    const void *out; /* until the stream is polled again */
    /* private */
    struct rouse_future *stream;
};
ROUSE_LAZY struct rouse_next rouse_next(struct rouse_future *stream);

/* Skips n items and is done with the one after them. Borrows, but what it skipped is gone. */
struct rouse_nth {
    struct rouse_future future;
    const void *out;
    /* private */
    struct rouse_future *stream;
    size_t left;
};
ROUSE_LAZY struct rouse_nth rouse_nth(struct rouse_future *stream, size_t n);

/* The same stream, borrowed: what is made of it leaves the stream itself alone. */
struct rouse_by_ref {
    struct rouse_future future;
    /* private */
    struct rouse_future *stream;
};
ROUSE_LAZY struct rouse_by_ref rouse_by_ref(struct rouse_future *stream);

/* A stream whose next item can be looked at. */
struct rouse_peekable {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    bool held;
};
ROUSE_LAZY struct rouse_peekable rouse_peekable(struct rouse_future *source);
/* The next item, which stays the next. Borrows; CLOSED at the end. */
struct rouse_peek {
    struct rouse_future future;
    const void *out; /* NULL from rouse_next_if: the next item is none of those */
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

/* The items are not copied. rouse_from_array(ROUSE_ARRAY(self->names)) */
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

/* The same item for ever. */
struct rouse_repeat {
    struct rouse_future future;
    /* private */
    const void *repeated;
};
ROUSE_LAZY struct rouse_repeat rouse_repeat(const void *item);

/* from, from + 1, ... up to but without `to`. */
struct rouse_range {
    struct rouse_future future;
    int64_t out;
    /* private */
    int64_t from, to;
};
ROUSE_LAZY struct rouse_range rouse_range(int64_t from, int64_t to);

/* What `function` stores in `out`, until it returns false. */
struct rouse_unfold {
    struct rouse_future future;
    /* private */
    rouse_produce function;
    void *data, *out;
};
ROUSE_LAZY struct rouse_unfold rouse_unfold(rouse_produce function, void *data, void *out);

/* One future after the other: `make` puts each in `slot`; when it is done, `item` is the item.
   NULL: the done future itself is. Its failure ends the stream, so CLOSED is the end. This turns
   channels and readers into streams. */
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
