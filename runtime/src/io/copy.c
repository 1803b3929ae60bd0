/* copy.c: copies from a reader to a writer. Invariant: a byte stays in the reader's buffer until
   the writer took it, so a copy that is cancelled loses nothing. */
#include "buffered_ends.h"

/* While the reader has nothing, no byte should wait in the writer. */
static struct rouse_polled flush_once(struct rouse_copy *self, struct rouse_context *cx)
{
    if (!self->unflushed)
        return ROUSE_READY(ROUSE_OK);
    struct rouse_polled polled = rouse_poll_flush(self->to, cx);
    if (polled.status == ROUSE_OK)
        self->unflushed = false;
    return polled;
}

static struct rouse_polled read_some(struct rouse_copy *self, struct rouse_context *cx)
{
    struct rouse_polled polled = rouse_i_buffered_read_more(self->from, cx);
    if (!rouse_is_pending(polled))
        return polled;
    struct rouse_polled flushed = flush_once(self, cx);
    return flushed.status < 0 ? flushed : polled;
}

static struct rouse_polled write_some(struct rouse_copy *self, struct rouse_context *cx)
{
    struct rouse_slice buffered = rouse_buffered(self->from);
    size_t count;
    struct rouse_polled polled =
        rouse_poll_write(self->to, cx, buffered.data, buffered.size, &count);
    self->from->start += count;
    self->out += count;
    self->unflushed |= count > 0;
    return polled;
}

static struct rouse_polled copy_rest(struct rouse_copy *self, struct rouse_context *cx)
{
    for (;;) {
        bool empty = rouse_buffered(self->from).size == 0;
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
        struct rouse_polled polled = empty ? read_some(self, cx) : write_some(self, cx);
        if (empty && polled.status == ROUSE_ERR_CLOSED)
            return flush_once(self, cx);
        if (polled.status != ROUSE_OK)
            return polled;
    }
}

static struct rouse_polled copy_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_copy *self = (struct rouse_copy *)(void *)f;
    rouse_i_io_claim(&self->from->reader.user, f);
    rouse_i_io_claim(&self->to->user, f);
    struct rouse_polled polled = copy_rest(self, cx);
    if (rouse_is_pending(polled))
        return polled;
    rouse_i_leave_reader(&self->from->reader, f);
    rouse_i_leave_writer(self->to, f);
    return polled;
}

static void copy_drop(struct rouse_future *f)
{
    struct rouse_copy *self = (struct rouse_copy *)(void *)f;
    rouse_i_leave_reader(&self->from->reader, f);
    rouse_i_leave_writer(self->to, f);
}

static const struct rouse_type rouse_copy_type = {"rouse_copy", __FILE__, sizeof(struct rouse_copy),
                                                  copy_poll, copy_drop};

struct rouse_copy rouse_copy(struct rouse_buffered_reader *from, struct rouse_writer *to)
{
    /* A copy that was cancelled may have left bytes in the writer: this one flushes them too. */
    return ROUSE_FUTURE(rouse_copy, .from = from, .to = to, .unflushed = true);
}
