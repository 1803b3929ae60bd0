// An adapter is put around a future that is no stream.
// trap: rouse: bug: the source is not a stream: it ended with ROUSE_OK, not ROUSE_ERR_CLOSED
// trap: in rouse_take (runtime/src/stream/bounds.c
// trap: awaited by job (tests/traps/stream_of_no_stream.c:17)
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    struct rouse_take two;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->nap, rouse_sleep(1));
    ROUSE_AWAIT(self->two, rouse_take(&self->nap.future, 2));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
