// Two futures read from one reader: one of them would never be woken.
// trap: rouse: bug: two futures use one reader or writer at the same time
// trap: in rouse_read (runtime/src/io/read.c
#include <rouse/rouse.h>

struct demo {
    struct rouse_future future;
    struct rouse_pipe pipe;
    char ring[4], buffer[2];
    struct rouse_read reads[2];
    struct rouse_join both;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_pipe_init(&self->pipe, self->ring, sizeof self->ring);
    ROUSE_PUT(self->reads[0], rouse_read(&self->pipe.reader, &self->buffer[0], 1));
    ROUSE_PUT(self->reads[1], rouse_read(&self->pipe.reader, &self->buffer[1], 1));
    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->reads[0].future, &self->reads[1].future)));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
