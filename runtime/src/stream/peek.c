/* peek.c: looks at the next item without taking it. A peek polls the stream and marks the item as
   held: the stream's next poll gives the same item again. */
#include "pull.h"

static struct rouse_polled peekable_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_peekable *self = (struct rouse_peekable *)(void *)f;
    rouse_status status = self->held ? ROUSE_ITEM_ : rouse_i_pull(f, self->source, cx);
    self->held = false;
    return status == ROUSE_ITEM_ ? rouse_item(f, self->source->item) : rouse_polled(status);
}

ROUSE_I_ADAPTER_TYPE(rouse_peekable, peekable_poll);

struct rouse_peekable rouse_peekable(struct rouse_future *source)
{
    return ROUSE_FUTURE(rouse_peekable, .source = source);
}

static struct rouse_polled peek_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_peek *self = (struct rouse_peek *)(void *)f;
    struct rouse_peekable *stream = self->stream;
    if (!stream->held) {
        rouse_status status = rouse_i_poll_source(f, &stream->future, cx);
        if (status != ROUSE_ITEM_)
            return rouse_polled(status);
        stream->held = true;
    }
    const void *item = stream->source->item;
    if (!self->function) {
        self->out = item;
    } else if (self->function(self->data, item)) {
        stream->held = false;
        self->out = item;
    }
    return ROUSE_READY(ROUSE_OK);
}

static const struct rouse_type rouse_peek_type = {"rouse_peek", __FILE__, sizeof(struct rouse_peek),
                                                  peek_poll, NULL};

struct rouse_peek rouse_peek(struct rouse_peekable *stream)
{
    return ROUSE_FUTURE(rouse_peek, .stream = stream);
}

struct rouse_peek rouse_next_if(struct rouse_peekable *stream, rouse_predicate function, void *data)
{
    return ROUSE_FUTURE(rouse_peek, .stream = stream, .function = function, .data = data);
}
