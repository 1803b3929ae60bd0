/* merged.c: one stream made of several: chain, zip, merge. */
#include "pull.h"
#include <rouse/stream.h>

/* ---- One after the other ------------------------------------------------------------------- */

static void chain_drop(struct rouse_future *f)
{
    rouse_drop(((struct rouse_chain *)(void *)f)->second);
    rouse_i_adapter_drop(f);
}

static struct rouse_polled chain_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_chain *self = (struct rouse_chain *)(void *)f;
    rouse_status status = rouse_i_pull(f, self->source, cx);
    if (status == ROUSE_ERR_CLOSED && self->second) {
        self->source = self->second;
        self->second = NULL;
        status = rouse_i_pull(f, self->source, cx);
    }
    if (status == ROUSE_ITEM_)
        return rouse_item(f, self->source->item);
    if (status != ROUSE_PENDING_)
        chain_drop(f);
    return rouse_polled(status);
}

static const struct rouse_type rouse_chain_type = {
    "rouse_chain", __FILE__, sizeof(struct rouse_chain), chain_poll, chain_drop};

struct rouse_chain rouse_chain(struct rouse_future *first, struct rouse_future *second)
{
    return ROUSE_FUTURE(rouse_chain, .source = first, .second = second);
}

/* ---- Side by side -------------------------------------------------------------------------- */

static void zip_drop(struct rouse_future *f)
{
    struct rouse_zip *self = (struct rouse_zip *)(void *)f;
    rouse_drop(self->sources[0]);
    rouse_drop(self->sources[1]);
}

/* The item that comes first stays in its source, which is not polled until the other came. */
static struct rouse_polled zip_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_zip *self = (struct rouse_zip *)(void *)f;
    for (int i = 0; i < 2; i++) {
        rouse_status status =
            self->held[i] ? ROUSE_ITEM_ : rouse_i_poll_source(f, self->sources[i], cx);
        if (status <= 0) {
            zip_drop(f);
            return ROUSE_READY(status);
        }
        self->held[i] = status == ROUSE_ITEM_;
    }
    if (!self->held[0] || !self->held[1])
        return ROUSE_PENDING;
    self->held[0] = self->held[1] = false;
    self->out.first = self->sources[0]->item;
    self->out.second = self->sources[1]->item;
    return rouse_item(f, &self->out);
}

static const struct rouse_type rouse_zip_type = {"rouse_zip", __FILE__, sizeof(struct rouse_zip),
                                                 zip_poll, zip_drop};

struct rouse_zip rouse_zip(struct rouse_future *first, struct rouse_future *second)
{
    return ROUSE_FUTURE(rouse_zip, .sources = {first, second});
}

/* ---- As they come -------------------------------------------------------------------------- */

static struct rouse_future *const *merge_list(const struct rouse_merge *self)
{
    return self->borrowed ? self->borrowed : self->copied;
}

static void merge_drop(struct rouse_future *f)
{
    struct rouse_merge *self = (struct rouse_merge *)(void *)f;
    for (size_t i = 0; i < self->count; i++)
        rouse_drop(merge_list(self)[i]);
}

/* Begins behind the source that gave the last item, so no source is passed over twice. */
static struct rouse_polled merge_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_merge *self = (struct rouse_merge *)(void *)f;
    size_t start = self->start, pending = 0;
    for (size_t n = 0; n < self->count; n++) {
        size_t i = start + n < self->count ? start + n : start + n - self->count;
        struct rouse_future *source = merge_list(self)[i];
        if (!source)
            continue;
        rouse_status status = rouse_i_poll_source(f, source, cx);
        if (status == ROUSE_ITEM_) {
            self->index = i;
            self->start = i + 1;
            return rouse_item(f, source->item);
        }
        if (status < 0 && status != ROUSE_ERR_CLOSED) {
            merge_drop(f);
            return ROUSE_READY(status);
        }
        pending += status == ROUSE_PENDING_;
    }
    return pending ? ROUSE_PENDING : ROUSE_READY(ROUSE_ERR_CLOSED);
}

static const struct rouse_type rouse_merge_type = {
    "rouse_merge", __FILE__, sizeof(struct rouse_merge), merge_poll, merge_drop};

struct rouse_merge rouse_merge(struct rouse_future *const *list, size_t count)
{
    struct rouse_merge merge = ROUSE_FUTURE(rouse_merge, .count = count);
    if (count > ROUSE_LIST_MAX)
        merge.borrowed = list;
    else
        for (size_t i = 0; i < count; i++)
            merge.copied[i] = list[i];
    return merge;
}
