/* channel.h: values on their way from task to task. Items are copied; their storage is an array of
   the caller's, and nothing is allocated but by an unbounded channel that grows. Lines are first
   come, first served; a future that is dropped leaves its line and loses no item. */
#ifndef ROUSE_CHANNEL_H
#define ROUSE_CHANNEL_H

#include "sync.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Channel ------------------------------------------------------------------------------- */

/* Any number of senders and receivers; each item goes to one of them, in the order of sending. */
struct rouse_channel {
    /* private */
    struct rouse_semaphore room; /* a permit per slot that is free; its line is that of senders */
    struct rouse_i_node receivers;
    char *storage;
    size_t item_size;
    struct rouse_runtime *runtime; /* whose memory an unbounded channel uses */
    bool (*grow)(struct rouse_channel *channel, uint32_t n); /* to room for n; NULL if bounded */
    uint32_t capacity, head;
    uint32_t count;    /* items; without storage: senders in line */
    uint32_t promised; /* items that belong to receivers woken for them */
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
    size_t out; /* how many came: at least one */
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_channel *channel;
    void *items;
    size_t max;
};

/* `storage` holds `capacity` items. Capacity 0 needs none: a rendezvous, where a send is done when
   a receiver has taken the item. */
void rouse_channel_init(struct rouse_channel *channel, void *storage, size_t item_size,
                        size_t capacity);
/* Never full; grows by the runtime's allocator, so a send can fail with NO_MEMORY. */
void rouse_channel_init_unbounded(struct rouse_channel *channel, struct rouse_runtime *rt,
                                  size_t item_size);
/* No more items: wakes every sender and receiver. What was sent, or has a permit, still arrives. */
void rouse_channel_close(struct rouse_channel *channel);
/* Closes, forgets what was not received, and gives memory back. Needed where one is unbounded. */
void rouse_channel_drop(struct rouse_channel *channel);

/* CLOSED once closed. `item` is borrowed until done. */
ROUSE_LAZY struct rouse_send rouse_send(struct rouse_channel *channel, const void *item);
/* CLOSED once closed and empty. A stream for ROUSE_EACH. */
ROUSE_LAZY struct rouse_recv rouse_recv(struct rouse_channel *channel, void *item);
/* Waits for one item, then takes all there are, up to `max`. */
ROUSE_LAZY struct rouse_recv_many rouse_recv_many(struct rouse_channel *channel, void *items,
                                                  size_t max);
rouse_status rouse_try_send(struct rouse_channel *channel, const void *item); /* FULL, CLOSED */
rouse_status rouse_try_recv(struct rouse_channel *channel, void *item);       /* EMPTY, CLOSED */

/* Room for an item to come: the send itself then is at once and cannot fail. Permits are a count:
   use each once, or give it back. INVALID for more than the capacity, so also for a rendezvous. */
ROUSE_LAZY struct rouse_reserve rouse_reserve(struct rouse_channel *channel);
ROUSE_LAZY struct rouse_reserve rouse_reserve_many(struct rouse_channel *channel, size_t n);
rouse_status rouse_try_reserve(struct rouse_channel *channel, size_t n); /* FULL, CLOSED, INVALID */
void rouse_permit_send(struct rouse_channel *channel, const void *item);
void rouse_permit_release(struct rouse_channel *channel, size_t n); /* unused */

bool rouse_channel_is_closed(const struct rouse_channel *channel);
size_t rouse_channel_len(const struct rouse_channel *channel);  /* items that wait */
size_t rouse_channel_room(const struct rouse_channel *channel); /* neither items nor permits */
size_t
rouse_channel_capacity(const struct rouse_channel *channel); /* of an unbounded one: so far */

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
/* CLOSED once closed or received; FULL if one was sent already. */
rouse_status rouse_oneshot_send(struct rouse_oneshot *oneshot, const void *item);
/* CLOSED if nothing was sent before the close, and once the item was received. */
ROUSE_LAZY struct rouse_oneshot_recv rouse_oneshot_recv(struct rouse_oneshot *oneshot, void *item);
rouse_status rouse_oneshot_try_recv(struct rouse_oneshot *oneshot, void *item); /* EMPTY, CLOSED */
/* Either side gives up. An item that was sent before can still be received. */
void rouse_oneshot_close(struct rouse_oneshot *oneshot);
bool rouse_oneshot_is_closed(const struct rouse_oneshot *oneshot);
/* For the sender: done when the oneshot is closed, so nobody wants the item any more. */
ROUSE_LAZY struct rouse_oneshot_closed rouse_oneshot_closed(struct rouse_oneshot *oneshot);

/* ---- Broadcast ----------------------------------------------------------------------------- */

/* Every receiver gets every item, unless it is so slow that the item was overwritten. */
struct rouse_broadcast {
    /* private */
    struct rouse_i_node waiters;
    char *storage;
    size_t item_size, capacity;
    uint64_t sent;
    bool closed;
};
/* Sees what is sent after its init; needs no end. Copying one gives a second that goes on from the
   same place. */
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

/* One value, always the latest. */
struct rouse_watch {
    /* private */
    struct rouse_i_node waiters;
    void *storage;
    size_t item_size;
    uint64_t version;
    bool closed;
};
/* Begins by having seen the value there is. Needs no end; may be copied. */
struct rouse_watch_receiver {
    /* private */
    struct rouse_watch *watch;
    uint64_t seen;
};
/* What looks at the value, and may change it in rouse_watch_modify. */
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
void rouse_watch_set(struct rouse_watch *watch, const void *item); /* a closed one traps */
/* Changes the value in place; receivers hear of it if `modify` returns true. */
void rouse_watch_modify(struct rouse_watch *watch, rouse_watch_function modify, void *data);
const void *rouse_watch_borrow(const struct rouse_watch *watch); /* until the next await */
void rouse_watch_close(struct rouse_watch *watch);
bool rouse_watch_is_closed(const struct rouse_watch *watch);
void rouse_watch_receiver_init(struct rouse_watch_receiver *receiver, struct rouse_watch *watch);
/* A value not seen yet, copied unless `item` is NULL. CLOSED once closed and all is seen. */
ROUSE_LAZY struct rouse_watch_changed rouse_watch_changed(struct rouse_watch_receiver *receiver,
                                                          void *item);
rouse_status rouse_watch_try_changed(struct rouse_watch_receiver *receiver, void *item); /* EMPTY */
/* Until `wanted` says yes to the value, seen or not. CLOSED once closed and it says no. */
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
