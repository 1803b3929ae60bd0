/* scope_waiters.c: what follows when the number of tasks in a scope changes. Below scope.c and
   defer.c, which both change it. */
#include "scope_end.h"

/* While the scope must not go away, the guard looks like a future that was polled and is not done:
   the check of a frame that ends finds it. */
void rouse_i_scope_guard(struct rouse_scope *scope)
{
#if ROUSE_CHECKED
    bool live = scope->live || scope->cleaning || !rouse_i_list_is_empty(&scope->deferred);
    scope->guard.at = live ? ROUSE_AT_POLLED : ROUSE_AT_DONE;
#endif
    (void)scope;
}

/* Chooses the waiters first and then wakes them: a wake may run code that ends the scope. */
void rouse_i_scope_changed(struct rouse_scope *scope)
{
    struct rouse_i_node due, left;
    rouse_i_scope_guard(scope);
    rouse_i_list_init(&due);
    rouse_i_list_take(&left, &scope->waiters);
    while (!rouse_i_list_is_empty(&left)) {
        struct rouse_i_node *node = left.next;
        bool enough = scope->live < ROUSE_I_CONTAINER(node, struct rouse_i_scope_wait, node)->below;
        rouse_i_node_unlink(node);
        rouse_i_list_append(enough ? &due : &scope->waiters, node);
    }
    while (!rouse_i_list_is_empty(&due)) {
        struct rouse_i_scope_wait *wait =
            ROUSE_I_CONTAINER(due.next, struct rouse_i_scope_wait, node);
        rouse_i_node_unlink(&wait->node);
        rouse_waker_wake(&wait->waker);
    }
}
