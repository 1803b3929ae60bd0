// A stream is shared: its items are not results.
// trap: rouse: bug: a stream cannot be shared: share its next item instead
// trap: in rouse_interval (runtime/src/core/time.c
#include <rouse/rouse.h>

struct demo {
    struct rouse_future future;
    struct rouse_interval every;
    struct rouse_shared shared;
    struct rouse_shared_wait wait;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->every, rouse_interval(ROUSE_MS, ROUSE_SKIP));
    rouse_shared_init(&self->shared, &self->every.future);
    ROUSE_AWAIT(self->wait, rouse_shared_wait(&self->shared));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
