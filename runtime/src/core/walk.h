/* walk.h: goes through all tasks of a runtime, for reports. Begin with a zeroed walk. */
#ifndef ROUSE_WALK_H
#define ROUSE_WALK_H

#include "executor.h"

/* The next task that has not ended; NULL at the end. In checked and traced builds, where the tree
   of tasks is known, children come behind their parent. */
struct rouse_i_walk {
    struct rouse_i_chunk *chunk;
    struct rouse_task *task;
    unsigned depth;
};
#if ROUSE_KNOWS
struct rouse_task *rouse_i_walk_next(struct rouse_runtime *rt, struct rouse_i_walk *walk);
#else
static inline struct rouse_task *rouse_i_walk_next(struct rouse_runtime *rt,
                                                   struct rouse_i_walk *walk)
{
    return walk->task = rouse_i_task_next(rt, &walk->chunk, walk->task);
}
#endif

#endif
