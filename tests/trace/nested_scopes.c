/* A scope in a child of a scope: when the outer one is cancelled, all go, the innermost first. */
#include <rouse/rouse.h>

struct leaf {
    struct rouse_future future;
    uint64_t ns;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(leaf)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(self->ns));
    ROUSE_END;
}

struct inner {
    struct rouse_future future;
    struct rouse_scope scope;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(inner)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(leaf, .ns = ROUSE_MS));
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(leaf, .ns = ROUSE_S));
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

struct outer {
    struct rouse_future future;
    struct rouse_scope scope;
    struct rouse_sleep nap;
    struct rouse_scope_join join;
    rouse_status status;
};
ROUSE_ASYNC(outer)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_SUPERVISE);
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(inner));
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(leaf, .ns = ROUSE_S));
    ROUSE_AWAIT(self->nap, rouse_sleep(2 * ROUSE_MS));
    rouse_scope_cancel(&self->scope, ROUSE_ERR_TIMEOUT);
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(outer))
