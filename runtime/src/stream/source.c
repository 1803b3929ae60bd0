/* source.c: what all adapters share, futures of one item, and borrowed streams. */
#include "pull.h"

/* ---- For adapters -------------------------------------------------------------------------- */

void rouse_i_adapter_drop(struct rouse_future *f)
{
    rouse_drop(((struct rouse_i_adapter *)(void *)f)->source);
}

rouse_status rouse_i_source_end(struct rouse_future *f, const struct rouse_future *source,
                                struct rouse_context *cx)
{
    rouse_status status = source->status;
    f->awaiting = NULL;
    if (status == ROUSE_OK)
        rouse_i_bug(f, "the source is not a stream: it ended with ROUSE_OK, not ROUSE_ERR_CLOSED");
    rouse_i_carry(cx, source, f);
    return status;
}

/* ---- One item ------------------------------------------------------------------------------ */

static struct rouse_polled next_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_next *self = (struct rouse_next *)(void *)f;
    rouse_status status = rouse_i_poll_source(f, self->stream, cx);
    if (status != ROUSE_ITEM_)
        return rouse_polled(status);
    self->out = self->stream->item;
    return ROUSE_READY(ROUSE_OK);
}

const struct rouse_type rouse_next_type = {"rouse_next", __FILE__, sizeof(struct rouse_next),
                                           next_poll, NULL};

ROUSE_MAKER_FUNCTION_(rouse_next, rouse_next)(struct rouse_future *stream)
{
    return rouse_next(stream);
}

static struct rouse_polled nth_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_nth *self = (struct rouse_nth *)(void *)f;
    for (;;) {
        rouse_status status = rouse_i_poll_source(f, self->stream, cx);
        if (status != ROUSE_ITEM_)
            return rouse_polled(status);
        if (self->left-- == 0)
            break;
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
    }
    self->out = self->stream->item;
    return ROUSE_READY(ROUSE_OK);
}

static const struct rouse_type rouse_nth_type = {"rouse_nth", __FILE__, sizeof(struct rouse_nth),
                                                 nth_poll, NULL};

struct rouse_nth rouse_nth(struct rouse_future *stream, size_t n)
{
    return ROUSE_FUTURE(rouse_nth, .stream = stream, .left = n);
}

/* ---- A borrowed stream --------------------------------------------------------------------- */

static struct rouse_polled by_ref_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_by_ref *self = (struct rouse_by_ref *)(void *)f;
    rouse_status status = rouse_i_poll_source(f, self->stream, cx);
    return status == ROUSE_ITEM_ ? rouse_item(f, self->stream->item) : rouse_polled(status);
}

static const struct rouse_type rouse_by_ref_type = {"rouse_by_ref", __FILE__,
                                                    sizeof(struct rouse_by_ref), by_ref_poll, NULL};

struct rouse_by_ref rouse_by_ref(struct rouse_future *stream)
{
    return ROUSE_FUTURE(rouse_by_ref, .stream = stream);
}
