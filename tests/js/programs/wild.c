/* wild.c: C that calls JavaScript at every depth: in children of scopes, in the arms of a select,
   in FINALLY blocks. What comes next JavaScript says. */
#include <rouse/rouse.h>
#include <stdio.h>

ROUSE_IMPORT(choose, ROUSE_I32(depth), ROUSE_OUT_I32)

/* wild.mjs has the same list. */
enum { SPAWN, SELECT, JOIN, LIMIT, NAP, ITEM, CANCEL, WAIT, FAIL, LEAVE };
enum { STEPS = 8, OWN_FAILURE = -1000 };

struct leaf {
    struct rouse_future future;
    int32_t left;
    struct choose choose;
};
ROUSE_ASYNC(leaf)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--)
        ROUSE_AWAIT(self->choose, choose(-1));
    ROUSE_FINALLY;
    puts("leaf");
    ROUSE_END;
}

struct wild {
    struct rouse_future future;
    int32_t depth, steps;
    rouse_js items;
    rouse_status status;
    struct rouse_scope scope;
    struct choose next;
    struct leaf a, b;
    struct rouse_select select;
    struct rouse_try_join join;
    struct rouse_timeout limit;
    struct rouse_sleep nap;
    struct rouse_js_next item;
    struct rouse_scope_join all;
    int32_t out;
};
ROUSE_ASYNC(wild)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime,
                     self->depth % 2 ? ROUSE_FAIL_FAST : ROUSE_SUPERVISE);
    for (; self->steps < STEPS; self->steps++) {
        ROUSE_AWAIT(self->next, choose(self->depth));
        if (self->next.out == SPAWN && self->depth > 0) {
            rouse_scope_spawn(&self->scope,
                              ROUSE_FUTURE(wild, .depth = self->depth - 1, .items = self->items));
        } else if (self->next.out == SELECT) {
            ROUSE_PUT(self->a, ROUSE_FUTURE(leaf, .left = 2));
            ROUSE_PUT(self->b, ROUSE_FUTURE(leaf, .left = 1));
            ROUSE_TRY_AWAIT(self->status, self->select,
                            rouse_select(ROUSE_LIST(&self->a.future, &self->b.future), ROUSE_FAIR));
        } else if (self->next.out == JOIN) {
            ROUSE_PUT(self->a, ROUSE_FUTURE(leaf, .left = 2));
            ROUSE_PUT(self->b, ROUSE_FUTURE(leaf, .left = 1));
            ROUSE_TRY_AWAIT(self->status, self->join,
                            rouse_try_join(ROUSE_LIST(&self->a.future, &self->b.future)));
        } else if (self->next.out == LIMIT) {
            ROUSE_PUT(self->a, ROUSE_FUTURE(leaf, .left = 3));
            ROUSE_TRY_AWAIT(self->status, self->limit,
                            rouse_timeout(&self->a.future, 2 * ROUSE_MS));
        } else if (self->next.out == NAP) {
            ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
        } else if (self->next.out == ITEM) {
            ROUSE_TRY_AWAIT(self->status, self->item, rouse_js_next(self->items));
        } else if (self->next.out == CANCEL) {
            rouse_scope_cancel(&self->scope, ROUSE_ERR_CANCELLED);
        } else if (self->next.out == WAIT) {
            ROUSE_AWAIT(self->all, rouse_scope_join(&self->scope));
        } else if (self->next.out == FAIL) {
            ROUSE_FAIL(OWN_FAILURE);
        } else {
            break;
        }
    }
    ROUSE_RETURN(self->steps);
    ROUSE_FINALLY;
    puts("wild");
    rouse_scope_drop(&self->scope);
    rouse_drop(&self->a.future);
    rouse_drop(&self->b.future);
    ROUSE_END;
}
ROUSE_EXPORT(wild, ROUSE_I32(depth), ROUSE_VALUE(items), ROUSE_OUT_I32)

struct pour {
    struct rouse_future future;
    int32_t left, out;
    struct choose choose;
};
ROUSE_STREAM(pour)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        ROUSE_AWAIT(self->choose, choose(-1));
        ROUSE_EMIT(self->left);
    }
    ROUSE_FINALLY;
    puts("pour");
    ROUSE_END;
}
ROUSE_EXPORT(pour, ROUSE_I32(left), ROUSE_OUT_I32)

struct echo {
    struct rouse_future future;
    struct rouse_bytes bytes;
    int32_t out;
};
ROUSE_ASYNC(echo)
{
    ROUSE_BEGIN;
    ROUSE_RETURN((int32_t)self->bytes.size);
    ROUSE_END;
}
ROUSE_EXPORT(echo, ROUSE_BYTES(bytes), ROUSE_OUT_I32)
