/* read_until.c: reads up to a delimiter, and lines. Invariant: every byte is searched once;
   `searched` counts the buffered bytes that hold no delimiter. */
#include "buffered_ends.h"
#include <string.h>

static struct rouse_polled search(struct rouse_buffered_reader *b, struct rouse_context *cx,
                                  char delimiter, size_t *searched, struct rouse_slice *out)
{
    for (;;) {
        struct rouse_slice have = rouse_buffered(b);
        const char *hit = NULL;
        if (have.size > *searched)
            hit = memchr(have.data + *searched, delimiter, have.size - *searched);
        if (hit)
            return rouse_i_buffered_take(b, (size_t)(hit - have.data) + 1, out);
        *searched = have.size;
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
        struct rouse_polled polled = rouse_i_buffered_read_more(b, cx);
        if (polled.status == ROUSE_ERR_CLOSED && have.size > 0)
            return rouse_i_buffered_take(b, have.size, out);
        if (polled.status != ROUSE_OK)
            return polled;
    }
}

static void trim(struct rouse_slice *line)
{
    if (line->size == 0 || line->data[line->size - 1] != '\n')
        return;
    line->size--;
    if (line->size > 0 && line->data[line->size - 1] == '\r')
        line->size--;
}

static struct rouse_polled read_until_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_read_until *self = (struct rouse_read_until *)(void *)f;
    struct rouse_io_user *user = &self->from->reader.user;
    rouse_i_io_claim(user, f);
    return rouse_i_io_settle(user,
                             search(self->from, cx, self->delimiter, &self->searched, &self->out));
}

static void read_until_drop(struct rouse_future *f)
{
    rouse_i_leave_reader(&((struct rouse_read_until *)(void *)f)->from->reader, f);
}

static const struct rouse_type rouse_read_until_type = {"rouse_read_until", __FILE__,
                                                        sizeof(struct rouse_read_until),
                                                        read_until_poll, read_until_drop};

struct rouse_read_until rouse_read_until(struct rouse_buffered_reader *from, char delimiter)
{
    return ROUSE_FUTURE(rouse_read_until, .from = from, .delimiter = delimiter);
}

/* ---- Lines --------------------------------------------------------------------------------- */

static struct rouse_polled read_line_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_read_line *self = (struct rouse_read_line *)(void *)f;
    struct rouse_io_user *user = &self->from->reader.user;
    rouse_i_io_claim(user, f);
    struct rouse_polled polled = search(self->from, cx, '\n', &self->searched, &self->out);
    trim(&self->out);
    return rouse_i_io_settle(user, polled);
}

static void read_line_drop(struct rouse_future *f)
{
    rouse_i_leave_reader(&((struct rouse_read_line *)(void *)f)->from->reader, f);
}

static const struct rouse_type rouse_read_line_type = {
    "rouse_read_line", __FILE__, sizeof(struct rouse_read_line), read_line_poll, read_line_drop};

struct rouse_read_line rouse_read_line(struct rouse_buffered_reader *from)
{
    return ROUSE_FUTURE(rouse_read_line, .from = from);
}

static struct rouse_polled lines_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_lines *self = (struct rouse_lines *)(void *)f;
    struct rouse_io_user *user = &self->from->reader.user;
    rouse_i_io_claim(user, f);
    struct rouse_polled polled = search(self->from, cx, '\n', &self->searched, &self->out);
    if (polled.status != ROUSE_OK)
        return rouse_i_io_settle(user, polled);
    trim(&self->out);
    self->searched = 0;
    return rouse_i_io_settle(user, rouse_item(f, &self->out));
}

static void lines_drop(struct rouse_future *f)
{
    rouse_i_leave_reader(&((struct rouse_lines *)(void *)f)->from->reader, f);
}

static const struct rouse_type rouse_lines_type = {
    "rouse_lines", __FILE__, sizeof(struct rouse_lines), lines_poll, lines_drop};

struct rouse_lines rouse_lines(struct rouse_buffered_reader *from)
{
    return ROUSE_FUTURE(rouse_lines, .from = from);
}
