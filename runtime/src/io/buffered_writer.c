/* buffered_writer.c: a writer with memory. Invariant: the bytes from `start` to `end` were accepted
   and are not written yet. */
#include "buffered_ends.h"
#include <string.h>

static struct rouse_buffered_writer *owner(struct rouse_writer *writer)
{
    return ROUSE_OWNER(writer, struct rouse_buffered_writer, writer);
}

/* Writes held bytes once. Calls rouse_spend after the write, not before: the caller has called it
   already, and with a budget of one the second call would fail for ever. */
static struct rouse_polled write_held(struct rouse_buffered_writer *b, struct rouse_context *cx)
{
    size_t count;
    struct rouse_polled polled =
        rouse_poll_write(b->inner, cx, b->memory + b->start, b->end - b->start, &count);
    b->start += count;
    if (b->start == b->end)
        b->start = b->end = 0;
    return polled.status == ROUSE_OK && !rouse_spend(cx) ? ROUSE_PENDING : polled;
}

static struct rouse_polled write_all_held(struct rouse_buffered_writer *b, struct rouse_context *cx)
{
    while (b->start < b->end) {
        struct rouse_polled polled = write_held(b, cx);
        if (polled.status != ROUSE_OK)
            return polled;
    }
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled buffered_write(struct rouse_writer *writer, struct rouse_context *cx,
                                          const void *data, size_t size, size_t *count)
{
    struct rouse_buffered_writer *b = owner(writer);
    if (b->end == b->size) {
        struct rouse_polled polled = write_all_held(b, cx);
        if (polled.status != ROUSE_OK)
            return polled;
    }
    if (b->end == 0 && size >= b->size)
        return rouse_poll_write(b->inner, cx, data, size, count);
    *count = b->size - b->end < size ? b->size - b->end : size;
    memcpy(b->memory + b->end, data, *count);
    b->end += *count;
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled buffered_flush(struct rouse_writer *writer, struct rouse_context *cx)
{
    struct rouse_buffered_writer *b = owner(writer);
    struct rouse_polled polled = write_all_held(b, cx);
    return polled.status == ROUSE_OK ? rouse_poll_flush(b->inner, cx) : polled;
}

static struct rouse_polled buffered_shutdown(struct rouse_writer *writer, struct rouse_context *cx)
{
    struct rouse_buffered_writer *b = owner(writer);
    struct rouse_polled polled = write_all_held(b, cx);
    return polled.status == ROUSE_OK ? rouse_poll_shutdown(b->inner, cx) : polled;
}

static void buffered_cancel(struct rouse_writer *writer)
{
    rouse_cancel_write(owner(writer)->inner);
}

void rouse_buffered_writer_init(struct rouse_buffered_writer *b, struct rouse_writer *inner,
                                void *memory, size_t size)
{
    static const struct rouse_writer_calls calls = {buffered_write, buffered_flush,
                                                    buffered_shutdown, buffered_cancel};
    *b = (struct rouse_buffered_writer){
        .writer = {.calls = &calls}, .inner = inner, .memory = memory, .size = size};
}

struct rouse_slice rouse_unwritten(const struct rouse_buffered_writer *b)
{
    return (struct rouse_slice){b->memory + b->start, b->end - b->start};
}

struct rouse_polled rouse_i_buffered_reserve(struct rouse_buffered_writer *b,
                                             struct rouse_context *cx, size_t n, char **room)
{
    while (b->size - (b->end - b->start) < n) {
        struct rouse_polled polled = write_held(b, cx);
        if (polled.status != ROUSE_OK)
            return polled;
    }
    if (b->size - b->end < n) {
        memmove(b->memory, b->memory + b->start, b->end - b->start);
        b->end -= b->start;
        b->start = 0;
    }
    *room = b->memory + b->end;
    b->end += n;
    return ROUSE_READY(ROUSE_OK);
}
