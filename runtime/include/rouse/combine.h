/* combine.h: one future made of many. Each takes a list of pointers to futures that live in the
   caller's frame; a pending combinator owns them: dropping it drops them all. */
#ifndef ROUSE_COMBINE_H
#define ROUSE_COMBINE_H

#include "time.h"
#include "private/children.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Pointer array and count, copied by the combinator: at most 8, checked at compile time. A longer
   list is an array in the frame, borrowed: pass it and its length yourself. */
#define ROUSE_LIST(...)                                                                        \
    (struct rouse_future *const[]){__VA_ARGS__},                                               \
        (sizeof((struct rouse_future *const[]){__VA_ARGS__}) / sizeof(struct rouse_future *) + \
         0 * sizeof(char[sizeof((struct rouse_future *const[]){__VA_ARGS__}) <=                \
                                 ROUSE_LIST_MAX * sizeof(struct rouse_future *)                \
                             ? 1                                                               \
                             : -1]))

/* ---- All of them --------------------------------------------------------------------------- */

/* Done when every child is; a child's failure is read in the child. Always ROUSE_OK. */
struct rouse_join {
    struct rouse_future future;
    /* private */
    struct rouse_i_children children;
};
/* Done when every child is, or at the first failure: the rest is dropped, and it fails alike. */
struct rouse_try_join {
    struct rouse_future future;
    size_t out; /* which child failed; the length of the list when none did */
    /* private */
    struct rouse_i_children children;
};
/* Like a join, and says what became of them. Always ROUSE_OK. */
struct rouse_settle {
    struct rouse_future future;
    struct rouse_settled {
        size_t failures;     /* how many children failed */
        size_t first_failed; /* the lowest index of one; the length of the list when none did */
    } out;
    /* private */
    struct rouse_i_children children;
};
ROUSE_LAZY struct rouse_join rouse_join(struct rouse_future *const *list, size_t count);
ROUSE_LAZY struct rouse_try_join rouse_try_join(struct rouse_future *const *list, size_t count);
ROUSE_LAZY struct rouse_settle rouse_settle(struct rouse_future *const *list, size_t count);

/* ---- The first of them --------------------------------------------------------------------- */

/* Done when the first child is, with its status; the others are dropped. Of several at once, the
   first in the list wins. EMPTY when the list has no child. */
struct rouse_race {
    struct rouse_future future;
    size_t out; /* the winner */
    /* private */
    struct rouse_i_children children;
};
/* Done when the first child succeeds; the others are dropped. When all fail, it fails like the last
   that did. EMPTY when the list has no child. */
struct rouse_any {
    struct rouse_future future;
    size_t out; /* the first to succeed, or the last to fail */
    /* private */
    struct rouse_i_children children;
};
ROUSE_LAZY struct rouse_race rouse_race(struct rouse_future *const *list, size_t count);
ROUSE_LAZY struct rouse_any rouse_any(struct rouse_future *const *list, size_t count);

/* ---- Select -------------------------------------------------------------------------------- */

/* Which arm is polled first: drawn anew at each poll, by the runtime's seed, or the list's first.
 */
enum rouse_bias { ROUSE_FAIR, ROUSE_IN_ORDER };

/* A race that hands the losers back, still pending: await them again, or drop them in FINALLY. An
   arm that is NULL or already done is disabled; EMPTY, and `out` the length of the list, when all
   are. An arm that is a stream wins with an item. */
struct rouse_select {
    struct rouse_future future;
    size_t out; /* the arm that won */
    /* private */
    struct rouse_i_children children;
    enum rouse_bias bias;
};
ROUSE_LAZY struct rouse_select rouse_select(struct rouse_future *const *list, size_t count,
                                            enum rouse_bias bias);
void rouse_select_init(struct rouse_select *slot, struct rouse_future *const *list, size_t count,
                       enum rouse_bias bias); /* for ROUSE_AWAIT_INIT */

/* if (ROUSE_ARM(self->select, 0)) ... else if (ROUSE_ARM(self->select, 1)) ... */
#define ROUSE_ARM(select_, n) ((select_).out == (size_t)(n))

