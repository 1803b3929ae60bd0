/* C that calls JavaScript. */
#include <rouse/rouse.h>

ROUSE_IMPORT(fetch_text, ROUSE_STRING(url), ROUSE_OUT_STRING)
ROUSE_IMPORT(measure, ROUSE_I32(a), ROUSE_I64(b), ROUSE_F64(c), ROUSE_BOOL(d), ROUSE_BYTES(e),
             ROUSE_VALUE(f), ROUSE_OUT_I32)
ROUSE_IMPORT(get_i32, ROUSE_OUT_I32)
ROUSE_IMPORT(get_value, ROUSE_OUT_VALUE)
ROUSE_IMPORT(get_bytes, ROUSE_OUT_BYTES)
ROUSE_IMPORT(beep)

static int32_t finally_runs;

struct download {
    struct rouse_future future;
    const char *url;
    struct fetch_text reply;
    char out[100];
};
ROUSE_ASYNC(download)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->reply, fetch_text(self->url));
    for (size_t i = 0; self->reply.out[i] && i < 99; i++)
        self->out[i] = self->reply.out[i];
    ROUSE_FINALLY;
    finally_runs++;
    ROUSE_END;
}
ROUSE_EXPORT(download, ROUSE_STRING(url), ROUSE_OUT_STRING)

struct finals {
    struct rouse_future future;
    int32_t out;
};
ROUSE_ASYNC(finals)
{
    ROUSE_BEGIN;
    ROUSE_RETURN(finally_runs);
    ROUSE_END;
}
ROUSE_EXPORT(finals, ROUSE_OUT_I32)

struct measure_all {
    struct rouse_future future;
    rouse_js value;
    struct measure measure;
    int32_t out;
};
ROUSE_ASYNC(measure_all)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->measure,
                measure(-7, INT64_MIN, 0.5, true, (struct rouse_bytes){"\1\2", 2}, self->value));
    ROUSE_RETURN(self->measure.out);
    ROUSE_END;
}
ROUSE_EXPORT(measure_all, ROUSE_VALUE(value), ROUSE_OUT_I32)

/* Sums what JavaScript gives, so often. */
struct sum {
    struct rouse_future future;
    int32_t times, out;
    struct get_i32 get;
};
ROUSE_ASYNC(sum)
{
    ROUSE_BEGIN;
    for (; self->times > 0; self->times--) {
        ROUSE_AWAIT(self->get, get_i32());
        self->out += self->get.out;
    }
    ROUSE_END;
}
ROUSE_EXPORT(sum, ROUSE_I32(times), ROUSE_OUT_I32)

struct pass_value {
    struct rouse_future future;
    int32_t times;
    struct get_value get;
    rouse_js out;
};
ROUSE_ASYNC(pass_value)
{
    ROUSE_BEGIN;
    for (; self->times > 0; self->times--)
        ROUSE_AWAIT(self->get, get_value());
    ROUSE_RETURN(self->get.out);
    ROUSE_END;
}
ROUSE_EXPORT(pass_value, ROUSE_I32(times), ROUSE_OUT_VALUE)

struct pass_bytes {
    struct rouse_future future;
    struct get_bytes get;
    struct rouse_bytes out;
};
ROUSE_ASYNC(pass_bytes)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->get, get_bytes());
    ROUSE_RETURN(self->get.out);
    ROUSE_END;
}
ROUSE_EXPORT(pass_bytes, ROUSE_OUT_BYTES)

struct beeper {
    struct rouse_future future;
    struct beep beep;
};
ROUSE_ASYNC(beeper)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->beep, beep());
    ROUSE_END;
}
ROUSE_EXPORT(beeper)

/* Awaits a promise, with or without a limit of time. */
struct await_value {
    struct rouse_future future;
    rouse_js value, out;
    struct rouse_js_await await;
};
ROUSE_ASYNC(await_value)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->await, rouse_js_await(self->value));
    ROUSE_RETURN(self->await.out);
    ROUSE_END;
}
ROUSE_EXPORT(await_value, ROUSE_VALUE(value), ROUSE_OUT_VALUE)

/* Awaits and drops it again, so often; true if it was never ready. */
struct await_and_leave {
    struct rouse_future future;
    rouse_js value;
    int32_t times;
    struct rouse_js_await await;
    struct rouse_poll_once once;
    bool out;
};
ROUSE_ASYNC(await_and_leave)
{
    ROUSE_BEGIN;
    self->out = true;
    for (; self->times > 0; self->times--) {
        ROUSE_PUT(self->await, rouse_js_await(self->value));
        ROUSE_AWAIT(self->once, rouse_poll_once(&self->await.future));
        if (!rouse_is_pending(self->once.out))
            self->out = false;
        rouse_drop(&self->await.future);
    }
    ROUSE_FINALLY;
    rouse_drop(&self->await.future);
    ROUSE_END;
}
ROUSE_EXPORT(await_and_leave, ROUSE_VALUE(value), ROUSE_I32(times), ROUSE_OUT_BOOL)

