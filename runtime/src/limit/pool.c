/* pool.c: a bounded pool of resources that are opened when they are first needed.

     SHUT --acquire--> OUT_SHUT --opened--> OUT_OPEN --release--> OPEN --acquire--> OUT_OPEN ...
       ^                  | failed, cancelled    | discard
       +------------------+----------------------+

   Invariant: nobody overtakes. An item that comes back goes to the first in line, if there is one;
   a waiter that is dropped with an item in hand gives it back, which passes its turn on. */
#include <rouse/limit.h>

#include "../base/list.h"

enum { ITEM_NEW, ITEM_SHUT, ITEM_OPEN, ITEM_OUT_SHUT, ITEM_OUT_OPEN };

void rouse_pool_init(struct rouse_pool *pool, const struct rouse_pool_options *options)
{
    *pool = (struct rouse_pool){.closed = false};
    if (options)
        pool->options = *options;
    rouse_i_list_init(&pool->idle);
    rouse_i_list_init(&pool->waiters);
}

/* ---- Items come back ----------------------------------------------------------------------- */

static void shut_item(struct rouse_pool *pool, struct rouse_pool_item *item)
{
    item->state = pool->options.open ? ITEM_SHUT : ITEM_OPEN;
    if (pool->options.shut)
        pool->options.shut(pool->options.data, item);
}

static struct rouse_pool_item *hand_out(struct rouse_pool_item *item)
{
    item->state = item->state == ITEM_OPEN ? ITEM_OUT_OPEN : ITEM_OUT_SHUT;
    return item;
}

/* Hands the item to the first in line. If nobody waits, it is idle: open items in front. */
static void put_back(struct rouse_pool *pool, struct rouse_pool_item *item)
{
    if (rouse_i_list_is_empty(&pool->waiters)) {
        rouse_i_list_insert(item->state == ITEM_OPEN ? pool->idle.next : &pool->idle, &item->node);
        return;
    }
    struct rouse_pool_acquire *waiter =
        ROUSE_I_CONTAINER(pool->waiters.next, struct rouse_pool_acquire, node);
    rouse_i_node_unlink(&waiter->node);
    waiter->out = hand_out(item);
    rouse_waker_wake(&waiter->waker);
}

void rouse_pool_add(struct rouse_pool *pool, struct rouse_pool_item *item)
{
    if (item->state != ITEM_NEW)
        rouse_i_bug(NULL, "rouse_pool_add of an item that is already in a pool");
    item->pool = pool;
    item->state = pool->options.open ? ITEM_SHUT : ITEM_OPEN;
    put_back(pool, item);
}

static void return_item(struct rouse_pool_item *item, bool broken)
{
    struct rouse_pool *pool = item->pool;
    if (item->state != ITEM_OUT_OPEN)
        rouse_i_bug(NULL, "returned a pool item that was not acquired");
    item->state = ITEM_OPEN;
    if (broken || pool->closed)
        shut_item(pool, item);
    put_back(pool, item);
}

void rouse_pool_release(struct rouse_pool_item *item)
{
    return_item(item, false);
}

void rouse_pool_discard(struct rouse_pool_item *item)
{
    return_item(item, true);
}

void rouse_pool_close(struct rouse_pool *pool)
{
    if (pool->closed)
        return;
    pool->closed = true;
    for (struct rouse_i_node *node = pool->idle.next; node != &pool->idle; node = node->next) {
        struct rouse_pool_item *item = ROUSE_I_CONTAINER(node, struct rouse_pool_item, node);
        if (item->state == ITEM_OPEN)
            shut_item(pool, item);
    }
    struct rouse_i_node waiters;
    rouse_i_list_take(&waiters, &pool->waiters);
    while (!rouse_i_list_is_empty(&waiters)) {
        struct rouse_pool_acquire *waiter =
            ROUSE_I_CONTAINER(waiters.next, struct rouse_pool_acquire, node);
        rouse_i_node_unlink(&waiter->node);
        rouse_waker_wake(&waiter->waker);
    }
}

/* ---- Items are taken ----------------------------------------------------------------------- */

static struct rouse_pool_item *first_idle(struct rouse_pool *pool)
{
    if (rouse_i_list_is_empty(&pool->idle))
        return NULL;
    return ROUSE_I_CONTAINER(pool->idle.next, struct rouse_pool_item, node);
}

static struct rouse_pool_item *take_idle(struct rouse_pool_item *item)
{
    rouse_i_node_unlink(&item->node);
    return hand_out(item);
}

struct rouse_pool_item *rouse_pool_try_acquire(struct rouse_pool *pool)
{
    struct rouse_pool_item *item = pool->closed ? NULL : first_idle(pool);
    return item && item->state == ITEM_OPEN ? take_idle(item) : NULL;
}

/* An item that could not be opened counts as shut. */
static void fail_to_open(struct rouse_pool_acquire *self)
{
    struct rouse_pool_item *item = self->out;
    self->out = NULL;
    item->state = ITEM_SHUT;
    put_back(self->pool, item);
}

static struct rouse_polled open_item(struct rouse_pool_acquire *self, struct rouse_context *cx)
{
    const struct rouse_pool_options *options = &self->pool->options;
    if (!self->opening)
        self->opening = options->open(options->data, self->out);
    if (!self->opening) {
        fail_to_open(self);
        return ROUSE_READY(ROUSE_ERR_NO_MEMORY);
    }
    struct rouse_polled polled = rouse_poll(self->opening, cx);
    if (polled.status == ROUSE_OK)
        self->out->state = ITEM_OUT_OPEN;
    if (polled.status < 0) {
        rouse_i_carry(cx, self->opening, &self->future);
        fail_to_open(self);
    }
    return polled;
}

static void leave_line(struct rouse_pool_acquire *self)
{
    rouse_waker_drop(&self->waker);
    if (rouse_i_node_is_linked(&self->node))
        rouse_i_node_unlink(&self->node);
}

static struct rouse_polled acquire_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_pool_acquire *self = (struct rouse_pool_acquire *)(void *)f;
    struct rouse_pool *pool = self->pool;
    if (!self->out && pool->closed) {
        leave_line(self); /* it may still be in the list of rouse_pool_close */
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    }
    if (!self->out && first_idle(pool))
        self->out = take_idle(first_idle(pool));
    if (!self->out) {
        if (!rouse_i_node_is_linked(&self->node))
            rouse_i_list_append(&pool->waiters, &self->node);
        rouse_waker_store(&self->waker, cx);
        return ROUSE_PENDING;
    }
    return self->out->state == ITEM_OUT_OPEN ? ROUSE_READY(ROUSE_OK) : open_item(self, cx);
}

static void acquire_drop(struct rouse_future *f)
{
    struct rouse_pool_acquire *self = (struct rouse_pool_acquire *)(void *)f;
    leave_line(self);
    rouse_drop(self->opening);
    if (!self->out)
        return;
    if (self->out->state != ITEM_OUT_OPEN) {
        fail_to_open(self);
        return;
    }
    struct rouse_pool_item *item = self->out;
    self->out = NULL;
    rouse_pool_release(item);
}

const struct rouse_type rouse_pool_acquire_type = {
    "rouse_pool_acquire", __FILE__, sizeof(struct rouse_pool_acquire), acquire_poll, acquire_drop};

ROUSE_MAKER_FUNCTION_(rouse_pool_acquire, rouse_pool_acquire)(struct rouse_pool *pool)
{
    return rouse_pool_acquire(pool);
}
