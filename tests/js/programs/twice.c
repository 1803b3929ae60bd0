/* Locks a mutex that it has. */
#include <rouse/rouse.h>

struct twice {
    struct rouse_future future;
    struct rouse_mutex mutex;
    struct rouse_mutex_lock lock;
};
ROUSE_ASYNC(twice)
{
    ROUSE_BEGIN;
    rouse_mutex_init(&self->mutex);
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(&self->mutex));
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(&self->mutex));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(twice))
