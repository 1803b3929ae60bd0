// A stream in a join: it has no end to wait for.
// trap: rouse: bug: a stream in a join: await its next item instead
// trap: in rouse_interval (runtime/src/core/time.c
#include <rouse/rouse.h>

struct demo {
    struct rouse_future future;
    struct rouse_interval every;
    struct rouse_join join;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->every, rouse_interval(ROUSE_MS, ROUSE_SKIP));
    ROUSE_AWAIT(self->join, rouse_join(ROUSE_LIST(&self->every.future)));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
