/* mutex.c: a semaphore of one permit. Checked builds know the task that holds it. */
#include "acquire.h"
#include "../core/executor.h"

void rouse_mutex_init(struct rouse_mutex *mutex)
{
    *mutex = (struct rouse_mutex){.semaphore = {.permits = 0}};
    rouse_i_semaphore_begin(&mutex->semaphore, 1);
}

bool rouse_mutex_is_locked(const struct rouse_mutex *mutex)
{
    return mutex->semaphore.permits == 0;
}

bool rouse_mutex_try_lock(struct rouse_mutex *mutex)
{
    return rouse_i_lock_try(&mutex->semaphore, 1, "mutex");
}

#if ROUSE_CHECKED
/* The owner is RUNNING too while another task cancels it, so a drop may unlock. */
static void check_owner(const struct rouse_mutex *mutex, const char *place)
{
    const struct rouse_task *owner = mutex->semaphore.holder.task;
    if (owner && !(owner->state & TASK_RUNNING))
        rouse_i_misuse(place, "unlocked a mutex that another task has locked");
}
#else
#define check_owner(mutex, place) ((void)0)
#endif

void rouse_i_mutex_unlock(struct rouse_mutex *mutex, const char *place)
{
    if (rouse_i_permits_taken(&mutex->semaphore) == 0)
        rouse_i_misuse(place, "unlocked a mutex that is not locked");
    check_owner(mutex, place);
    ROUSE_EVENT_ON(LOCK_RELEASE, &mutex->semaphore, "mutex");
    rouse_i_permits_free(&mutex->semaphore, 1);
}

void(rouse_mutex_unlock)(struct rouse_mutex *mutex)
{
    rouse_i_mutex_unlock(mutex, NULL);
}

static struct rouse_polled mutex_lock_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_mutex_lock *self = (struct rouse_mutex_lock *)(void *)f;
    self->waiter.wants = 1;
    return rouse_i_lock_poll(&self->mutex->semaphore, &self->waiter, cx, "mutex");
}

static void mutex_lock_drop(struct rouse_future *f)
{
    struct rouse_mutex_lock *self = (struct rouse_mutex_lock *)(void *)f;
    rouse_i_acquire_drop(&self->mutex->semaphore, &self->waiter);
}

const struct rouse_type rouse_mutex_lock_type = {"rouse_mutex_lock", __FILE__,
                                                 sizeof(struct rouse_mutex_lock), mutex_lock_poll,
                                                 mutex_lock_drop};

ROUSE_MAKER_FUNCTION_(rouse_mutex_lock, rouse_mutex_lock)(struct rouse_mutex *mutex)
{
    return rouse_mutex_lock(mutex);
}
