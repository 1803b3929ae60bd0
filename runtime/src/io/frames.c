/* frames.c: frames: a length, then that many bytes. A frame is read and written whole. */
#include "buffered_ends.h"
#include <string.h>

enum { DEFAULT_WIDTH = 4 };

static struct rouse_framing framing_or_default(const struct rouse_framing *framing)
{
    struct rouse_framing result = framing ? *framing : (struct rouse_framing){0};
    if (result.width == 0)
        result.width = DEFAULT_WIDTH;
    return result;
}

static bool width_is_valid(unsigned width)
{
    return width == 1 || width == 2 || width == 4 || width == 8;
}

/* The longest frame that fits into `memory` bytes together with its length. */
static uint64_t longest(const struct rouse_framing *framing, size_t memory)
{
    uint64_t by_memory = memory - framing->width;
    return framing->max && framing->max < by_memory ? framing->max : by_memory;
}

/* ---- Reading ------------------------------------------------------------------------------- */

static uint64_t length_at(const struct rouse_framing *framing, const char *data)
{
    uint64_t length = 0;
    for (unsigned i = 0; i < framing->width; i++) {
        unsigned at = framing->little_endian ? framing->width - 1 - i : i;
        length = length << 8 | (unsigned char)data[at];
    }
    return length;
}

static struct rouse_polled read_frame(struct rouse_buffered_reader *b, struct rouse_context *cx,
                                      const struct rouse_framing *framing, struct rouse_slice *out)
{
    size_t width = framing->width;
    if (!width_is_valid(framing->width))
        return ROUSE_READY(ROUSE_ERR_INVALID);
    struct rouse_polled polled = rouse_i_buffered_fill(b, cx, width);
    if (polled.status == ROUSE_OK) {
        uint64_t length = length_at(framing, rouse_buffered(b).data);
        if (length > longest(framing, b->size))
            return ROUSE_READY(ROUSE_ERR_FULL);
        polled = rouse_i_buffered_fill(b, cx, width + (size_t)length);
        if (polled.status == ROUSE_OK) {
            b->start += width;
            return rouse_i_buffered_take(b, (size_t)length, out);
        }
    }
    bool cut_short = polled.status == ROUSE_ERR_CLOSED && rouse_buffered(b).size > 0;
    return cut_short ? ROUSE_READY(ROUSE_ERR_INVALID) : polled;
}

static struct rouse_polled read_frame_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_read_frame *self = (struct rouse_read_frame *)(void *)f;
    struct rouse_io_user *user = &self->from->reader.user;
    rouse_i_io_claim(user, f);
    return rouse_i_io_settle(user, read_frame(self->from, cx, &self->framing, &self->out));
}

static void read_frame_drop(struct rouse_future *f)
{
    rouse_i_leave_reader(&((struct rouse_read_frame *)(void *)f)->from->reader, f);
}

static const struct rouse_type rouse_read_frame_type = {"rouse_read_frame", __FILE__,
                                                        sizeof(struct rouse_read_frame),
                                                        read_frame_poll, read_frame_drop};

struct rouse_read_frame rouse_read_frame(struct rouse_buffered_reader *from,
                                         const struct rouse_framing *framing)
{
    return ROUSE_FUTURE(rouse_read_frame, .from = from, .framing = framing_or_default(framing));
}

static struct rouse_polled frames_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_frames *self = (struct rouse_frames *)(void *)f;
    struct rouse_io_user *user = &self->from->reader.user;
    rouse_i_io_claim(user, f);
    struct rouse_polled polled = read_frame(self->from, cx, &self->framing, &self->out);
    if (polled.status == ROUSE_OK)
        polled = rouse_item(f, &self->out);
    return rouse_i_io_settle(user, polled);
}

static void frames_drop(struct rouse_future *f)
{
    rouse_i_leave_reader(&((struct rouse_frames *)(void *)f)->from->reader, f);
}

static const struct rouse_type rouse_frames_type = {
    "rouse_frames", __FILE__, sizeof(struct rouse_frames), frames_poll, frames_drop};

struct rouse_frames rouse_frames(struct rouse_buffered_reader *from,
                                 const struct rouse_framing *framing)
{
    return ROUSE_FUTURE(rouse_frames, .from = from, .framing = framing_or_default(framing));
}

/* ---- Writing ------------------------------------------------------------------------------- */

static void put_length(const struct rouse_framing *framing, char *data, uint64_t length)
{
    for (unsigned i = 0; i < framing->width; i++, length >>= 8)
        data[framing->little_endian ? i : framing->width - 1 - i] = (char)(length & 0xff);
}

static bool fits_width(unsigned width, uint64_t length)
{
    return width == 8 || length >> (8 * width) == 0;
}

static struct rouse_polled write_frame(struct rouse_write_frame *self, struct rouse_context *cx)
{
    const struct rouse_framing *framing = &self->framing;
    struct rouse_buffered_writer *b = self->to;
    size_t size = self->data.size;
    char *room;
    if (!width_is_valid(framing->width))
        return ROUSE_READY(ROUSE_ERR_INVALID);
    if (b->size < framing->width || size > longest(framing, b->size) ||
        !fits_width(framing->width, size))
        return ROUSE_READY(ROUSE_ERR_FULL);
    struct rouse_polled polled = rouse_i_buffered_reserve(b, cx, framing->width + size, &room);
    if (polled.status != ROUSE_OK)
        return polled;
    put_length(framing, room, size);
    if (size > 0)
        memcpy(room + framing->width, self->data.data, size);
    return polled;
}

static struct rouse_polled write_frame_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_write_frame *self = (struct rouse_write_frame *)(void *)f;
    struct rouse_io_user *user = &self->to->writer.user;
    rouse_i_io_claim(user, f);
    return rouse_i_io_settle(user, write_frame(self, cx));
}

static void write_frame_drop(struct rouse_future *f)
{
    rouse_i_leave_writer(&((struct rouse_write_frame *)(void *)f)->to->writer, f);
}

static const struct rouse_type rouse_write_frame_type = {"rouse_write_frame", __FILE__,
                                                         sizeof(struct rouse_write_frame),
                                                         write_frame_poll, write_frame_drop};

struct rouse_write_frame rouse_write_frame(struct rouse_buffered_writer *to,
                                           const struct rouse_framing *framing, const void *data,
                                           size_t size)
{
    return ROUSE_FUTURE(rouse_write_frame, .to = to, .data = {data, size},
                        .framing = framing_or_default(framing));
}
