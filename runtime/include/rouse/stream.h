/* stream.h: what can be made of streams, and what takes their items. See source.h first.

   A source stream is a member of the caller's frame, and is passed by pointer, as children are to a
   combinator:
       ROUSE_PUT(self->numbers, rouse_range(0, 10));
       ROUSE_PUT(self->evens, rouse_filter(&self->numbers.future, is_even, NULL));
       ROUSE_EACH(self->squares, rouse_map(&self->evens.future, square, NULL, &self->n))
           printf("%d\n", ROUSE_ITEM_OF(int, self->squares));
   What is made of a stream owns it from its first poll on: dropping it drops the source, and when
   it ends the source is done or dropped. A source that ends otherwise than CLOSED ends it the same
   way. Where it says "borrows", the source stays the caller's. */
#ifndef ROUSE_STREAM_H
#define ROUSE_STREAM_H

#include "source.h"
#include "private/slots.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Item by item -------------------------------------------------------------------------- */

/* Each item is what `function` makes of it in `out`. */
struct rouse_map {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_transform function;
    void *data, *out;
};
ROUSE_LAZY struct rouse_map rouse_map(struct rouse_future *source, rouse_transform function,
                                      void *data, void *out);

/* Without the items for which `function` returns false. */
struct rouse_filter {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_predicate function;
    void *data;
};
ROUSE_LAZY struct rouse_filter rouse_filter(struct rouse_future *source, rouse_predicate function,
                                            void *data);

/* Both: false leaves the item out. */
struct rouse_filter_map {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_try_transform function;
    void *data, *out;
};
ROUSE_LAZY struct rouse_filter_map
rouse_filter_map(struct rouse_future *source, rouse_try_transform function, void *data, void *out);
/* A map with memory, in `data`: false ends the stream. */
struct rouse_scan {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_try_transform function;
    void *data, *out;
};
ROUSE_LAZY struct rouse_scan rouse_scan(struct rouse_future *source, rouse_try_transform function,
                                        void *data, void *out);

/* Shows each item to `function` and passes it on. */
struct rouse_inspect {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_visit function;
    void *data;
};
ROUSE_LAZY struct rouse_inspect rouse_inspect(struct rouse_future *source, rouse_visit function,
                                              void *data);

struct rouse_enumerated {
    size_t index; /* from 0 */
    const void *item;
};
struct rouse_enumerate {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    size_t seen;
    struct rouse_enumerated out; /* the item */
};
ROUSE_LAZY struct rouse_enumerate rouse_enumerate(struct rouse_future *source);

/* An asynchronous map: `function` puts a future in `slot`; once done, that future is the item. Its
   failure ends the stream. */
struct rouse_then {
    struct rouse_future future;
    /* private */
    struct rouse_future *source, *slot;
    rouse_transform function;
    void *data;
    bool busy;
};
ROUSE_LAZY struct rouse_then rouse_then(struct rouse_future *source, rouse_transform function,
                                        void *data, void *slot);

/* Each item of the source is itself a stream, in place: its items, one stream after the other. */
struct rouse_flatten {
    struct rouse_future future;
    /* private */
    struct rouse_future *source, *inner;
};
ROUSE_LAZY struct rouse_flatten rouse_flatten(struct rouse_future *source);

/* ---- Where to begin and to end ------------------------------------------------------------- */

/* The first n items. */
struct rouse_take {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    size_t left;
};
ROUSE_LAZY struct rouse_take rouse_take(struct rouse_future *source, size_t n);

/* All but the first n items. */
struct rouse_skip {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    size_t left;
};
ROUSE_LAZY struct rouse_skip rouse_skip(struct rouse_future *source, size_t n);

/* Up to the first item for which `function` returns false: that one is lost (see rouse_next_if). */
struct rouse_take_while {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_predicate function;
    void *data;
};
ROUSE_LAZY struct rouse_take_while rouse_take_while(struct rouse_future *source,
                                                    rouse_predicate function, void *data);
/* From that item on, which is the first. */
struct rouse_skip_while {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_predicate function;
    void *data;
};
ROUSE_LAZY struct rouse_skip_while rouse_skip_while(struct rouse_future *source,
                                                    rouse_predicate function, void *data);

/* Until `stop` is done, however it ends. Owns both. */
struct rouse_take_until {
    struct rouse_future future;
    /* private */
    struct rouse_future *source, *stop;
};
ROUSE_LAZY struct rouse_take_until rouse_take_until(struct rouse_future *source,
                                                    struct rouse_future *stop);

/* ---- Several streams ----------------------------------------------------------------------- */

/* All of the first, then all of the second. */
struct rouse_chain {
    struct rouse_future future;
    /* private */
    struct rouse_future *source, *second;
};
ROUSE_LAZY struct rouse_chain rouse_chain(struct rouse_future *first, struct rouse_future *second);

/* Pairs, until either ends. */
struct rouse_pair {
    const void *first, *second;
};
struct rouse_zip {
    struct rouse_future future;
    /* private */
    struct rouse_future *sources[2];
    bool held[2];
    struct rouse_pair out; /* the item */
};
ROUSE_LAZY struct rouse_zip rouse_zip(struct rouse_future *first, struct rouse_future *second);

/* The items of all as they come, until all are closed. Fair: whoever gave the last item is asked
   last. The list is as for rouse_join. */
struct rouse_merge {
    struct rouse_future future;
    size_t index; /* which stream of the list the item is from */
    /* private */
    struct rouse_future *const *borrowed;
    size_t count, start;
    struct rouse_future *copied[ROUSE_LIST_MAX];
};
ROUSE_LAZY struct rouse_merge rouse_merge(struct rouse_future *const *list, size_t count);

/* ---- Time ---------------------------------------------------------------------------------- */

