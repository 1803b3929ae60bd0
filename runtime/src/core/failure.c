/* failure.c: the chain of awaits that a failure collects on its way up. A failure passes all its
   frames within one poll, so one buffer per runtime is enough: nothing is allocated, and success
   does not touch the buffer.

   Invariant: the buffer belongs to the failure that the future `carrier_` returned. A failure that
   comes out of any other future begins a new chain. */
#include <rouse/async.h>

#include "../base/check.h"
#include "../base/format.h"

static void begin_chain(struct rouse_error *error, rouse_status status)
{
    error->status = status;
    error->frame_count = 0;
    error->message[0] = '\0';
}

static void add_frame(struct rouse_error *error, struct rouse_future *self, uint32_t line)
{
    error->carrier_ = self;
    if (error->frame_count++ >= ROUSE_ERROR_FRAMES)
        return;
    struct rouse_error_frame frame = {self->type->name, self->type->file, line};
    error->frames[error->frame_count - 1] = frame;
}

static rouse_status check_failure(struct rouse_future *self, uint32_t line, rouse_status status)
{
    self->at = line;
    if (status >= 0)
        rouse_i_bug(self, "ROUSE_FAIL with a status that is not an error");
    return status;
}

rouse_status rouse_i_fail(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                          rouse_status status)
{
    check_failure(self, line, status);
    if (!cx->error)
        return status;
    begin_chain(cx->error, status);
    add_frame(cx->error, self, line);
    return status;
}

rouse_status rouse_i_fail_with(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                               rouse_status status, rouse_i_double *add_double, const char *format,
                               ...)
{
    rouse_i_fail(cx, self, line, status);
    if (!cx->error)
        return status;
    struct rouse_i_text text = rouse_i_text(cx->error->message, sizeof cx->error->message);
    va_list list;
    va_start(list, format);
    rouse_i_text_format(&text, format, list, add_double);
    va_end(list);
    return status;
}

rouse_status rouse_i_propagate(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                               rouse_status status)
{
    const struct rouse_future *child = self->awaiting;
    self->awaiting = NULL;
    if (!cx->error)
        return status;
    if (cx->error->carrier_ != child || cx->error->status != status)
        begin_chain(cx->error, status);
    add_frame(cx->error, self, line);
    return status;
}

void rouse_i_caught(struct rouse_context *cx, struct rouse_future *self, uint32_t line,
                    rouse_status status)
{
    rouse_i_propagate(cx, self, line, status);
}

const struct rouse_error *rouse_error(struct rouse_context *cx)
{
    return cx->error && cx->error->status < 0 ? cx->error : NULL;
}

void rouse_i_await_refuse(struct rouse_future *self, struct rouse_future *child)
{
    const char *what = "awaited a future that is done: make a new one";
    if (!child)
        what = "awaited a NULL future";
    else if (!child->type)
        what = "awaited an empty slot: ROUSE_PUT a future there first";
    rouse_i_bug(self, what);
}

void rouse_i_carry(struct rouse_context *cx, const struct rouse_future *from,
                   const struct rouse_future *to)
{
    if (cx->error && cx->error->carrier_ == from)
        cx->error->carrier_ = to;
}
