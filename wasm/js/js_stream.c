/* js_stream.c: web streams as a reader and a writer, each with one call of JavaScript under way.
   Invariant: a read or write that is dropped does not end that call; its result is for the next. */
#include "js_host.h"

#include <string.h>

/* The call goes on, but wakes no task any more. */
static void drop_waker(struct rouse_i_js_op *op)
{
    rouse_waker_drop(&op->waker);
}

/* ---- Reading --------------------------------------------------------------------------------- */

static struct rouse_polled stream_read(struct rouse_reader *reader, struct rouse_context *cx,
                                       void *buffer, size_t size, size_t *count)
{
    struct rouse_js_reader *self = ROUSE_OWNER(reader, struct rouse_js_reader, reader);
    while (self->left.size == 0) {
        if (!self->call.future.type)
            self->call = rouse_js_read(self->stream);
        struct rouse_polled polled = rouse_poll(&self->call.future, cx);
        if (rouse_is_pending(polled))
            return polled;
        struct rouse_bytes chunk = self->call.out;
        self->call = (struct rouse_js_read){0};
        if (polled.status != ROUSE_OK)
            return polled;
        self->left = (struct rouse_slice){chunk.data, chunk.size};
    }
    size_t n = *count = size < self->left.size ? size : self->left.size;
    memcpy(buffer, self->left.data, n);
    self->left = (struct rouse_slice){self->left.data + n, self->left.size - n};
    return ROUSE_READY(ROUSE_OK);
}

static void read_cancel(struct rouse_reader *reader)
{
    drop_waker(&ROUSE_OWNER(reader, struct rouse_js_reader, reader)->call.op_);
}

void rouse_js_reader_init(struct rouse_js_reader *reader, rouse_js stream)
{
    static const struct rouse_reader_calls calls = {stream_read, read_cancel};
    *reader = (struct rouse_js_reader){.reader = {.calls = &calls}, .stream = stream};
}

void rouse_js_reader_drop(struct rouse_js_reader *reader)
{
    rouse_drop(&reader->call.future);
}

/* ---- Writing --------------------------------------------------------------------------------- */

/* Done once the last chunk has left. */
static struct rouse_polled stream_flush(struct rouse_writer *writer, struct rouse_context *cx)
{
    struct rouse_js_writer *self = ROUSE_OWNER(writer, struct rouse_js_writer, writer);
    if (!self->call.future.type)
        return ROUSE_READY(ROUSE_OK);
    struct rouse_polled polled = rouse_poll(&self->call.future, cx);
    if (!rouse_is_pending(polled))
        self->call = (struct rouse_js_write){0};
    return polled;
}

static struct rouse_polled stream_write(struct rouse_writer *writer, struct rouse_context *cx,
                                        const void *data, size_t size, size_t *count)
{
    struct rouse_js_writer *self = ROUSE_OWNER(writer, struct rouse_js_writer, writer);
    struct rouse_polled polled = stream_flush(writer, cx);
    if (polled.status != ROUSE_OK)
        return polled;
    self->call = rouse_js_write(self->stream, (struct rouse_bytes){data, size});
    polled = stream_flush(writer, cx); /* JavaScript takes its copy now */
    if (!rouse_is_pending(polled) && polled.status != ROUSE_OK)
        return polled;
    drop_waker(&self->call.op_);
    *count = size;
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled stream_shutdown(struct rouse_writer *writer, struct rouse_context *cx)
{
    struct rouse_js_writer *self = ROUSE_OWNER(writer, struct rouse_js_writer, writer);
    struct rouse_polled polled = stream_flush(writer, cx);
    if (polled.status != ROUSE_OK || self->ended)
        return polled;
    if (!self->end.future.type)
        self->end = rouse_js_end(self->stream);
    polled = rouse_poll(&self->end.future, cx);
    if (rouse_is_pending(polled))
        return polled;
    self->end = (struct rouse_js_end){0};
    self->ended = true;
    return polled;
}

static void write_cancel(struct rouse_writer *writer)
{
    struct rouse_js_writer *self = ROUSE_OWNER(writer, struct rouse_js_writer, writer);
    drop_waker(&self->call.op_);
    drop_waker(&self->end.op_);
}

void rouse_js_writer_init(struct rouse_js_writer *writer, rouse_js stream)
{
    static const struct rouse_writer_calls calls = {stream_write, stream_flush, stream_shutdown,
                                                    write_cancel};
    *writer = (struct rouse_js_writer){.writer = {.calls = &calls}, .stream = stream};
}

void rouse_js_writer_drop(struct rouse_js_writer *writer)
{
    rouse_drop(&writer->call.future);
    rouse_drop(&writer->end.future);
}
