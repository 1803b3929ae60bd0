/* bytes.c: the calls of every reader and writer pass through here, at each level of a chain. This
   file checks what they return, and drops the wakers that are no longer needed. */
#include "io_user.h"

static struct rouse_polled check_promise(struct rouse_io_user *user, struct rouse_polled polled,
                                         bool kept)
{
    if (!kept || (polled.status > 0 && !rouse_is_pending(polled)))
        rouse_i_bug(user->future, "a reader or writer broke its promise: OK means 1 byte up to the "
                                  "size asked for, all else none");
    if (!rouse_is_pending(polled))
        rouse_waker_drop(&user->waker);
    return polled;
}

static struct rouse_polled check_count(struct rouse_io_user *user, struct rouse_polled polled,
                                       size_t count, size_t size)
{
    bool kept = polled.status == ROUSE_OK ? count >= 1 && count <= size : count == 0;
    return check_promise(user, polled, kept);
}

static void check_initialised(const void *calls)
{
    if (!calls)
        rouse_i_bug(NULL, "a reader or writer was never initialised");
}

struct rouse_polled rouse_poll_read(struct rouse_reader *reader, struct rouse_context *cx,
                                    void *buffer, size_t size, size_t *count)
{
    *count = 0;
    check_initialised(reader->calls);
    struct rouse_polled polled = reader->calls->read(reader, cx, buffer, size, count);
    return check_count(&reader->user, polled, *count, size);
}

struct rouse_polled rouse_poll_write(struct rouse_writer *writer, struct rouse_context *cx,
                                     const void *data, size_t size, size_t *count)
{
    *count = 0;
    check_initialised(writer->calls);
    struct rouse_polled polled = writer->calls->write(writer, cx, data, size, count);
    return check_count(&writer->user, polled, *count, size);
}

struct rouse_polled rouse_poll_flush(struct rouse_writer *writer, struct rouse_context *cx)
{
    check_initialised(writer->calls);
    if (!writer->calls->flush)
        return ROUSE_READY(ROUSE_OK);
    return check_promise(&writer->user, writer->calls->flush(writer, cx), true);
}

struct rouse_polled rouse_poll_shutdown(struct rouse_writer *writer, struct rouse_context *cx)
{
    check_initialised(writer->calls);
    if (!writer->calls->shutdown)
        return rouse_poll_flush(writer, cx);
    return check_promise(&writer->user, writer->calls->shutdown(writer, cx), true);
}

struct rouse_polled rouse_io_wait(struct rouse_io_user *user, struct rouse_context *cx)
{
    rouse_waker_store(&user->waker, cx);
    return ROUSE_PENDING;
}

void rouse_cancel_read(struct rouse_reader *reader)
{
    rouse_waker_drop(&reader->user.waker);
    if (reader->calls->cancel)
        reader->calls->cancel(reader);
}

void rouse_cancel_write(struct rouse_writer *writer)
{
    rouse_waker_drop(&writer->user.waker);
    if (writer->calls->cancel)
        writer->calls->cancel(writer);
}

/* ---- One future at a time ------------------------------------------------------------------ */

void rouse_i_io_claim(struct rouse_io_user *user, const struct rouse_future *f)
{
    if (user->future && user->future != f)
        rouse_i_bug(f, "two futures use one reader or writer at the same time");
    user->future = f;
}

/* False if `f` does not use the reader or writer now: a stream that had an item has released it. */
static bool release_user(struct rouse_io_user *user, const struct rouse_future *f)
{
    bool used = user->future == f;
    if (used)
        user->future = NULL;
    return used;
}

void rouse_i_leave_reader(struct rouse_reader *reader, const struct rouse_future *f)
{
    if (release_user(&reader->user, f))
        rouse_cancel_read(reader);
}

void rouse_i_leave_writer(struct rouse_writer *writer, const struct rouse_future *f)
{
    if (release_user(&writer->user, f))
        rouse_cancel_write(writer);
}
