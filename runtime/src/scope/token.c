/* token.c: a tree of cancel tokens.

   Invariant: only tokens that are not cancelled are linked to each other and have waiters. So a
   cancel takes its whole subtree apart first, and then wakes the waiters. */
#include <rouse/scope.h>

#include "../base/list.h"

static struct rouse_token *token_of(struct rouse_i_node *node)
{
    return ROUSE_I_CONTAINER(node, struct rouse_token, node);
}

static void check_initialised(const struct rouse_token *token)
{
    if (!token->children.next)
        rouse_i_bug(NULL, "a token is used before rouse_token_init or after rouse_token_drop");
}

void rouse_token_init(struct rouse_token *token, struct rouse_token *parent)
{
    *token = (struct rouse_token){0};
    rouse_i_list_init(&token->children);
    rouse_i_list_init(&token->waiters);
    if (!parent)
        return;
    check_initialised(parent);
    token->why = parent->why;
    if (parent->why < 0)
        return;
    token->parent = parent;
    rouse_i_list_append(&parent->children, &token->node);
}

/* Moves all of `from` to the end of `to`. */
static void append_all(struct rouse_i_node *to, struct rouse_i_node *from)
{
    while (!rouse_i_list_is_empty(from)) {
        struct rouse_i_node *node = from->next;
        rouse_i_node_unlink(node);
        rouse_i_list_append(to, node);
    }
}

static void wake_all(struct rouse_i_node *waiters, rouse_status why)
{
    while (!rouse_i_list_is_empty(waiters)) {
        struct rouse_token_wait *waiter =
            ROUSE_I_CONTAINER(waiters->next, struct rouse_token_wait, node);
        rouse_i_node_unlink(&waiter->node);
        waiter->out = why; /* it need not look at the token, which may be gone by then */
        rouse_waker_wake(&waiter->waker);
    }
}

/* A loop, not a recursion: a tree may be deeper than the stack. */
void rouse_token_cancel(struct rouse_token *token, rouse_status why)
{
    struct rouse_i_node left, waiters;
    check_initialised(token);
    if (token->why < 0)
        return;
    if (why >= 0)
        why = ROUSE_ERR_CANCELLED;
    rouse_i_list_init(&left);
    rouse_i_list_init(&waiters);
    if (token->parent)
        rouse_i_node_unlink(&token->node);
    rouse_i_list_append(&left, &token->node);
    while (!rouse_i_list_is_empty(&left)) {
        token = token_of(left.next);
        rouse_i_node_unlink(&token->node);
        token->parent = NULL;
        token->why = why;
        append_all(&left, &token->children);
        append_all(&waiters, &token->waiters);
    }
    wake_all(&waiters, why);
}

bool rouse_token_is_cancelled(const struct rouse_token *token)
{
    return token->why < 0;
}

rouse_status rouse_token_reason(const struct rouse_token *token)
{
    return token->why;
}

void rouse_token_drop(struct rouse_token *token)
{
    if (!token->children.next || token->why < 0)
        return;
    if (!rouse_i_list_is_empty(&token->waiters))
        rouse_i_bug(NULL, "rouse_token_drop while a future waits for the token");
    while (!rouse_i_list_is_empty(&token->children)) {
        struct rouse_token *child = token_of(token->children.next);
        rouse_i_node_unlink(&child->node);
        child->parent = token->parent;
        if (token->parent)
            rouse_i_list_append(&token->parent->children, &child->node);
    }
    if (token->parent)
        rouse_i_node_unlink(&token->node);
    *token = (struct rouse_token){0};
}

/* ---- Wait ---------------------------------------------------------------------------------- */

static void token_wait_drop(struct rouse_future *f)
{
    struct rouse_token_wait *self = (struct rouse_token_wait *)(void *)f;
    rouse_waker_drop(&self->waker);
    if (rouse_i_node_is_linked(&self->node))
        rouse_i_node_unlink(&self->node);
}

static struct rouse_polled token_wait_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_token_wait *self = (struct rouse_token_wait *)(void *)f;
    if (self->out == ROUSE_OK) {
        check_initialised(self->token);
        self->out = self->token->why;
    }
    if (self->out < 0) {
        token_wait_drop(f); /* it may still be in the list of wake_all */
        return ROUSE_READY(ROUSE_OK);
    }
    if (!rouse_i_node_is_linked(&self->node))
        rouse_i_list_append(&self->token->waiters, &self->node);
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}

const struct rouse_type rouse_token_wait_type = {"rouse_token_wait", __FILE__,
                                                 sizeof(struct rouse_token_wait), token_wait_poll,
                                                 token_wait_drop};

struct rouse_token_wait rouse_token_wait(struct rouse_token *token)
{
    return ROUSE_FUTURE(rouse_token_wait, .token = token);
}

/* ---- With a token -------------------------------------------------------------------------- */

static void with_token_drop(struct rouse_future *f)
{
    struct rouse_with_token *self = (struct rouse_with_token *)(void *)f;
    rouse_drop(&self->wait.future);
    rouse_drop(self->child);
}

static struct rouse_polled with_token_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_with_token *self = (struct rouse_with_token *)(void *)f;
    rouse_status why = ROUSE_OK;
    if (self->wait.future.at == ROUSE_AT_START)
        why = self->wait.token->why;
    if (why == ROUSE_OK) {
        struct rouse_polled child = rouse_poll(self->child, cx);
        if (!rouse_is_pending(child)) {
            rouse_i_carry(cx, self->child, f);
            rouse_drop(&self->wait.future);
            return ROUSE_READY(child.status < 0 ? child.status : ROUSE_OK);
        }
        if (rouse_is_pending(rouse_poll(&self->wait.future, cx)))
            return ROUSE_PENDING;
        why = self->wait.out;
    }
    with_token_drop(f);
    return ROUSE_READY(why);
}

const struct rouse_type rouse_with_token_type = {"rouse_with_token", __FILE__,
                                                 sizeof(struct rouse_with_token), with_token_poll,
                                                 with_token_drop};

struct rouse_with_token rouse_with_token(struct rouse_future *child, struct rouse_token *token)
{
    struct rouse_with_token made = ROUSE_FUTURE(rouse_with_token, .child = child);
    made.wait = rouse_token_wait(token);
    return made;
}
