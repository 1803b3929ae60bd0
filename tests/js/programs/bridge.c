/* What JavaScript can call, and what it gives C: each kind, each end. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <string.h>

/* ---- Every kind ---- */

struct add {
    struct rouse_future future;
    int32_t a, b, out;
};
ROUSE_ASYNC(add)
{
    ROUSE_BEGIN;
    ROUSE_RETURN(self->a + self->b);
    ROUSE_END;
}
ROUSE_EXPORT(add, ROUSE_I32(a), ROUSE_I32(b), ROUSE_OUT_I32)

struct every_kind {
    struct rouse_future future;
    bool flag;
    int64_t big;
    double number;
    const char *text;
    struct rouse_bytes bytes;
    char out[200];
};
ROUSE_ASYNC(every_kind)
{
    ROUSE_BEGIN;
    char *to = self->out;
    const unsigned char *bytes = self->bytes.data;
    *to++ = self->flag ? 'y' : 'n';
    *to++ = self->big == INT64_MIN ? 'm' : '?';
    *to++ = self->number > 1.5 && self->number < 1.7 ? 'f' : '?';
    for (size_t i = 0; i < self->bytes.size; i++)
        *to++ = (char)('a' + bytes[i]);
    strcpy(to, self->text);
    ROUSE_END;
}
ROUSE_EXPORT(every_kind, ROUSE_BOOL(flag), ROUSE_I64(big), ROUSE_F64(number), ROUSE_STRING(text),
             ROUSE_BYTES(bytes), ROUSE_OUT_STRING)

struct twice {
    struct rouse_future future;
    int64_t n, out;
};
ROUSE_ASYNC(twice)
{
    ROUSE_BEGIN;
    ROUSE_RETURN(2 * self->n);
    ROUSE_END;
}
ROUSE_EXPORT(twice, ROUSE_I64(n), ROUSE_OUT_I64)

struct half {
    struct rouse_future future;
    double n, out;
};
ROUSE_ASYNC(half)
{
    ROUSE_BEGIN;
    ROUSE_RETURN(self->n / 2);
    ROUSE_END;
}
ROUSE_EXPORT(half, ROUSE_F64(n), ROUSE_OUT_F64)

struct invert {
    struct rouse_future future;
    bool flag, out;
};
ROUSE_ASYNC(invert)
{
    ROUSE_BEGIN;
    ROUSE_RETURN(!self->flag);
    ROUSE_END;
}
ROUSE_EXPORT(invert, ROUSE_BOOL(flag), ROUSE_OUT_BOOL)

struct echo_bytes {
    struct rouse_future future;
    struct rouse_bytes bytes, out;
};
ROUSE_ASYNC(echo_bytes)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_RETURN(self->bytes);
    ROUSE_END;
}
ROUSE_EXPORT(echo_bytes, ROUSE_BYTES(bytes), ROUSE_OUT_BYTES)

struct echo_text {
    struct rouse_future future;
    const char *text, *out;
};
ROUSE_ASYNC(echo_text)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_RETURN(self->text);
    ROUSE_END;
}
ROUSE_EXPORT(echo_text, ROUSE_STRING(text), ROUSE_OUT_STRING)

struct echo_value {
    struct rouse_future future;
    rouse_js value, out;
};
ROUSE_ASYNC(echo_value)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_RETURN(self->value);
    ROUSE_END;
}
ROUSE_EXPORT(echo_value, ROUSE_VALUE(value), ROUSE_OUT_VALUE)

/* ---- Time, failure, cancel ---- */

static int32_t started, finished, cancelled;

struct nap {
    struct rouse_future future;
    double ms;
    struct rouse_sleep sleep;
};
ROUSE_ASYNC(nap)
{
    ROUSE_BEGIN;
    started++;
    ROUSE_AWAIT(self->sleep, rouse_sleep((uint64_t)(self->ms * 1e6)));
    ROUSE_FINALLY;
    finished++;
    if (self->future.status == ROUSE_ERR_CANCELLED)
        cancelled++;
    ROUSE_END;
}
ROUSE_EXPORT(nap, ROUSE_F64(ms))

/* started, finished and cancelled naps, as one number. */
struct counts {
    struct rouse_future future;
    int32_t out;
};
ROUSE_ASYNC(counts)
{
    ROUSE_BEGIN;
    ROUSE_RETURN(started * 10000 + finished * 100 + cancelled);
    ROUSE_END;
}
ROUSE_EXPORT(counts, ROUSE_OUT_I32)

struct fail_inside {
    struct rouse_future future;
    int32_t status;
};
ROUSE_ASYNC(fail_inside)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_FAIL_WITH(self->status, "no luck with %d", (int)self->status);
    ROUSE_END;
}
struct fail {
    struct rouse_future future;
    int32_t status;
    struct fail_inside inside;
};
ROUSE_ASYNC(fail)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->inside, ROUSE_FUTURE(fail_inside, .status = self->status));
    ROUSE_END;
}
ROUSE_EXPORT(fail, ROUSE_I32(status))

struct trap {
    struct rouse_future future;
};
ROUSE_ASYNC(trap)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    __builtin_trap();
    ROUSE_END;
}
ROUSE_EXPORT(trap)

struct forever {
    struct rouse_future future;
    struct rouse_pending pending;
};
ROUSE_ASYNC(forever)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->pending, rouse_pending());
    ROUSE_END;
}
ROUSE_EXPORT(forever)

/* ---- A stream ---- */

struct count_to {
    struct rouse_future future;
    int32_t last, out;
    bool started;
    struct rouse_yield yield;
};
static struct rouse_polled count_to_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct count_to *self = (struct count_to *)(void *)f;
    if (!self->started) {
        self->started = true;
        started++;
    }
    if (!self->yield.future.type)
        self->yield = rouse_yield();
    if (rouse_is_pending(rouse_poll(&self->yield.future, cx)))
        return ROUSE_PENDING;
    self->yield = (struct rouse_yield){0};
    if (self->out == self->last)
        return ROUSE_READY(self->last < 0 ? ROUSE_ERR_TIMEOUT : ROUSE_ERR_CLOSED);
    self->out++;
    return ROUSE_ITEM;
}
static void count_to_drop(struct rouse_future *f)
{
    (void)f;
    cancelled++;
}
static const struct rouse_type count_to_type = {"count_to", __FILE__, sizeof(struct count_to),
                                                count_to_poll, count_to_drop};
ROUSE_EXPORT(count_to, ROUSE_I32(last), ROUSE_OUT_I32)

struct say {
    struct rouse_future future;
    const char *text;
};
ROUSE_ASYNC(say)
{
    ROUSE_BEGIN;
    puts(self->text);
    fflush(stdout);
    ROUSE_END;
}
ROUSE_EXPORT(say, ROUSE_STRING(text))
