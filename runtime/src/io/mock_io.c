/* mock_io.c: a reader and a writer that follow one script, step after step. The end of a step wakes
   the other side, because the next step may be its own. */
#include "../base/text.h"
#include <rouse/mock.h>
#include <string.h>

enum { QUOTED_MAX = 24 };

static const struct rouse_mock_step *next_step(const struct rouse_mock *mock)
{
    return mock->at < mock->count ? &mock->steps[mock->at] : NULL;
}

static bool next_is(const struct rouse_mock *mock, enum rouse_mock_kind kind)
{
    return mock->at < mock->count && mock->steps[mock->at].kind == kind;
}

static void finish_step(struct rouse_mock *mock)
{
    mock->at++;
    mock->offset = 0;
}

static size_t bytes_now(const struct rouse_mock *mock, size_t size)
{
    size_t left = next_step(mock)->size - mock->offset;
    size_t most = mock->limit && mock->limit < size ? mock->limit : size;
    return left < most ? left : most;
}

/* ---- Reports ------------------------------------------------------------------------------- */

static void quote(struct rouse_i_text *text, const char *data, size_t size)
{
    rouse_i_text_char(text, '"');
    for (size_t i = 0; i < size && i < QUOTED_MAX; i++) {
        bool plain = data[i] >= ' ' && data[i] <= '~';
        if (plain)
            rouse_i_text_char(text, data[i]);
        else
            rouse_i_text_add(text, "\\x%02x", (unsigned)(unsigned char)data[i]);
    }
    rouse_i_text_add(text, size > QUOTED_MAX ? "...\"" : "\"");
}

static struct rouse_polled fail_write(struct rouse_mock *mock, const char *data, size_t size)
{
    const struct rouse_mock_step *step = next_step(mock);
    struct rouse_i_text text = rouse_i_text(mock->text, sizeof mock->text);
    rouse_i_text_add(&text, "step %zu: at byte %zu written: expected ", mock->at + 1,
                     mock->written);
    if (step)
        quote(&text, step->data + mock->offset, step->size - mock->offset);
    else
        rouse_i_text_add(&text, "nothing more");
    rouse_i_text_add(&text, ", got ");
    quote(&text, data, size);
    mock->wrong = true;
    return ROUSE_READY(ROUSE_ERR_INVALID);
}

static void describe_next(struct rouse_i_text *text, const struct rouse_mock *mock)
{
    static const char *const names[] = {"a read of", "a write of", "a wait", "a shutdown"};
    const struct rouse_mock_step *step = next_step(mock);
    rouse_i_text_add(text, "step %zu of %zu was not done: %s", mock->at + 1, mock->count,
                     names[step->kind]);
    if (step->size == 0)
        return;
    rouse_i_text_char(text, ' ');
    quote(text, step->data + mock->offset, step->size - mock->offset);
    rouse_i_text_add(text, ", after %zu bytes read and %zu written", mock->read, mock->written);
}

const char *rouse_mock_report(struct rouse_mock *mock)
{
    if (!mock->wrong && !next_step(mock))
        return NULL;
    if (!mock->wrong) {
        struct rouse_i_text text = rouse_i_text(mock->text, sizeof mock->text);
        describe_next(&text, mock);
    }
    return mock->text;
}

/* ---- The script ---------------------------------------------------------------------------- */

/* Passes the waits that are over; pending in one that is not. */
static struct rouse_polled pass_waits(struct rouse_mock *mock, struct rouse_io_user *user,
                                      struct rouse_context *cx)
{
    while (next_is(mock, ROUSE_MOCK_WAIT_)) {
        if (!mock->sleep.future.type)
            mock->sleep = rouse_sleep(next_step(mock)->ns);
        struct rouse_polled polled = rouse_poll(&mock->sleep.future, cx);
        if (rouse_is_pending(polled))
            return rouse_io_wait(user, cx);
        mock->sleep = (struct rouse_sleep){0};
        if (polled.status != ROUSE_OK)
            return polled;
        finish_step(mock);
    }
    return ROUSE_READY(mock->wrong ? ROUSE_ERR_INVALID : ROUSE_OK);
}

static struct rouse_polled read_step(struct rouse_mock *mock, struct rouse_context *cx,
                                     char *buffer, size_t size, size_t *count)
{
    struct rouse_polled polled = pass_waits(mock, &mock->reader.user, cx);
    if (polled.status != ROUSE_OK)
        return polled;
    const struct rouse_mock_step *step = next_step(mock);
    if (!step)
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    if (step->kind != ROUSE_MOCK_READ_)
        return rouse_io_wait(&mock->reader.user, cx);
    *count = bytes_now(mock, size);
    memcpy(buffer, step->data + mock->offset, *count);
    mock->offset += *count;
    mock->read += *count;
    if (mock->offset == step->size)
        finish_step(mock);
    return ROUSE_READY(step->size > 0     ? ROUSE_OK
                       : step->status < 0 ? step->status
                                          : ROUSE_ERR_CLOSED);
}

