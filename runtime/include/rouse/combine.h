/* combine.h: one future made of many. Each takes a list of pointers to futures that live in the
   caller's frame; a pending combinator owns them: dropping it drops them all. */
#ifndef ROUSE_COMBINE_H
#define ROUSE_COMBINE_H

#include "time.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { ROUSE_LIST_MAX = 8 };

/* Pointer array and count, copied by the combinator: at most 8, checked at compile time. A longer
   list is an array in the frame, borrowed: pass it and its length yourself. */
#define ROUSE_LIST(...)                                                                        \
    (struct rouse_future *const[]){__VA_ARGS__},                                               \
        (sizeof((struct rouse_future *const[]){__VA_ARGS__}) / sizeof(struct rouse_future *) + \
         0 * sizeof(char[sizeof((struct rouse_future *const[]){__VA_ARGS__}) <=                \
                                 ROUSE_LIST_MAX * sizeof(struct rouse_future *)                \
                             ? 1                                                               \
                             : -1]))

/* ---- Join ---------------------------------------------------------------------------------- */

/* Done when every child is; a child's failure is read in the child. Always ROUSE_OK. */
struct rouse_join {
    struct rouse_future future;
    /* private */
    struct rouse_future *const *borrowed;
    size_t count, left;
    struct rouse_future *copied[ROUSE_LIST_MAX];
};
ROUSE_LAZY struct rouse_join rouse_join(struct rouse_future *const *list, size_t count);

#ifdef __cplusplus
}
#endif
#endif
