/* buffered_reader.c: a reader with memory.

     memory |  free  | start ... end: buffered |  room  | size

   Invariant: reads go into the room. They move to the front only when no room is left. */
#include "buffered_ends.h"
#include <string.h>

static struct rouse_polled buffered_read(struct rouse_reader *reader, struct rouse_context *cx,
                                         void *buffer, size_t size, size_t *count)
{
    struct rouse_buffered_reader *b = ROUSE_OWNER(reader, struct rouse_buffered_reader, reader);
    if (b->start == b->end && size >= b->size)
        return rouse_poll_read(b->inner, cx, buffer, size, count); /* without a second copy */
    if (b->start == b->end) {
        struct rouse_polled polled = rouse_i_buffered_read_more(b, cx);
        if (polled.status != ROUSE_OK)
            return polled;
    }
    *count = b->end - b->start < size ? b->end - b->start : size;
    memcpy(buffer, b->memory + b->start, *count);
    b->start += *count;
    return ROUSE_READY(ROUSE_OK);
}

static void buffered_cancel(struct rouse_reader *reader)
{
    rouse_cancel_read(ROUSE_OWNER(reader, struct rouse_buffered_reader, reader)->inner);
}

void rouse_buffered_reader_init(struct rouse_buffered_reader *b, struct rouse_reader *inner,
                                void *memory, size_t size)
{
    static const struct rouse_reader_calls calls = {buffered_read, buffered_cancel};
    *b = (struct rouse_buffered_reader){
        .reader = {.calls = &calls}, .inner = inner, .memory = memory, .size = size};
}

struct rouse_slice rouse_buffered(const struct rouse_buffered_reader *b)
{
    return (struct rouse_slice){b->memory + b->start, b->end - b->start};
}

void rouse_consume(struct rouse_buffered_reader *b, size_t n)
{
    if (b->reader.user.future)
        rouse_i_bug(b->reader.user.future, "rouse_consume while this future uses the reader");
    if (n > b->end - b->start)
        rouse_i_bug(NULL, "rouse_consume of more than is buffered");
    b->start += n;
}

struct rouse_polled rouse_i_buffered_take(struct rouse_buffered_reader *b, size_t n,
                                          struct rouse_slice *out)
{
    *out = (struct rouse_slice){b->memory + b->start, n};
    b->start += n;
    return ROUSE_READY(ROUSE_OK);
}

struct rouse_polled rouse_i_buffered_read_more(struct rouse_buffered_reader *b,
                                               struct rouse_context *cx)
{
    size_t buffered = b->end - b->start, count;
    if (buffered == b->size)
        return ROUSE_READY(ROUSE_ERR_FULL);
    if (buffered == 0 || b->end == b->size) {
        memmove(b->memory, b->memory + b->start, buffered);
        b->start = 0;
        b->end = buffered;
    }
    struct rouse_polled polled =
        rouse_poll_read(b->inner, cx, b->memory + b->end, b->size - b->end, &count);
    b->end += count;
    return polled;
}

/* ---- Fill ---------------------------------------------------------------------------------- */

struct rouse_polled rouse_i_buffered_fill(struct rouse_buffered_reader *b, struct rouse_context *cx,
                                          size_t n)
{
    while (b->end - b->start < n) {
        if (n > b->size)
            return ROUSE_READY(ROUSE_ERR_FULL);
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
        struct rouse_polled polled = rouse_i_buffered_read_more(b, cx);
        if (polled.status != ROUSE_OK)
            return polled;
    }
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled fill_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_fill *self = (struct rouse_fill *)(void *)f;
    struct rouse_buffered_reader *b = self->from;
    rouse_i_io_claim(&b->reader.user, f);
    struct rouse_polled polled = rouse_i_buffered_fill(b, cx, self->n);
    self->out = rouse_buffered(b);
    return rouse_i_io_settle(&b->reader.user, polled);
}

static void fill_drop(struct rouse_future *f)
{
    rouse_i_leave_reader(&((struct rouse_fill *)(void *)f)->from->reader, f);
}

static const struct rouse_type rouse_fill_type = {"rouse_fill", __FILE__, sizeof(struct rouse_fill),
                                                  fill_poll, fill_drop};

struct rouse_fill rouse_fill(struct rouse_buffered_reader *from, size_t n)
{
    return ROUSE_FUTURE(rouse_fill, .from = from, .n = n);
}
