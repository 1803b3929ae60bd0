/* Three tasks and one mutex; the second gives up while it is its turn. */
#include <rouse/rouse.h>

struct user {
    struct rouse_future future;
    struct rouse_mutex *mutex;
    struct rouse_mutex_lock lock;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(user)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(self->mutex));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    rouse_mutex_unlock(self->mutex);
    ROUSE_END;
}

struct lock_handed_over {
    struct rouse_future future;
    struct rouse_mutex mutex;
    struct rouse_task *tasks[3];
    struct rouse_task_join join;
    struct rouse_sleep nap;
    int i;
};
ROUSE_ASYNC(lock_handed_over)
{
    ROUSE_BEGIN;
    rouse_mutex_init(&self->mutex);
    for (self->i = 0; self->i < 3; self->i++)
        self->tasks[self->i] = ROUSE_SPAWN(ROUSE_FUTURE(user, .mutex = &self->mutex));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS / 2));
    rouse_task_abort(self->tasks[1]);
    ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[2]));
    ROUSE_FINALLY;
    for (int i = 0; i < 3; i++)
        rouse_task_detach(self->tasks[i]);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(lock_handed_over))
