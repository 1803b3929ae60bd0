// A second task waits for the next of a set that another waits for.
// trap: rouse: bug: two futures wait for the next member of one set
// trap: in rouse_set_next (runtime/src/combine/set.c
#include <rouse/rouse.h>

struct demo {
    struct rouse_future future;
    struct rouse_pending member;
    struct rouse_set set;
    struct rouse_set_node node;
    struct rouse_set_next a, b;
    struct rouse_join both;
};
ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_set_init(&self->set);
    ROUSE_PUT(self->member, rouse_pending());
    rouse_set_add_in(&self->set, &self->node, &self->member.future);
    ROUSE_PUT(self->a, rouse_set_next(&self->set));
    ROUSE_PUT(self->b, rouse_set_next(&self->set));
    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->a.future, &self->b.future)));
    ROUSE_FINALLY;
    rouse_set_drop(&self->set);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
