/* read.c: reads once, or until the buffer is full. */
#include "io_user.h"
#include "../core/stack_place.h"

static struct rouse_polled read_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_read *self = (struct rouse_read *)(void *)f;
    rouse_i_place_check(f, cx, self->buffer);
    if (self->size == 0)
        return ROUSE_READY(ROUSE_OK);
    rouse_i_io_claim(&self->reader->user, f);
    return rouse_i_io_settle(&self->reader->user, rouse_poll_read(self->reader, cx, self->buffer,
                                                                  self->size, &self->out));
}

static void read_drop(struct rouse_future *f)
{
    rouse_i_leave_reader(((struct rouse_read *)(void *)f)->reader, f);
}

const struct rouse_type rouse_read_type = {"rouse_read", __FILE__, sizeof(struct rouse_read),
                                           read_poll, read_drop};

struct rouse_read rouse_read(struct rouse_reader *reader, void *buffer, size_t size)
{
    return ROUSE_FUTURE(rouse_read, .reader = reader, .buffer = buffer, .size = size);
}

/* ---- All of it ----------------------------------------------------------------------------- */

static struct rouse_polled read_rest(struct rouse_read_exact *self, struct rouse_context *cx)
{
    while (self->out < self->size) {
        size_t count;
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
        struct rouse_polled polled = rouse_poll_read(self->reader, cx, self->buffer + self->out,
                                                     self->size - self->out, &count);
        if (polled.status != ROUSE_OK)
            return polled;
        self->out += count;
    }
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled read_exact_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_read_exact *self = (struct rouse_read_exact *)(void *)f;
    rouse_i_place_check(f, cx, self->buffer);
    rouse_i_io_claim(&self->reader->user, f);
    return rouse_i_io_settle(&self->reader->user, read_rest(self, cx));
}

static void read_exact_drop(struct rouse_future *f)
{
    rouse_i_leave_reader(((struct rouse_read_exact *)(void *)f)->reader, f);
}

static const struct rouse_type rouse_read_exact_type = {"rouse_read_exact", __FILE__,
                                                        sizeof(struct rouse_read_exact),
                                                        read_exact_poll, read_exact_drop};

struct rouse_read_exact rouse_read_exact(struct rouse_reader *reader, void *buffer, size_t size)
{
    return ROUSE_FUTURE(rouse_read_exact, .reader = reader, .buffer = buffer, .size = size);
}
