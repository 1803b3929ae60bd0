/* walk.h: goes through all tasks of a runtime, for reports. */
#ifndef ROUSE_WALK_H
#define ROUSE_WALK_H

#include "executor.h"

/* Every task that has not ended: where it is known who spawned whom, children behind their parent.
   Begins with a zeroed walk; NULL at the end. */
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
