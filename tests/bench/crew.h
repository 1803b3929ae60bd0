/* crew.h: the root future of benchmarks with several tasks: awaits their handles, one by one. Like
   the peers' root it only starts and joins, so that it costs nothing while they work. */
#ifndef BENCH_CREW_H
#define BENCH_CREW_H

#include "bench.h"

enum { BENCH_CREW_MAX = 1000 };

struct crew {
    struct rouse_future future;
    size_t count, next;
    struct rouse_task_join join;
    struct rouse_task *tasks[BENCH_CREW_MAX];
};

ROUSE_ASYNC(crew)
{
    ROUSE_BEGIN;
    for (self->next = 0; self->next < self->count; self->next++) {
        ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[self->next]));
        rouse_task_detach(self->tasks[self->next]);
    }
    ROUSE_END;
}

/* Takes the handle. */
static inline void crew_add(struct crew *crew, struct rouse_task *task)
{
    bench_check(task != NULL, "a task could not be spawned");
    crew->tasks[crew->count++] = task;
}

#endif
