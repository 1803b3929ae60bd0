#include "use.h"

#if defined USE_nothing
USE()
{
    ROUSE_BEGIN;
    ROUSE_END;
}
#elif defined USE_fail_with
USE(int n;)
{
    ROUSE_BEGIN;
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "no room for %d", self->n);
    ROUSE_END;
}
#elif defined USE_fail_with_double
USE(double n;)
{
    ROUSE_BEGIN;
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "no room for %g", self->n);
    ROUSE_END;
}
#elif defined USE_mutex
USE(struct rouse_mutex mutex; struct rouse_mutex_lock lock;)
{
    ROUSE_BEGIN;
    rouse_mutex_init(&self->mutex);
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(&self->mutex));
    rouse_mutex_unlock(&self->mutex);
    ROUSE_END;
}
#elif defined USE_rwlock
USE(struct rouse_rwlock lock; struct rouse_rwlock_read read; struct rouse_rwlock_write write;)
{
    ROUSE_BEGIN;
    rouse_rwlock_init(&self->lock);
    ROUSE_AWAIT(self->read, rouse_rwlock_read(&self->lock));
    rouse_rwlock_unlock_read(&self->lock);
    ROUSE_AWAIT(self->write, rouse_rwlock_write(&self->lock));
    rouse_rwlock_unlock_write(&self->lock);
    ROUSE_END;
}
#elif defined USE_semaphore
USE(struct rouse_semaphore room; struct rouse_semaphore_acquire acquire;)
{
    ROUSE_BEGIN;
    rouse_semaphore_init(&self->room, 3);
    ROUSE_AWAIT(self->acquire, rouse_semaphore_acquire(&self->room, 2));
    rouse_semaphore_release(&self->room, 2);
    ROUSE_END;
}
#elif defined USE_notify
USE(struct rouse_notify changed; struct rouse_notify_wait wait;)
{
    ROUSE_BEGIN;
    rouse_notify_init(&self->changed);
    rouse_notify_one(&self->changed);
    ROUSE_AWAIT(self->wait, rouse_notify_wait(&self->changed));
    ROUSE_END;
}
#elif defined USE_event
USE(struct rouse_event ready; struct rouse_event_wait wait;)
{
    ROUSE_BEGIN;
    rouse_event_init(&self->ready);
    rouse_event_set(&self->ready);
    ROUSE_AWAIT(self->wait, rouse_event_wait(&self->ready));
    ROUSE_END;
}
#elif defined USE_barrier
USE(struct rouse_barrier barrier; struct rouse_barrier_wait wait;)
{
    ROUSE_BEGIN;
    rouse_barrier_init(&self->barrier, 1);
    ROUSE_AWAIT(self->wait, rouse_barrier_wait(&self->barrier));
    ROUSE_END;
}
#elif defined USE_once
USE(struct rouse_once once; struct other init; struct rouse_once_get_or_init get;)
{
    ROUSE_BEGIN;
    rouse_once_init(&self->once);
    ROUSE_PUT(self->init, OTHER);
    ROUSE_AWAIT(self->get, rouse_once_get_or_init(&self->once, &self->init.future));
    ROUSE_END;
}
#elif defined USE_wait_group
USE(struct rouse_wait_group group; struct rouse_wait_group_wait wait;)
{
    ROUSE_BEGIN;
    rouse_wait_group_init(&self->group);
    rouse_wait_group_add(&self->group, 1);
    rouse_wait_group_done(&self->group);
    ROUSE_AWAIT(self->wait, rouse_wait_group_wait(&self->group));
    ROUSE_END;
}
#elif defined USE_timeout
USE(struct other other; struct rouse_timeout limit;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->other, OTHER);
    ROUSE_AWAIT(self->limit, rouse_timeout(&self->other.future, ROUSE_S));
    ROUSE_END;
}
#elif defined USE_interval
USE(struct rouse_interval ticks;)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->ticks, rouse_interval(ROUSE_MS, ROUSE_SKIP))
        break;
    ROUSE_FINALLY;
    rouse_drop(&self->ticks.future);
    ROUSE_END;
}
#endif

USE_MAIN