/* A failure that is caught, kept while other things are awaited, and given on later. */
struct fail_later {
    struct rouse_future future;
    rouse_status kept;
    struct beep beep;
    struct rouse_yield yield;
    struct get_i32 get;
};
ROUSE_ASYNC(fail_later)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->kept, self->beep, beep());
    ROUSE_AWAIT(self->yield, rouse_yield());
    ROUSE_AWAIT(self->get, get_i32());
    if (self->kept < 0)
        ROUSE_FAIL(self->kept);
    ROUSE_END;
}
ROUSE_EXPORT(fail_later)

struct count_items {
    struct rouse_future future;
    rouse_js iterator;
    struct rouse_js_next next;
    int32_t out;
};
ROUSE_ASYNC(count_items)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->next, rouse_js_next(self->iterator)) {
        self->out++;
    }
    ROUSE_END;
}
ROUSE_EXPORT(count_items, ROUSE_VALUE(iterator), ROUSE_OUT_I32)

struct yields {
    struct rouse_future future;
    int32_t times;
    struct rouse_js_yield_host yield;
};
ROUSE_ASYNC(yields)
{
    ROUSE_BEGIN;
    for (; self->times > 0; self->times--)
        ROUSE_AWAIT(self->yield, rouse_js_yield_host());
    ROUSE_END;
}
ROUSE_EXPORT(yields, ROUSE_I32(times))

/* Reads a stream to its end and writes each chunk to another. */
struct pipe_bytes {
    struct rouse_future future;
    rouse_js from, to;
    int32_t out;
    struct rouse_js_read read;
    struct rouse_js_write write;
};
ROUSE_ASYNC(pipe_bytes)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->read, rouse_js_read(self->from)) {
        self->out += (int32_t)self->read.out.size;
        ROUSE_AWAIT(self->write, rouse_js_write(self->to, self->read.out));
    }
    ROUSE_END;
}
ROUSE_EXPORT(pipe_bytes, ROUSE_VALUE(from), ROUSE_VALUE(to), ROUSE_OUT_I32)

/* The same through a reader and a writer, in pieces of at most 4 bytes; every read is tried first
   with a limit of time, which may cancel it. */
struct copy_bytes {
    struct rouse_future future;
    rouse_js from, to;
    double ms;
    int32_t out;
    rouse_status status;
    char buffer[4];
    struct rouse_js_reader input;
    struct rouse_js_writer output;
    struct rouse_read read;
    struct rouse_timeout limit;
    struct rouse_write_all write;
    struct rouse_shutdown end;
};
ROUSE_ASYNC(copy_bytes)
{
    ROUSE_BEGIN;
    rouse_js_reader_init(&self->input, self->from);
    rouse_js_writer_init(&self->output, self->to);
    for (;;) {
        ROUSE_PUT(self->read, rouse_read(&self->input.reader, self->buffer, 4));
        ROUSE_TRY_AWAIT(self->status, self->limit,
                        rouse_timeout(&self->read.future, (uint64_t)(self->ms * 1e6)));
        if (self->status == ROUSE_ERR_TIMEOUT)
            continue;
        if (self->status < 0)
            break;
        self->out += (int32_t)self->read.out;
        ROUSE_AWAIT(self->write,
                    rouse_write_all(&self->output.writer, self->buffer, self->read.out));
    }
    if (self->status != ROUSE_ERR_CLOSED)
        ROUSE_FAIL(self->status);
    ROUSE_AWAIT(self->end, rouse_shutdown(&self->output.writer));
    ROUSE_AWAIT(self->end, rouse_shutdown(&self->output.writer)); /* does no harm */
    ROUSE_FINALLY;
    rouse_js_reader_drop(&self->input);
    rouse_js_writer_drop(&self->output);
    ROUSE_END;
}
ROUSE_EXPORT(copy_bytes, ROUSE_VALUE(from), ROUSE_VALUE(to), ROUSE_F64(ms), ROUSE_OUT_I32)

struct on_event {
    struct rouse_future future;
    rouse_js target, out;
    struct rouse_js_event event;
};
ROUSE_ASYNC(on_event)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->event, rouse_js_event(self->target, "ping"));
    ROUSE_RETURN(self->event.out);
    ROUSE_END;
}
ROUSE_EXPORT(on_event, ROUSE_VALUE(target), ROUSE_OUT_VALUE)

struct get_url {
    struct rouse_future future;
    const char *url;
    rouse_js out;
    struct rouse_js_fetch fetch;
};
ROUSE_ASYNC(get_url)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->fetch, rouse_js_fetch(self->url));
    ROUSE_RETURN(self->fetch.out);
    ROUSE_END;
}
ROUSE_EXPORT(get_url, ROUSE_STRING(url), ROUSE_OUT_VALUE)

/* Keeps the value of one call for the next, and gives back the one before. */
static rouse_js kept, last;
struct keep {
    struct rouse_future future;
    rouse_js value, out;
};
ROUSE_ASYNC(keep)
{
    ROUSE_BEGIN;
    rouse_js_drop(last);
    last = kept; /* still valid when this is done */
    kept = rouse_js_clone(self->value);
    ROUSE_RETURN(last);
    ROUSE_END;
}
ROUSE_EXPORT(keep, ROUSE_VALUE(value), ROUSE_OUT_VALUE)