static struct rouse_polled write_step(struct rouse_mock *mock, struct rouse_context *cx,
                                      const char *data, size_t size, size_t *count)
{
    struct rouse_polled polled = pass_waits(mock, &mock->writer.user, cx);
    if (polled.status != ROUSE_OK)
        return polled;
    const struct rouse_mock_step *step = next_step(mock);
    if (step && step->kind == ROUSE_MOCK_READ_)
        return rouse_io_wait(&mock->writer.user, cx);
    if (!step || step->kind != ROUSE_MOCK_WRITE_)
        return fail_write(mock, data, size);
    if (step->status < 0) {
        finish_step(mock);
        return ROUSE_READY(step->status);
    }
    size_t n = bytes_now(mock, size);
    if (memcmp(step->data + mock->offset, data, n) != 0)
        return fail_write(mock, data, size);
    *count = n;
    mock->offset += n;
    mock->written += n;
    if (mock->offset == step->size)
        finish_step(mock);
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled shutdown_step(struct rouse_mock *mock, struct rouse_context *cx)
{
    struct rouse_polled polled = pass_waits(mock, &mock->writer.user, cx);
    if (polled.status != ROUSE_OK || !next_is(mock, ROUSE_MOCK_SHUTDOWN_))
        return polled;
    rouse_status status = next_step(mock)->status;
    finish_step(mock);
    return ROUSE_READY(status);
}

/* ---- The calls ----------------------------------------------------------------------------- */

static struct rouse_polled mock_read(struct rouse_reader *reader, struct rouse_context *cx,
                                     void *buffer, size_t size, size_t *count)
{
    struct rouse_mock *mock = ROUSE_OWNER(reader, struct rouse_mock, reader);
    size_t at = mock->at;
    struct rouse_polled polled = read_step(mock, cx, buffer, size, count);
    if (mock->at != at)
        rouse_io_wake(&mock->writer.user);
    return polled;
}

static struct rouse_polled mock_write(struct rouse_writer *writer, struct rouse_context *cx,
                                      const void *data, size_t size, size_t *count)
{
    struct rouse_mock *mock = ROUSE_OWNER(writer, struct rouse_mock, writer);
    size_t at = mock->at;
    struct rouse_polled polled = write_step(mock, cx, data, size, count);
    if (mock->at != at)
        rouse_io_wake(&mock->reader.user);
    return polled;
}

static struct rouse_polled mock_shutdown(struct rouse_writer *writer, struct rouse_context *cx)
{
    struct rouse_mock *mock = ROUSE_OWNER(writer, struct rouse_mock, writer);
    size_t at = mock->at;
    struct rouse_polled polled = shutdown_step(mock, cx);
    if (mock->at != at)
        rouse_io_wake(&mock->reader.user);
    return polled;
}

/* The sleep would wake the side that left. So it is made again, for the other side's next poll. */
static void leave_wait(struct rouse_mock *mock, struct rouse_io_user *other)
{
    uint64_t deadline_ns = mock->sleep.deadline_ns;
    if (!mock->sleep.future.type)
        return;
    rouse_drop(&mock->sleep.future);
    mock->sleep = rouse_sleep_until(deadline_ns);
    rouse_io_wake(other);
}

static void mock_cancel_read(struct rouse_reader *reader)
{
    struct rouse_mock *mock = ROUSE_OWNER(reader, struct rouse_mock, reader);
    leave_wait(mock, &mock->writer.user);
}

static void mock_cancel_write(struct rouse_writer *writer)
{
    struct rouse_mock *mock = ROUSE_OWNER(writer, struct rouse_mock, writer);
    leave_wait(mock, &mock->reader.user);
}

void rouse_mock_init(struct rouse_mock *mock, const struct rouse_mock_step *steps, size_t count)
{
    static const struct rouse_reader_calls reading = {mock_read, mock_cancel_read};
    static const struct rouse_writer_calls writing = {mock_write, NULL, mock_shutdown,
                                                      mock_cancel_write};
    *mock = (struct rouse_mock){.reader = {.calls = &reading},
                                .writer = {.calls = &writing},
                                .steps = steps,
                                .count = count};
}

void rouse_mock_drop(struct rouse_mock *mock)
{
    rouse_drop(&mock->sleep.future);
}
