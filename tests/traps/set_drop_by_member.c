// A member drops the set that polls it.
// trap: rouse: bug: rouse_set_drop by a member of the set
// trap: in rouse_set_next (runtime/src/combine/set.c
#include <rouse/rouse.h>

static struct rouse_polled drop_it(void *set, struct rouse_context *cx)
{
    (void)cx;
    rouse_set_drop(set);
    return ROUSE_PENDING;
}

struct demo {
    struct rouse_future future;
    struct rouse_poll_fn member;
    struct rouse_set set;
    struct rouse_set_node node;
    struct rouse_set_next next;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_set_init(&self->set);
    ROUSE_PUT(self->member, rouse_poll_fn(drop_it, &self->set));
    rouse_set_add_in(&self->set, &self->node, &self->member.future);
    ROUSE_AWAIT(self->next, rouse_set_next(&self->set));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
