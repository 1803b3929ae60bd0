// A leaf says that there is an item and does not say where.
// needs: checked
// trap: rouse: bug: a stream returned ROUSE_ITEM without an item
#include <rouse/rouse.h>

struct leaf {
    struct rouse_future future;
};
static struct rouse_polled leaf_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)f, (void)cx;
    return ROUSE_ITEM;
}
static const struct rouse_type leaf_type = {"leaf", __FILE__, sizeof(struct leaf), leaf_poll, NULL};

struct job {
    struct rouse_future future;
    struct leaf leaf;
    struct rouse_count count;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->leaf, ROUSE_FUTURE(leaf));
    ROUSE_AWAIT(self->count, rouse_count(&self->leaf.future));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
