/* stream.h: makes streams of other streams, and futures that take all items. Read source.h first.

   A source stream is a member of your frame. Pass its address, as for the children of a combinator:
       ROUSE_PUT(self->numbers, rouse_range(0, 10));
       ROUSE_PUT(self->evens, rouse_filter(&self->numbers.future, is_even, NULL));
       ROUSE_EACH(self->squares, rouse_map(&self->evens.future, square, NULL, &self->n))
           printf("%d\n", ROUSE_ITEM_OF(int, self->squares));
   A stream made of a source owns it from its first poll on. Dropping it drops the source; when it
   ends, the source is done or dropped. A source that fails with anything but CLOSED ends it with
   the same failure. If the comment says "borrows", the source stays yours. */
#ifndef ROUSE_STREAM_H
#define ROUSE_STREAM_H

#include "source.h"
#include "private/slots.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Item by item -------------------------------------------------------------------------- */

/* `function` makes each item, in `out`, of an item of the source. */
struct rouse_map {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_transform function;
    void *data, *out;
};
ROUSE_LAZY struct rouse_map rouse_map(struct rouse_future *source, rouse_transform function,
                                      void *data, void *out);

/* Leaves out the items for which `function` returns false. */
struct rouse_filter {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_predicate function;
    void *data;
};
ROUSE_LAZY struct rouse_filter rouse_filter(struct rouse_future *source, rouse_predicate function,
                                            void *data);

/* A map and a filter: false leaves the item out. */
struct rouse_filter_map {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_try_transform function;
    void *data, *out;
};
ROUSE_LAZY struct rouse_filter_map
rouse_filter_map(struct rouse_future *source, rouse_try_transform function, void *data, void *out);
/* A map that keeps its state in `data`: false ends the stream. */
struct rouse_scan {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_try_transform function;
    void *data, *out;
};
ROUSE_LAZY struct rouse_scan rouse_scan(struct rouse_future *source, rouse_try_transform function,
                                        void *data, void *out);

/* Calls `function` with each item and passes the item on. */
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

/* An async map: `function` puts a future into `slot`; once done, that future is the item. A failure
   ends the stream. */
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

/* For a source whose items are streams: the items of the first one, then of the second, ... */
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

/* Ends at the first item for which `function` returns false. That item is lost; see rouse_next_if.
 */
struct rouse_take_while {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_predicate function;
    void *data;
};
ROUSE_LAZY struct rouse_take_while rouse_take_while(struct rouse_future *source,
                                                    rouse_predicate function, void *data);
/* Starts with that item. */
struct rouse_skip_while {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_predicate function;
    void *data;
};
ROUSE_LAZY struct rouse_skip_while rouse_skip_while(struct rouse_future *source,
                                                    rouse_predicate function, void *data);

/* Ends when the future `stop` is done, with any status. Owns both. */
struct rouse_take_until {
    struct rouse_future future;
    /* private */
    struct rouse_future *source, *stop;
};
ROUSE_LAZY struct rouse_take_until rouse_take_until(struct rouse_future *source,
                                                    struct rouse_future *stop);

/* ---- Several streams ----------------------------------------------------------------------- */

/* All items of the first, then all items of the second. */
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

/* The items of all streams as they come, until all are closed. Fair: the stream of the last item is
   polled last. The list is as for rouse_join. */
struct rouse_merge {
    struct rouse_future future;
    size_t index; /* the stream of the item, in the list */
    /* private */
    struct rouse_future *const *borrowed;
    size_t count, start;
    struct rouse_future *copied[ROUSE_LIST_MAX];
};
ROUSE_LAZY struct rouse_merge rouse_merge(struct rouse_future *const *list, size_t count);

/* ---- Time ---------------------------------------------------------------------------------- */

/* At most one item per `ns`: it does not poll the source sooner. */
struct rouse_throttle {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    struct rouse_sleep sleep;
    uint64_t ns;
};
ROUSE_LAZY struct rouse_throttle rouse_throttle(struct rouse_future *source, uint64_t ns);

/* Passes on an item if none comes after it for `ns`, and leaves out the others. It keeps the item
   in `storage`, which has room for one. When the source is closed, the last item comes at once. */
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

/* Fails with TIMEOUT if the next item takes longer than `ns`. To go on after a timeout, put a
   rouse_timeout around a rouse_next instead. */
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

/* Up to `capacity` items at a time, copied into your array, see ROUSE_ARRAY. The last chunk may be
   shorter. Capacity 0 is INVALID. */
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
/* The same, but a chunk ends at the latest `ns` after its first item. */
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

/* `function` makes a future of each item in one of `count` slots, see ROUSE_ARRAY, so that many run
   at once. The item is the done future. The first failure ends the stream. 0 slots are INVALID. */
struct rouse_buffer_ordered {
    struct rouse_future future;
    struct rouse_i_slots slots; /* private */
};
ROUSE_LAZY struct rouse_buffer_ordered rouse_buffer_ordered(struct rouse_future *source,
                                                            rouse_transform function, void *data,
                                                            void *slots, size_t slot_size,
                                                            size_t count);
/* The same, in the order in which the futures end. */
struct rouse_buffer_unordered {
    struct rouse_future future;
    struct rouse_i_slots slots; /* private */
};
ROUSE_LAZY struct rouse_buffer_unordered rouse_buffer_unordered(struct rouse_future *source,
                                                                rouse_transform function,
                                                                void *data, void *slots,
                                                                size_t slot_size, size_t count);
/* The same without items: done when all futures are. */
struct rouse_for_each_concurrent {
    struct rouse_future future;
    struct rouse_i_slots slots; /* private */
};
ROUSE_LAZY struct rouse_for_each_concurrent
rouse_for_each_concurrent(struct rouse_future *source, rouse_transform function, void *data,
                          void *slots, size_t slot_size, size_t count);

/* ---- All items ----------------------------------------------------------------------------- */

/* Calls `function` with every item. Done at the end. */
struct rouse_for_each {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    rouse_visit function;
    void *data;
};
ROUSE_LAZY struct rouse_for_each rouse_for_each(struct rouse_future *source, rouse_visit function,
                                                void *data);
/* The same under another name: `function` adds each item to `into`. */
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
    size_t out; /* public: the number of items so far */
};
ROUSE_LAZY struct rouse_count rouse_count(struct rouse_future *source);

/* Whether `function` returns true for any item, or for all. Stops as soon as that is known. */
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

/* Copies all items into your array, see ROUSE_ARRAY. FULL if there are more. */
struct rouse_collect {
    struct rouse_future future;
    /* private */
    struct rouse_future *source;
    char *array;
    size_t item_size, capacity;
    size_t out; /* public: the number of items so far; also valid after a failure */
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
/* Appends copies of all items. The items stay there after a failure, too. */
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
