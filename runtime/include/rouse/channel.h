/* channel.h: sends values from task to task. Items are copied into an array of yours; only an
   unbounded channel allocates. Waiters are served in the order in which they came. A future that
   is dropped leaves the line and loses no item. */
#ifndef ROUSE_CHANNEL_H
#define ROUSE_CHANNEL_H

#include "sync.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Channel ------------------------------------------------------------------------------- */

/* Any number of senders and receivers. Each item goes to one receiver, in the order of sending. */
struct rouse_channel {
    /* private */
    struct rouse_semaphore room; /* a permit per free slot; senders wait for it */
    struct rouse_i_node receivers;
    char *storage;
    size_t item_size;
    struct rouse_runtime *runtime; /* its allocator serves an unbounded channel */
    bool (*grow)(struct rouse_channel *channel, uint32_t n); /* to room for n; NULL if bounded */
    uint32_t capacity, head;
    uint32_t count;    /* items; without storage: senders in line */
    uint32_t promised; /* items for receivers that were woken and not polled yet */
};
struct rouse_send {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_channel *channel;
    const void *item;
};
struct rouse_reserve {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_channel *channel;
};
struct rouse_recv {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_channel *channel;
    void *item;
};
struct rouse_recv_many {
    struct rouse_future future;
    size_t out; /* how many items it took: at least one */
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_channel *channel;
    void *items;
    size_t max;
};

/* `storage` has room for `capacity` items. Capacity 0 needs no storage: then a send is done when a
   receiver has taken the item. */
void rouse_channel_init(struct rouse_channel *channel, void *storage, size_t item_size,
                        size_t capacity);
/* Never full: it grows by the runtime's allocator, so a send can fail with NO_MEMORY. */
void rouse_channel_init_unbounded(struct rouse_channel *channel, struct rouse_runtime *rt,
                                  size_t item_size);
/* Wakes every sender and receiver; no more items. What was sent, or has a permit, still arrives. */
void rouse_channel_close(struct rouse_channel *channel);
/* Closes, forgets the items that are left, and frees memory. An unbounded channel needs it. */
void rouse_channel_drop(struct rouse_channel *channel);

/* Waits for room and sends a copy of `item`. CLOSED once closed. Keep `item` until it is done. */
ROUSE_LAZY struct rouse_send rouse_send(struct rouse_channel *channel, const void *item);
/* Waits for an item and copies it to `item`. CLOSED once closed and empty. Works in ROUSE_EACH. */
ROUSE_LAZY struct rouse_recv rouse_recv(struct rouse_channel *channel, void *item);
/* Waits for one item, then takes all that are there, up to `max`. */
ROUSE_LAZY struct rouse_recv_many rouse_recv_many(struct rouse_channel *channel, void *items,
                                                  size_t max);
rouse_status rouse_try_send(struct rouse_channel *channel, const void *item); /* FULL, CLOSED */
rouse_status rouse_try_recv(struct rouse_channel *channel, void *item);       /* EMPTY, CLOSED */

/* Waits for room and keeps it: a permit. Use each permit once, with rouse_permit_send, which never
   waits or fails, or release it. INVALID for more permits than the capacity, and for capacity 0. */
ROUSE_LAZY struct rouse_reserve rouse_reserve(struct rouse_channel *channel);
ROUSE_LAZY struct rouse_reserve rouse_reserve_many(struct rouse_channel *channel, size_t n);
rouse_status rouse_try_reserve(struct rouse_channel *channel, size_t n); /* FULL, CLOSED, INVALID */
void rouse_permit_send(struct rouse_channel *channel, const void *item);
void rouse_permit_release(struct rouse_channel *channel, size_t n); /* unused ones */

bool rouse_channel_is_closed(const struct rouse_channel *channel);
size_t rouse_channel_len(const struct rouse_channel *channel);  /* items in it */
size_t rouse_channel_room(const struct rouse_channel *channel); /* free slots without a permit */
/* Of an unbounded channel: what it has grown to. */
size_t rouse_channel_capacity(const struct rouse_channel *channel);

/* ---- Oneshot ------------------------------------------------------------------------------- */

/* One item, once. */
struct rouse_oneshot {
    /* private */
    struct rouse_i_node waiters;
    void *storage;
    size_t item_size;
    uint8_t state;
    bool closed;
};
struct rouse_oneshot_recv {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_oneshot *oneshot;
    void *item;
};
struct rouse_oneshot_closed {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_oneshot *oneshot;
};
void rouse_oneshot_init(struct rouse_oneshot *oneshot, void *storage, size_t item_size);
/* CLOSED once closed or received; FULL if an item was sent already. */
rouse_status rouse_oneshot_send(struct rouse_oneshot *oneshot, const void *item);
/* Waits for the item. CLOSED if it was received already, or if the oneshot closed without one. */
ROUSE_LAZY struct rouse_oneshot_recv rouse_oneshot_recv(struct rouse_oneshot *oneshot, void *item);
rouse_status rouse_oneshot_try_recv(struct rouse_oneshot *oneshot, void *item); /* EMPTY, CLOSED */
/* For either side. An item that was sent before can still be received. */
void rouse_oneshot_close(struct rouse_oneshot *oneshot);
bool rouse_oneshot_is_closed(const struct rouse_oneshot *oneshot);
/* For the sender: done when the oneshot is closed, because then nobody wants the item. */
ROUSE_LAZY struct rouse_oneshot_closed rouse_oneshot_closed(struct rouse_oneshot *oneshot);

