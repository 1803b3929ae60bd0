// A child ends the frame it works for while it is being polled: what it borrows would be gone.
// needs: malloc
// trap: rouse: bug: a scope is dropped by one of its own children: use rouse_scope_cancel
// trap: in child (tests/traps/scope_dropped_inside.c
#include <rouse/rouse.h>

struct child {
    struct rouse_future future;
    struct rouse_task *parent;
};
ROUSE_ASYNC(child)
{
    ROUSE_BEGIN;
    rouse_task_abort(self->parent);
    ROUSE_END;
}

struct parent {
    struct rouse_future future;
    struct rouse_scope scope;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(parent)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(child, .parent = cx->runtime->current));
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

int main(void)
{
    static struct rouse_runtime rt;
    rouse_runtime_init(&rt, NULL);
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(parent)));
    while (rouse_turn(&rt)) {
    }
    return 0;
}
