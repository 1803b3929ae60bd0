// The depth allowed is an option: 16 KiB here, which 2000 levels do not fit into.
// trap: rouse: bug: awaits nest too deep for the stack (rouse_options.stack_size)
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned depth;

/* Polls its child by hand, as a combinator does: nests in every build, whatever the budget. */
struct down {
    struct rouse_future future;
    struct down *below;
};

static struct rouse_polled down_poll(struct rouse_future *f, struct rouse_context *cx);
static const struct rouse_type down_type = {"down", __FILE__, sizeof(struct down), down_poll, NULL};
static struct rouse_polled down_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct down *self = (struct down *)(void *)f;
    if (++depth == 2000)
        exit(0);
    self->below = malloc(sizeof *self);
    *self->below = ROUSE_FUTURE(down);
    return rouse_poll(&self->below->future, cx);
}

int main(void)
{
    static struct rouse_runtime rt;
    struct rouse_options options = {.stack_size = 16 * 1024};
    rouse_runtime_init(&rt, &options);
    struct down top = ROUSE_FUTURE(down);
    rouse_block_on(&rt, &top.future);
    return 0;
}
