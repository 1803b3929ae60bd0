/* limit.h: how often and how many at a time: retry, rate limit, pool. */
#ifndef ROUSE_LIMIT_H
#define ROUSE_LIMIT_H

#include "combine.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Retry --------------------------------------------------------------------------------- */

/* Zero is the default of every field: attempts without end, 100 ms, 200 ms, 400 ms... apart. */
struct rouse_retry_policy {
    uint32_t attempts;   /* in all, the first included; default: no limit */
    uint32_t factor;     /* how much longer each pause is than the last; default 2 */
    uint64_t base_ns;    /* the first pause; default 100 ms */
    uint64_t max_ns;     /* no pause is longer; default: no limit */
    uint32_t jitter;     /* up to so many percent of a pause are left out, by the runtime's seed */
    uint64_t attempt_ns; /* an attempt that takes longer fails with TIMEOUT; default: no limit */
    bool (*again)(void *data, rouse_status status); /* worth another attempt? default: always */
};

/* Awaits what `make` makes, anew until it succeeds or the policy gives up: then it fails like the
   last attempt. `make` puts the attempt in a slot of your frame, which `data` leads to. */
struct rouse_retry {
    struct rouse_future future;
    uint32_t out; /* how many attempts were made */
    /* private */
    rouse_status status;
    rouse_make make;
    void *data;
    struct rouse_retry_policy policy;
    uint64_t pause_ns;
    struct rouse_future *attempt;
    struct rouse_timeout limit;
    struct rouse_sleep pause;
};
/* The policy is copied; NULL: all defaults. */
ROUSE_LAZY struct rouse_retry rouse_retry(rouse_make make, void *data,
                                          const struct rouse_retry_policy *policy);

/* ---- Rate ---------------------------------------------------------------------------------- */

/* A token bucket: `burst` tokens at first, one more every `interval_ns` while it is not full. First
   come, first served: who wants many is not overtaken by those who want few. */
struct rouse_rate {
    /* private */
    uint64_t interval_ns, capacity_ns; /* of one token, of a full bucket */
    uint64_t full_at;                  /* when the bucket would be full if nobody took more */
    struct rouse_i_node waiters;
};
struct rouse_rate_acquire {
    struct rouse_future future;
    /* private */
    struct rouse_i_node node;
    struct rouse_waker waker; /* while somebody is before it */
    struct rouse_sleep sleep; /* once it is the first */
    struct rouse_rate *rate;
    uint64_t tokens;
};
/* 100 a second, up to 20 at once: rouse_rate_init(&rate, 20, ROUSE_S / 100). */
void rouse_rate_init(struct rouse_rate *rate, uint64_t burst, uint64_t interval_ns);
/* Takes `tokens`, when there are as many. INVALID if the bucket cannot hold so many. */
ROUSE_LAZY struct rouse_rate_acquire rouse_rate_acquire(struct rouse_rate *rate, uint64_t tokens);
/* The same now or not at all: false too while anybody waits. */
bool rouse_rate_try_acquire(struct rouse_rate *rate, struct rouse_runtime *rt, uint64_t tokens);

/* ---- Pool ---------------------------------------------------------------------------------- */

/* The first member of a resource. Zero before use. */
struct rouse_pool_item {
    /* private */
    struct rouse_i_node node; /* in the pool while idle */
    struct rouse_pool *pool;
    uint8_t state;
};
struct rouse_pool_options {
    /* Makes the future that opens an item, in the item itself: awaited by whoever acquires it
       first, and again after a rouse_pool_discard. NULL: items need no opening. */
    struct rouse_future *(*open)(void *data, struct rouse_pool_item *item);
    /* Shuts an open item: it was discarded, or the pool is closed. NULL: nothing to do. */
    void (*shut)(void *data, struct rouse_pool_item *item);
    void *data;
};
struct rouse_pool {
    /* private */
    struct rouse_i_node idle; /* those that are open first */
    struct rouse_i_node waiters;
    struct rouse_pool_options options;
    bool closed;
};
struct rouse_pool_acquire {
    struct rouse_future future;
    struct rouse_pool_item *out;
    /* private */
    struct rouse_i_node node;
    struct rouse_waker waker;
    struct rouse_pool *pool;
    struct rouse_future *opening;
};
/* The options are copied; NULL: none. */
void rouse_pool_init(struct rouse_pool *pool, const struct rouse_pool_options *options);
void rouse_pool_add(struct rouse_pool *pool, struct rouse_pool_item *item);
/* An item of your own until you give it back; first come, first served. A failure to open it is the
   failure of this future. CLOSED when the pool is. */
ROUSE_LAZY struct rouse_pool_acquire rouse_pool_acquire(struct rouse_pool *pool);
/* An idle item that is open; NULL when there is none, or somebody waits. */
struct rouse_pool_item *rouse_pool_try_acquire(struct rouse_pool *pool);
void rouse_pool_release(struct rouse_pool_item *item);
/* Gives back an item that is broken: it is shut, and opened anew for the next. */
void rouse_pool_discard(struct rouse_pool_item *item);
/* Ends every wait with CLOSED and shuts all items: those that are out when they are given back. */
void rouse_pool_close(struct rouse_pool *pool);

#ifdef __cplusplus
}
#endif

#include "private/limit.h"
#endif
