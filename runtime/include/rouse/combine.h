/* combine.h: one future made of many. Each combinator takes a list of pointers to futures in your
   frame. While it is pending it owns them: dropping it drops them all. */
#ifndef ROUSE_COMBINE_H
#define ROUSE_COMBINE_H

#include "time.h"
#include "private/children.h"

#ifdef __cplusplus
extern "C" {
#endif

/* An array of at most 8 pointers, and its length; the combinator copies it. For more, pass an array
   in your frame and its length yourself: it must stay there until the combinator is done. */
#define ROUSE_LIST(...)                                                                        \
    (struct rouse_future *const[]){__VA_ARGS__},                                               \
        (sizeof((struct rouse_future *const[]){__VA_ARGS__}) / sizeof(struct rouse_future *) + \
         0 * sizeof(char[sizeof((struct rouse_future *const[]){__VA_ARGS__}) <=                \
                                 ROUSE_LIST_MAX * sizeof(struct rouse_future *)                \
                             ? 1                                                               \
                             : -1]))

/* ---- All of them --------------------------------------------------------------------------- */

/* Done when every child is. Always ROUSE_OK: read the failures in the children. */
struct rouse_join {
    struct rouse_future future;
    /* private */
    struct rouse_i_children children;
};
/* Done when every child is. At the first failure it drops the other children and fails, too. */
struct rouse_try_join {
    struct rouse_future future;
    size_t out; /* which child failed; the length of the list if none did */
    /* private */
    struct rouse_i_children children;
};
/* A join that counts the failures. Always ROUSE_OK. */
struct rouse_settle {
    struct rouse_future future;
    struct rouse_settled {
        size_t failures;     /* how many children failed */
        size_t first_failed; /* the lowest index; the length of the list if none did */
    } out;
    /* private */
    struct rouse_i_children children;
};
ROUSE_LAZY struct rouse_join rouse_join(struct rouse_future *const *list, size_t count);
ROUSE_LAZY struct rouse_try_join rouse_try_join(struct rouse_future *const *list, size_t count);
ROUSE_LAZY struct rouse_settle rouse_settle(struct rouse_future *const *list, size_t count);

/* ---- The first of them --------------------------------------------------------------------- */

/* Done when one child is, with its status; drops the others. If several are done at once, the first
   in the list wins. EMPTY if the list has no child. */
struct rouse_race {
    struct rouse_future future;
    size_t out; /* the winner */
    /* private */
    struct rouse_i_children children;
};
/* Done when one child succeeds; drops the others. If all fail, it fails as the last one did. EMPTY
   if the list has no child. */
struct rouse_any {
    struct rouse_future future;
    size_t out; /* the first to succeed, or the last to fail */
    /* private */
    struct rouse_i_children children;
};
ROUSE_LAZY struct rouse_race rouse_race(struct rouse_future *const *list, size_t count);
ROUSE_LAZY struct rouse_any rouse_any(struct rouse_future *const *list, size_t count);

/* ---- Select -------------------------------------------------------------------------------- */

/* Which arm is polled first: a random one at each poll, by the runtime's seed; or the list's first.
 */
enum rouse_bias { ROUSE_FAIR, ROUSE_IN_ORDER };

/* A race that leaves the losers pending and yours: await them again, or drop them in FINALLY. An
   arm that is NULL or done is disabled. If all are, the select fails with EMPTY, and only then
   `out` is the length of the list: ROUSE_NO_ARM. An arm that is a stream wins with an item. */
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
/* No arm won, because all are disabled. An arm that failed with EMPTY did win. */
#define ROUSE_NO_ARM(select_) ((select_).out == (select_).children.count)

/* ---- Set ----------------------------------------------------------------------------------- */

/* Futures that come and go. Each poll of the set polls only the members that were woken, each at
   most once. The set owns the futures of its members, but not their memory. */
struct rouse_set {
    /* private */
    struct rouse_i_node idle, ready; /* nodes that wait for a wake; that were woken, oldest first */
    struct rouse_future *added;      /* without a node so far; linked through `parent` */
    struct rouse_future *added_last;
    rouse_status (*admit)(struct rouse_set *set, struct rouse_runtime *rt);
    struct rouse_set_next *waiting;
    struct rouse_waker waker; /* of `waiting` */
    size_t count;
    bool polling;
};
/* What the set needs for one member. Zero before use. It must stay in place until the member has
   left and its last waker is gone. */
struct rouse_set_node {
    /* private */
    struct rouse_i_node link;
    struct rouse_set *set; /* NULL: in no set */
    struct rouse_future *member;
    void (*free)(struct rouse_set_node *node); /* NULL: it belongs to the caller */
    uint32_t references;                       /* one while in a set, one for each waker */
    bool ready;
};
void rouse_set_init(struct rouse_set *set);
/* Adds a member; the next poll of the set allocates its node. Without memory rouse_set_next fails
   with NO_MEMORY once no other member is done. The member stays; the next poll tries again. */
void rouse_set_add(struct rouse_set *set, struct rouse_future *member);
/* The same with a node of yours: nothing is allocated. */
void rouse_set_add_in(struct rouse_set *set, struct rouse_set_node *node,
                      struct rouse_future *member);

/* Waits until a member is done. `out` is that member, with its status and results; it has left the
   set. A member that is a stream comes with each item, and stays. CLOSED if the set is empty.
   Dropping this future loses no member. One waiter at a time. */
struct rouse_set_next {
    struct rouse_future future;
    struct rouse_future *out;
    /* private */
    struct rouse_set *set;
};
ROUSE_LAZY struct rouse_set_next rouse_set_next(struct rouse_set *set);

size_t rouse_set_count(const struct rouse_set *set);
/* Removes a member in any state; it is yours again. False if it is no member. */
bool rouse_set_remove(struct rouse_set *set, struct rouse_future *member);
/* Drops every member. The set is empty afterwards, and you may use it again. */
void rouse_set_drop(struct rouse_set *set);

/* ---- Shared -------------------------------------------------------------------------------- */

/* One future that many await. Each waiter polls it, so none depends on another. Read the result in
   the child; a failure reaches every waiter with its chain. */
struct rouse_shared {
    /* private */
    struct rouse_future *child;
    struct rouse_i_node waiters;
    struct rouse_error error; /* of the child, if it failed */
    uint32_t wakers;          /* of this struct that the child still has */
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
/* Drops the child. Waiters get CANCELLED. Nothing else drops it. */
void rouse_shared_drop(struct rouse_shared *shared);

/* ---- Lazy ---------------------------------------------------------------------------------- */

/* Makes a future in memory that `data` leads to, and returns its address. NULL: no memory. */
typedef struct rouse_future *(*rouse_make)(void *data);

/* Calls `make` at the first poll and awaits that future. Without a poll nothing is made. */
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
