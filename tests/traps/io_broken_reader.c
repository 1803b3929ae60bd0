// A reader says that it read, but nothing: CLOSED is the end, and a wait is rouse_io_wait.
// trap: rouse: bug: a reader or writer broke its promise
// trap: in rouse_read (runtime/src/io/read.c
#include <rouse/rouse.h>

static struct rouse_polled read_nothing(struct rouse_reader *reader, struct rouse_context *cx,
                                        void *buffer, size_t size, size_t *count)
{
    return ROUSE_READY(ROUSE_OK);
}

struct demo {
    struct rouse_future future;
    struct rouse_reader reader;
    char buffer[1];
    struct rouse_read read;
};

ROUSE_ASYNC(demo)
{
    static const struct rouse_reader_calls calls = {read_nothing, NULL};
    ROUSE_BEGIN;
    self->reader.calls = &calls;
    ROUSE_AWAIT(self->read, rouse_read(&self->reader, self->buffer, 1));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
