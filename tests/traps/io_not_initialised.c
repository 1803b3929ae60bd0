// A pipe is used before rouse_pipe_init.
// trap: rouse: bug: a reader or writer was never initialised
#include <rouse/rouse.h>

struct demo {
    struct rouse_future future;
    struct rouse_pipe pipe;
    struct rouse_flush flush;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->flush, rouse_flush(&self->pipe.writer));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
