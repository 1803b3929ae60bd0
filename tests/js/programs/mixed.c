/* A program that JavaScript can also call: ROUSE_MAIN, ROUSE_EXPORT and ROUSE_IMPORT in one module.
 */
#include <rouse/rouse.h>
#include <stdio.h>

ROUSE_IMPORT(look_up, ROUSE_STRING(key), ROUSE_OUT_STRING)

struct greet {
    struct rouse_future future;
    const char *name;
    struct look_up greeting;
    char out[64];
};
ROUSE_ASYNC(greet)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->greeting, look_up("greeting"));
    snprintf(self->out, sizeof self->out, "%s, %s", self->greeting.out, self->name);
    ROUSE_END;
}
ROUSE_EXPORT(greet, ROUSE_STRING(name), ROUSE_OUT_STRING)

struct count {
    struct rouse_future future;
    int32_t to, i, out;
};
ROUSE_STREAM(count)
{
    ROUSE_BEGIN;
    for (self->i = 1; self->i <= self->to; self->i++)
        ROUSE_EMIT(self->i);
    ROUSE_END;
}
ROUSE_EXPORT(count, ROUSE_I32(to), ROUSE_OUT_I32)

/* By hand: nobody but its poll knows what it gives. */
struct leaf {
    struct rouse_future future;
};
static struct rouse_polled leaf_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)f, (void)cx;
    return ROUSE_READY(ROUSE_OK);
}
static const struct rouse_type leaf_type = {"leaf", __FILE__, sizeof(struct leaf), leaf_poll, NULL};
ROUSE_EXPORT(leaf)

struct program {
    struct rouse_future future;
    struct greet greeting;
};
ROUSE_ASYNC(program)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->greeting, ROUSE_FUTURE(greet, .name = "Ann"));
    puts(self->greeting.out);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(program))
