/* write_line.c: writes a line, whole or not at all. */
#include "buffered_ends.h"
#include <string.h>

static struct rouse_polled write_line(struct rouse_write_line *self, struct rouse_context *cx)
{
    char *room;
    size_t size = self->data.size;
    if (size >= self->to->size)
        return ROUSE_READY(ROUSE_ERR_FULL);
    struct rouse_polled polled = rouse_i_buffered_reserve(self->to, cx, size + 1, &room);
    if (polled.status != ROUSE_OK)
        return polled;
    if (size > 0)
        memcpy(room, self->data.data, size);
    room[size] = '\n';
    return polled;
}

static struct rouse_polled write_line_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_write_line *self = (struct rouse_write_line *)(void *)f;
    struct rouse_io_user *user = &self->to->writer.user;
    rouse_i_io_claim(user, f);
    return rouse_i_io_settle(user, write_line(self, cx));
}

static void write_line_drop(struct rouse_future *f)
{
    rouse_i_leave_writer(&((struct rouse_write_line *)(void *)f)->to->writer, f);
}

static const struct rouse_type rouse_write_line_type = {"rouse_write_line", __FILE__,
                                                        sizeof(struct rouse_write_line),
                                                        write_line_poll, write_line_drop};

struct rouse_write_line rouse_write_line(struct rouse_buffered_writer *to, const void *data,
                                         size_t size)
{
    return ROUSE_FUTURE(rouse_write_line, .to = to, .data = {data, size});
}
