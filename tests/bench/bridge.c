/* bridge.c: futures and promises meet: what tests/bench/bridge.mjs calls, side by side with its
 * peers. */
#include <rouse/rouse.h>

ROUSE_IMPORT(promise_of, ROUSE_I32(i), ROUSE_OUT_I32)

/* Awaits n promises, each already resolved, one after another. */
struct await_resolved {
    struct rouse_future future;
    int32_t n, out;
    struct promise_of reply;
};
ROUSE_ASYNC(await_resolved)
{
    ROUSE_BEGIN;
    for (; self->n > 0; self->n--) {
        ROUSE_AWAIT(self->reply, promise_of(self->n));
        self->out += self->reply.out;
    }
    ROUSE_END;
}
ROUSE_EXPORT(await_resolved, ROUSE_I32(n), ROUSE_OUT_I32)

/* The same promise each time, which C holds. */
struct await_same {
    struct rouse_future future;
    int32_t n;
    rouse_js promise;
    struct rouse_js_await reply;
};
ROUSE_ASYNC(await_same)
{
    ROUSE_BEGIN;
    for (; self->n > 0; self->n--)
        ROUSE_AWAIT(self->reply, rouse_js_await(self->promise));
    ROUSE_END;
}
ROUSE_EXPORT(await_same, ROUSE_I32(n), ROUSE_VALUE(promise))

struct ready {
    struct rouse_future future;
    int32_t n, out;
};
ROUSE_ASYNC(ready)
{
    ROUSE_BEGIN;
    ROUSE_RETURN(self->n);
    ROUSE_END;
}
ROUSE_EXPORT(ready, ROUSE_I32(n), ROUSE_OUT_I32)

struct pending_once {
    struct rouse_future future;
    int32_t n, out;
};
ROUSE_ASYNC(pending_once)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_RETURN(self->n);
    ROUSE_END;
}
ROUSE_EXPORT(pending_once, ROUSE_I32(n), ROUSE_OUT_I32)

/* A stream of n items for `for await`. */
struct items {
    struct rouse_future future;
    int32_t n, out;
};
ROUSE_STREAM(items)
{
    ROUSE_BEGIN;
    for (; self->n > 0; self->n--)
        ROUSE_EMIT(self->n);
    ROUSE_END;
}
ROUSE_EXPORT(items, ROUSE_I32(n), ROUSE_OUT_I32)
