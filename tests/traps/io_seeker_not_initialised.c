// A seeker is used before anything made one of it.
// trap: rouse: bug: a seeker was never initialised
#include <rouse/rouse.h>

struct demo {
    struct rouse_future future;
    struct rouse_seeker seeker;
    struct rouse_seek seek;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->seek, rouse_seek(&self->seeker, 0, ROUSE_FROM_START));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
