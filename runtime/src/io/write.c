/* write.c: writes once, or until everything is taken; flush and shutdown. */
#include "io_user.h"
#include "../core/stack_place.h"

static struct rouse_polled write_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_write *self = (struct rouse_write *)(void *)f;
    rouse_i_place_check(f, cx, self->data);
    if (self->size == 0)
        return ROUSE_READY(ROUSE_OK);
    rouse_i_io_claim(&self->writer->user, f);
    return rouse_i_io_settle(&self->writer->user, rouse_poll_write(self->writer, cx, self->data,
                                                                   self->size, &self->out));
}

static void write_drop(struct rouse_future *f)
{
    rouse_i_leave_writer(((struct rouse_write *)(void *)f)->writer, f);
}

const struct rouse_type rouse_write_type = {"rouse_write", __FILE__, sizeof(struct rouse_write),
                                            write_poll, write_drop};

struct rouse_write rouse_write(struct rouse_writer *writer, const void *data, size_t size)
{
    return ROUSE_FUTURE(rouse_write, .writer = writer, .data = data, .size = size);
}

/* ---- All of it ----------------------------------------------------------------------------- */

static struct rouse_polled write_rest(struct rouse_write_all *self, struct rouse_context *cx)
{
    while (self->out < self->size) {
        size_t count;
        if (!rouse_spend(cx))
            return ROUSE_PENDING;
        struct rouse_polled polled = rouse_poll_write(self->writer, cx, self->data + self->out,
                                                      self->size - self->out, &count);
        if (polled.status != ROUSE_OK)
            return polled;
        self->out += count;
    }
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled write_all_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_write_all *self = (struct rouse_write_all *)(void *)f;
    rouse_i_place_check(f, cx, self->data);
    rouse_i_io_claim(&self->writer->user, f);
    return rouse_i_io_settle(&self->writer->user, write_rest(self, cx));
}

static void write_all_drop(struct rouse_future *f)
{
    rouse_i_leave_writer(((struct rouse_write_all *)(void *)f)->writer, f);
}

static const struct rouse_type rouse_write_all_type = {
    "rouse_write_all", __FILE__, sizeof(struct rouse_write_all), write_all_poll, write_all_drop};

struct rouse_write_all rouse_write_all(struct rouse_writer *writer, const void *data, size_t size)
{
    return ROUSE_FUTURE(rouse_write_all, .writer = writer, .data = data, .size = size);
}

/* ---- Flush and shutdown -------------------------------------------------------------------- */

static struct rouse_polled flush_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_writer *writer = ((struct rouse_flush *)(void *)f)->writer;
    rouse_i_io_claim(&writer->user, f);
    return rouse_i_io_settle(&writer->user, rouse_poll_flush(writer, cx));
}

static void flush_drop(struct rouse_future *f)
{
    rouse_i_leave_writer(((struct rouse_flush *)(void *)f)->writer, f);
}

static const struct rouse_type rouse_flush_type = {
    "rouse_flush", __FILE__, sizeof(struct rouse_flush), flush_poll, flush_drop};

struct rouse_flush rouse_flush(struct rouse_writer *writer)
{
    return ROUSE_FUTURE(rouse_flush, .writer = writer);
}

static struct rouse_polled shutdown_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_writer *writer = ((struct rouse_shutdown *)(void *)f)->writer;
    rouse_i_io_claim(&writer->user, f);
    return rouse_i_io_settle(&writer->user, rouse_poll_shutdown(writer, cx));
}

static void shutdown_drop(struct rouse_future *f)
{
    rouse_i_leave_writer(((struct rouse_shutdown *)(void *)f)->writer, f);
}

static const struct rouse_type rouse_shutdown_type = {
    "rouse_shutdown", __FILE__, sizeof(struct rouse_shutdown), shutdown_poll, shutdown_drop};

struct rouse_shutdown rouse_shutdown(struct rouse_writer *writer)
{
    return ROUSE_FUTURE(rouse_shutdown, .writer = writer);
}