/* ---- Set ----------------------------------------------------------------------------------- */

/* Futures that come and go. Only those that were woken are polled, each at most once per poll of
   the set. Members are borrowed; the set owns them while they are in it. */
struct rouse_set {
    /* private */
    struct rouse_i_node idle, ready; /* of nodes: wait for a wake; were woken, oldest first */
    struct rouse_future *added;      /* have no node yet; linked through `parent` */
    struct rouse_future *added_last;
    rouse_status (*admit)(struct rouse_set *set, struct rouse_runtime *rt);
    struct rouse_set_next *waiting;
    struct rouse_waker waker; /* of `waiting` */
    size_t count;
    bool polling;
};
/* What the set needs for one member. Zero before use; stays in place until the member has left and
   the last waker that it was given is gone. */
struct rouse_set_node {
    /* private */
    struct rouse_i_node link;
    struct rouse_set *set; /* NULL: not in any */
    struct rouse_future *member;
    void (*free)(struct rouse_set_node *node); /* NULL: it is the caller's */
    uint32_t references;                       /* one while in a set, one for each waker */
    bool ready;
};
void rouse_set_init(struct rouse_set *set);
/* The node comes from the runtime's allocator when the set is polled next: rouse_set_next reports
   NO_MEMORY when no other member is done, keeps the member, and tries again when it is polled. */
void rouse_set_add(struct rouse_set *set, struct rouse_future *member);
/* The same with the caller's node: nothing is allocated. */
void rouse_set_add_in(struct rouse_set *set, struct rouse_set_node *node,
                      struct rouse_future *member);

/* `out` is a member that is done, and has left the set: its status and results are read there.
   CLOSED when the set is empty. Dropping it loses nothing. A member that is a stream is given out
   with each item, and stays. One at a time may wait. */
struct rouse_set_next {
    struct rouse_future future;
    struct rouse_future *out;
    /* private */
    struct rouse_set *set;
};
ROUSE_LAZY struct rouse_set_next rouse_set_next(struct rouse_set *set);

size_t rouse_set_count(const struct rouse_set *set);
/* Takes one out, as it is; it is yours again. False when it is no member. */
bool rouse_set_remove(struct rouse_set *set, struct rouse_future *member);
/* Drops every member. The set is empty afterwards, and may be used again. */
void rouse_set_drop(struct rouse_set *set);

/* ---- Shared -------------------------------------------------------------------------------- */

/* One future that many await. Whichever waiter is polled drives it, so none depends on another. The
   result is read in the child; a failure reaches every waiter with its chain. */
struct rouse_shared {
    /* private */
    struct rouse_future *child;
    struct rouse_i_node waiters;
    struct rouse_error error; /* of the child, if it failed */
    uint32_t wakers;          /* that the child was given and still has */
    bool woken;
};
struct rouse_shared_wait {
    struct rouse_future future;
    /* private */
    struct rouse_i_node node;
    struct rouse_waker waker;
    struct rouse_shared *shared;
};
void rouse_shared_init(struct rouse_shared *shared, struct rouse_future *child);
ROUSE_LAZY struct rouse_shared_wait rouse_shared_wait(struct rouse_shared *shared);
/* Drops the child, even if somebody waits: they are told CANCELLED. Without this it stays. */
void rouse_shared_drop(struct rouse_shared *shared);

/* ---- Lazy ---------------------------------------------------------------------------------- */

/* Makes a future in memory that `data` leads to, and points to it. NULL means out of memory. */
typedef struct rouse_future *(*rouse_make)(void *data);

/* The future that `make` makes at the first poll; nothing is made if there is none. */
struct rouse_lazy {
    struct rouse_future future;
    /* private */
    rouse_make make;
    void *data;
    struct rouse_future *made;
};
ROUSE_LAZY struct rouse_lazy rouse_lazy(rouse_make make, void *data);

#ifdef __cplusplus
}
#endif

#include "private/combine.h"
#endif