/* At most one item per `ns`: the source is not asked for the next one sooner. */
struct rouse_throttle {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    struct rouse_sleep sleep;
    uint64_t ns;
};
ROUSE_LAZY struct rouse_throttle rouse_throttle(struct rouse_future *source, uint64_t ns);

/* An item once none came after it for `ns`; the others are left out. It waits in `storage`, which
   has room for one. The last one comes when the source is closed. */
struct rouse_debounce {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    struct rouse_sleep sleep;
    uint64_t ns;
    void *storage;
    size_t item_size;
    bool held;
};
ROUSE_LAZY struct rouse_debounce rouse_debounce(struct rouse_future *source, uint64_t ns,
                                                void *storage, size_t item_size);

/* Fails with TIMEOUT when an item that is asked for takes longer than `ns`. To go on after that,
   put a rouse_timeout around a rouse_next instead. */
struct rouse_stream_timeout {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    struct rouse_sleep sleep;
    uint64_t ns;
};
ROUSE_LAZY struct rouse_stream_timeout rouse_stream_timeout(struct rouse_future *source,
                                                            uint64_t ns);

/* ---- Chunks -------------------------------------------------------------------------------- */

/* Up to `capacity` items at a time, copied into the caller's array, see ROUSE_ARRAY. What comes
   before the end is given before it. A capacity of 0 is INVALID. */
struct rouse_chunk {
    const void *items;
    size_t count;
};
struct rouse_chunks {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    char *array;
    size_t item_size, capacity, filled;
    struct rouse_chunk out; /* the item */
};
ROUSE_LAZY struct rouse_chunks rouse_chunks(struct rouse_future *source, void *array,
                                            size_t item_size, size_t capacity);
/* A chunk that is not full is given `ns` after its first item came. */
struct rouse_chunks_timeout {
    struct rouse_future future;
    /* private */
    struct rouse_chunks chunks; /* its fields only: it is never polled */
    struct rouse_sleep sleep;
    uint64_t ns;
};
ROUSE_LAZY struct rouse_chunks_timeout rouse_chunks_timeout(struct rouse_future *source,
                                                            uint64_t ns, void *array,
                                                            size_t item_size, size_t capacity);

/* ---- Many futures at once ------------------------------------------------------------------ */

/* `function` makes a future of each item in a free one of `count` slots, see ROUSE_ARRAY; that many
   run at once. The item is the done future. The first failure ends it all. 0 slots are INVALID. */
struct rouse_buffer_ordered {
    struct rouse_future future;
    struct rouse_i_slots slots; /* private */
};
ROUSE_LAZY struct rouse_buffer_ordered rouse_buffer_ordered(struct rouse_future *source,
                                                            rouse_transform function, void *data,
                                                            void *slots, size_t slot_size,
                                                            size_t count);
/* In the order in which they end. */
struct rouse_buffer_unordered {
    struct rouse_future future;
    struct rouse_i_slots slots; /* private */
};
ROUSE_LAZY struct rouse_buffer_unordered rouse_buffer_unordered(struct rouse_future *source,
                                                                rouse_transform function,
                                                                void *data, void *slots,
                                                                size_t slot_size, size_t count);
/* Done when all are. */
struct rouse_for_each_concurrent {
    struct rouse_future future;
    struct rouse_i_slots slots; /* private */
};
ROUSE_LAZY struct rouse_for_each_concurrent
rouse_for_each_concurrent(struct rouse_future *source, rouse_transform function, void *data,
                          void *slots, size_t slot_size, size_t count);

/* ---- All items ----------------------------------------------------------------------------- */

/* Shows every item to `function`; done at the end. Folds, too: `data` is what it folds into. */
struct rouse_for_each {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_visit function;
    void *data;
};
ROUSE_LAZY struct rouse_for_each rouse_for_each(struct rouse_future *source, rouse_visit function,
                                                void *data);
struct rouse_fold {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_visit function;
    void *into;
};
ROUSE_LAZY struct rouse_fold rouse_fold(struct rouse_future *source, rouse_visit function,
                                        void *into);

struct rouse_count {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    size_t out; /* public: so far */
};
ROUSE_LAZY struct rouse_count rouse_count(struct rouse_future *source);

/* Whether `function` returns true for any item, or for all. Asks no longer than it must. */
struct rouse_stream_any {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_predicate function;
    void *data;
    bool out; /* public */
};
ROUSE_LAZY struct rouse_stream_any rouse_stream_any(struct rouse_future *source,
                                                    rouse_predicate function, void *data);
struct rouse_stream_all {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_predicate function;
    void *data;
    bool out; /* public */
};
ROUSE_LAZY struct rouse_stream_all rouse_stream_all(struct rouse_future *source,
                                                    rouse_predicate function, void *data);

/* Copies all items into the caller's array, see ROUSE_ARRAY. FULL if there are more. */
struct rouse_collect {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    char *array;
    size_t item_size, capacity;
    size_t out; /* public: how many, so far; right also after a failure */
};
ROUSE_LAZY struct rouse_collect rouse_collect(struct rouse_future *source, void *array,
                                              size_t item_size, size_t capacity);

/* An array that grows by the runtime's allocator. */
struct rouse_items {
    void *array;
    size_t count;
    /* private */
    size_t item_size, capacity;
    rouse_allocate allocate;
    void *allocate_data;
};
void rouse_items_init(struct rouse_items *items, size_t item_size);
void rouse_items_drop(struct rouse_items *items); /* before the runtime */
/* Appends copies of all items; what is there stays there, whatever happens. */
struct rouse_collect_items {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    struct rouse_items *items;
};
ROUSE_LAZY struct rouse_collect_items rouse_collect_items(struct rouse_future *source,
                                                          struct rouse_items *items);

#ifdef __cplusplus
}
#endif
#endif
