/* children.h: the children of a combinator. */
#ifndef ROUSE_PRIVATE_CHILDREN_H
#define ROUSE_PRIVATE_CHILDREN_H

#include "../future.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { ROUSE_LIST_MAX = 8 }; /* of ROUSE_LIST */

/* The children of a combinator. A NULL entry is no child: it is never polled. */
struct rouse_i_children {
    uint32_t count, first; /* first: where the next round of polls begins */
    union {
        struct rouse_future *const *borrowed; /* more than ROUSE_LIST_MAX */
        struct rouse_future *copied[ROUSE_LIST_MAX];
    };
};

#ifdef __cplusplus
}
#endif
#endif
