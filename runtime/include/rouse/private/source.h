/* source.h: what the macros of rouse/source.h need. */
#ifndef ROUSE_PRIVATE_SOURCE_H
#define ROUSE_PRIVATE_SOURCE_H

#include "../source.h"
#include "maker.h"

#ifdef __cplusplus
extern "C" {
#endif

static inline struct rouse_polled rouse_i_stream_end(struct rouse_polled polled)
{
    return polled.status == ROUSE_OK ? ROUSE_READY(ROUSE_ERR_CLOSED) : polled;
}

static inline const void *rouse_i_item_of(const struct rouse_future *stream)
{
    if (stream->status != ROUSE_ITEM_ || !stream->item)
        rouse_i_bug(stream, "ROUSE_ITEM_OF a stream that has no item now");
    return stream->item;
}

/* The maker, see maker.h. */
extern const struct rouse_type rouse_next_type;
#ifndef __cplusplus
ROUSE_MAKER_(rouse_next);
#define rouse_next(stream_) ROUSE_MADE_(rouse_next, ROUSE_FUTURE(rouse_next, .stream = (stream_)))
#endif

#ifdef __cplusplus
}
#endif
#endif
