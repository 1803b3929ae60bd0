// A task unlocks what another one holds.
// needs: checked
// trap: rouse: bug: unlocked a mutex that another task has locked
// trap: at tests/traps/mutex_unlock_by_another.c:35
#include <rouse/rouse.h>

struct owner {
    struct rouse_future future;
    struct rouse_mutex *mutex;
    struct rouse_mutex_lock lock;
    struct rouse_pending forever;
};
ROUSE_ASYNC(owner)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(self->mutex));
    ROUSE_AWAIT(self->forever, rouse_pending());
    ROUSE_END;
}

struct thief {
    struct rouse_future future;
    struct rouse_mutex mutex;
    ROUSE_TASK(owner) slot;
    struct rouse_task *task;
};
ROUSE_ASYNC(thief)
{
    ROUSE_BEGIN;
    rouse_mutex_init(&self->mutex);
    self->task =
        rouse_spawn_in(cx->runtime, &self->slot, ROUSE_FUTURE(owner, .mutex = &self->mutex));
    while (!rouse_mutex_is_locked(&self->mutex))
        ROUSE_YIELD;
    rouse_mutex_unlock(&self->mutex);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(thief))
