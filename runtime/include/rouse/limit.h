/* limit.h: retries, rate limits and pools. */
#ifndef ROUSE_LIMIT_H
#define ROUSE_LIMIT_H

#include "combine.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Retry --------------------------------------------------------------------------------- */

/* Zero is the default of every field: no limit, with pauses of 100 ms, 200 ms, 400 ms... */
struct rouse_retry_policy {
    uint32_t attempts;   /* the first one included; default: no limit */
    uint32_t factor;     /* multiplies each pause; default 2 */
    uint64_t base_ns;    /* the first pause; default 100 ms */
    uint64_t max_ns;     /* the longest pause; default: no limit */
    uint32_t jitter;     /* shortens each pause by up to this many percent, by the runtime's seed */
    uint64_t attempt_ns; /* the longest attempt, then TIMEOUT; default: no limit */
    bool (*again)(void *data, rouse_status status); /* try again? default: always */
};

/* Awaits the future that `make` makes, and makes it again until it succeeds or the policy ends:
   then it fails as the last attempt did. `make` puts the future in your frame, to which `data`
   leads. */
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

/* A token bucket: it starts with `burst` tokens and gets one every `interval_ns` while it is not
   full. Waiters are served in order: few tokens do not overtake many. */
struct rouse_rate {
    /* private */
    uint64_t interval_ns, capacity_ns; /* of one token, of a full bucket */
    uint64_t full_at;                  /* when the bucket is full if nobody takes more */
    struct rouse_i_node waiters;
};
struct rouse_rate_acquire {
    struct rouse_future future;
    /* private */
    struct rouse_i_node node;
    struct rouse_waker waker; /* while another waiter is before it */
    struct rouse_sleep sleep; /* once it is first */
    struct rouse_rate *rate;
    uint64_t tokens;
};
/* 100 per second, up to 20 at once: rouse_rate_init(&rate, 20, ROUSE_S / 100). */
void rouse_rate_init(struct rouse_rate *rate, uint64_t burst, uint64_t interval_ns);
/* Waits for that many tokens and takes them. INVALID if the bucket cannot hold so many. */
ROUSE_LAZY struct rouse_rate_acquire rouse_rate_acquire(struct rouse_rate *rate, uint64_t tokens);
/* Takes them now or returns false; always false while somebody waits. */
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
    /* Makes the future that opens an item, in the item itself. The first acquire awaits it, and the
       next one after a rouse_pool_discard. NULL: items need no opening. */
    struct rouse_future *(*open)(void *data, struct rouse_pool_item *item);
    /* Shuts an open item that was discarded, or whose pool is closed. NULL: nothing to do. */
    void (*shut)(void *data, struct rouse_pool_item *item);
    void *data;
};
struct rouse_pool {
    /* private */
    struct rouse_i_node idle; /* the open ones first */
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
/* Waits for an item; it is yours until you release it. If opening it fails, this fails. CLOSED once
   the pool is closed. */
ROUSE_LAZY struct rouse_pool_acquire rouse_pool_acquire(struct rouse_pool *pool);
/* An idle item that is open; NULL if there is none, or somebody waits. */
struct rouse_pool_item *rouse_pool_try_acquire(struct rouse_pool *pool);
void rouse_pool_release(struct rouse_pool_item *item);
/* Releases a broken item: it is shut, and opened again for the next acquire. */
void rouse_pool_discard(struct rouse_pool_item *item);
/* Ends every wait with CLOSED and shuts all items; an item in use is shut at its release. */
void rouse_pool_close(struct rouse_pool *pool);

#ifdef __cplusplus
}
#endif

#include "private/limit.h"
#endif
