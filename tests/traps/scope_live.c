// A frame ends while a scope in it has a child: the child would work on for a frame that is gone.
// needs: checked malloc
// trap: rouse: bug: parent ended while its rouse_scope is still live
// trap: in parent (tests/traps/scope_live.c
#include <rouse/rouse.h>

struct parent {
    struct rouse_future future;
    struct rouse_scope scope;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(parent)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&self->scope, rouse_sleep(ROUSE_S));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(parent))
