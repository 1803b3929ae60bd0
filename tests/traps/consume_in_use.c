// What a future is looking at is consumed under its hands.
// trap: rouse: bug: rouse_consume while this future uses the reader
// trap: in rouse_read_line (runtime/src/io/read_until.c
#include <rouse/rouse.h>

struct demo {
    struct rouse_future future;
    struct rouse_pipe pipe;
    struct rouse_buffered_reader buffered;
    char ring[4], memory[8];
    struct rouse_write_all write;
    struct rouse_read_line line;
    struct rouse_poll_once once;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_pipe_init(&self->pipe, self->ring, sizeof self->ring);
    rouse_buffered_reader_init(&self->buffered, &self->pipe.reader, self->memory,
                               sizeof self->memory);
    ROUSE_AWAIT(self->write, rouse_write_all(&self->pipe.writer, "ab", 2));
    ROUSE_PUT(self->line, rouse_read_line(&self->buffered));
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->line.future));
    rouse_consume(&self->buffered, 1);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
