/* read_to_end.c: a buffer that grows, and reads everything into it. */
#include "../core/executor.h"
#include "io_user.h"

enum { FIRST_CAPACITY = 256 };

void rouse_buffer_init(struct rouse_buffer *buffer, void *memory, size_t size)
{
    *buffer = (struct rouse_buffer){.data = memory, .capacity = size, .fixed = true};
}

void rouse_buffer_drop(struct rouse_buffer *buffer)
{
    if (buffer->allocate)
        buffer->allocate(buffer->allocate_data, buffer->data, buffer->capacity, 0);
    *buffer = (struct rouse_buffer){0};
}

static rouse_status grow(struct rouse_buffer *buffer, const struct rouse_runtime *rt, size_t max)
{
    size_t old = buffer->capacity, wanted = old < FIRST_CAPACITY ? FIRST_CAPACITY : old * 2;
    rouse_allocate allocate = buffer->allocate;
    void *allocate_data = buffer->allocate_data;
    if (!allocate) {
        if (!rt)
            return ROUSE_ERR_NOT_SUPPORTED; /* a foreign executor without an allocator */
        allocate = rouse_i_allocator(rt);
        allocate_data = rt->options.allocate_data;
    }
    if (wanted > max || wanted < old)
        wanted = max;
    void *data = allocate(allocate_data, buffer->data, old, wanted);
    if (!data)
        return ROUSE_ERR_NO_MEMORY;
    buffer->data = data;
    buffer->capacity = wanted;
    buffer->allocate = allocate;
    buffer->allocate_data = allocate_data;
    return ROUSE_OK;
}

/* Room for at least one byte. */
static rouse_status make_room(struct rouse_buffer *buffer, const struct rouse_runtime *rt,
                              size_t max)
{
    if (buffer->size >= max)
        return ROUSE_ERR_FULL;
    if (buffer->size < buffer->capacity)
        return ROUSE_OK;
    return buffer->fixed ? ROUSE_ERR_FULL : grow(buffer, rt, max);
}

static struct rouse_polled read_rest(struct rouse_read_to_end *self, struct rouse_context *cx)
{
    struct rouse_buffer *buffer = self->buffer;
    for (;;) {
        size_t count, end;
        rouse_status status = make_room(buffer, cx->runtime, self->max);
        if (status != ROUSE_OK)
            return ROUSE_READY(status);
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
        end = buffer->capacity < self->max ? buffer->capacity : self->max;
        struct rouse_polled polled = rouse_poll_read(self->reader, cx, buffer->data + buffer->size,
                                                     end - buffer->size, &count);
        if (polled.status == ROUSE_ERR_CLOSED)
            return ROUSE_READY(ROUSE_OK);
        if (polled.status != ROUSE_OK)
            return polled;
        buffer->size += count;
        self->out += count;
    }
}

static struct rouse_polled read_to_end_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_read_to_end *self = (struct rouse_read_to_end *)(void *)f;
    rouse_i_io_claim(&self->reader->user, f);
    return rouse_i_io_settle(&self->reader->user, read_rest(self, cx));
}

static void read_to_end_drop(struct rouse_future *f)
{
    rouse_i_leave_reader(((struct rouse_read_to_end *)(void *)f)->reader, f);
}

static const struct rouse_type rouse_read_to_end_type = {"rouse_read_to_end", __FILE__,
                                                         sizeof(struct rouse_read_to_end),
                                                         read_to_end_poll, read_to_end_drop};

struct rouse_read_to_end rouse_read_to_end(struct rouse_reader *reader, struct rouse_buffer *buffer,
                                           size_t max)
{
    return ROUSE_FUTURE(rouse_read_to_end, .reader = reader, .buffer = buffer, .max = max);
}
