// A writer takes bytes and still says that the call has to wait: they would be written twice.
// trap: rouse: bug: a reader or writer broke its promise
// trap: in rouse_write (runtime/src/io/write.c
#include <rouse/rouse.h>

static struct rouse_polled take_and_wait(struct rouse_writer *writer, struct rouse_context *cx,
                                         const void *data, size_t size, size_t *count)
{
    *count = size;
    return rouse_io_wait(&writer->user, cx);
}

struct demo {
    struct rouse_future future;
    struct rouse_writer writer;
    struct rouse_write write;
};

ROUSE_ASYNC(demo)
{
    static const struct rouse_writer_calls calls = {take_and_wait, NULL, NULL, NULL};
    ROUSE_BEGIN;
    self->writer.calls = &calls;
    ROUSE_AWAIT(self->write, rouse_write(&self->writer, "x", 1));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