/* ---- Broadcast ----------------------------------------------------------------------------- */

/* Every receiver gets every item. A receiver that is too slow loses the items that new ones
   overwrite. */
struct rouse_broadcast {
    /* private */
    struct rouse_i_node waiters;
    char *storage;
    size_t item_size, capacity;
    uint64_t sent;
    bool closed;
};
/* Receives what is sent after its init. A copy of it goes on from the same place. Needs no drop. */
struct rouse_broadcast_receiver {
    /* private */
    struct rouse_broadcast *broadcast;
    uint64_t next;
};
struct rouse_broadcast_recv {
    struct rouse_future future;
    uint64_t out; /* with LAGGED: how many items were missed */
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_broadcast_receiver *receiver;
    void *item;
};
/* A capacity of 0 traps. */
void rouse_broadcast_init(struct rouse_broadcast *broadcast, void *storage, size_t item_size,
                          size_t capacity);
/* Overwrites the oldest item when full. OK also when nobody listens. */
rouse_status rouse_broadcast_send(struct rouse_broadcast *broadcast, const void *item); /* CLOSED */
void rouse_broadcast_close(struct rouse_broadcast *broadcast);
bool rouse_broadcast_is_closed(const struct rouse_broadcast *broadcast);
void rouse_broadcast_receiver_init(struct rouse_broadcast_receiver *receiver,
                                   struct rouse_broadcast *broadcast);
/* LAGGED: `out` items were lost; the next one is the oldest there is. CLOSED once closed and all
   are received. */
ROUSE_LAZY struct rouse_broadcast_recv
rouse_broadcast_recv(struct rouse_broadcast_receiver *receiver, void *item);
/* EMPTY, LAGGED, CLOSED; `missed` may be NULL. */
rouse_status rouse_broadcast_try_recv(struct rouse_broadcast_receiver *receiver, void *item,
                                      uint64_t *missed);
uint64_t rouse_broadcast_len(const struct rouse_broadcast_receiver *receiver); /* lost ones, too */

/* ---- Watch --------------------------------------------------------------------------------- */

/* Holds one value, the latest. */
struct rouse_watch {
    /* private */
    struct rouse_i_node waiters;
    void *storage;
    size_t item_size;
    uint64_t version;
    bool closed;
};
/* At its init it has seen the current value. You may copy it. Needs no drop. */
struct rouse_watch_receiver {
    /* private */
    struct rouse_watch *watch;
    uint64_t seen;
};
/* Looks at the value. In rouse_watch_modify it may change the value. */
typedef bool (*rouse_watch_function)(void *data, void *value);
struct rouse_watch_changed {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_watch_receiver *receiver;
    void *item;
};
struct rouse_watch_wait_for {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_watch_receiver *receiver;
    rouse_watch_function wanted;
    void *data, *item;
};
void rouse_watch_init(struct rouse_watch *watch, void *storage, size_t item_size,
                      const void *initial);
void rouse_watch_set(struct rouse_watch *watch, const void *item); /* traps once closed */
/* Changes the value in place. Wakes the receivers if `modify` returns true. */
void rouse_watch_modify(struct rouse_watch *watch, rouse_watch_function modify, void *data);
const void *rouse_watch_borrow(const struct rouse_watch *watch); /* valid until the next await */
void rouse_watch_close(struct rouse_watch *watch);
bool rouse_watch_is_closed(const struct rouse_watch *watch);
void rouse_watch_receiver_init(struct rouse_watch_receiver *receiver, struct rouse_watch *watch);
/* Waits for a value that this receiver has not seen, and copies it unless `item` is NULL. CLOSED
   once closed and seen. */
ROUSE_LAZY struct rouse_watch_changed rouse_watch_changed(struct rouse_watch_receiver *receiver,
                                                          void *item);
rouse_status rouse_watch_try_changed(struct rouse_watch_receiver *receiver, void *item); /* EMPTY */
/* Waits until `wanted` returns true for the value, seen or not. CLOSED once closed and it returns
   false. */
ROUSE_LAZY struct rouse_watch_wait_for rouse_watch_wait_for(struct rouse_watch_receiver *receiver,
                                                            rouse_watch_function wanted, void *data,
                                                            void *item);
bool rouse_watch_has_changed(const struct rouse_watch_receiver *receiver);
void rouse_watch_mark_changed(struct rouse_watch_receiver *receiver);
void rouse_watch_mark_unchanged(struct rouse_watch_receiver *receiver);

#ifdef __cplusplus
}
#endif

#include "private/channel.h"
#endif
