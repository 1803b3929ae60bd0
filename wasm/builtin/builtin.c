/* builtin.c: the runtime of futures that are written in JavaScript. Each such future is a node: a C
   future with all that belongs to it, made when its parent first needs it. A `future(function* ()
   {})` is a frame: it asks JavaScript for the next node to await until there is none.

   Invariant: a node belongs to one parent or to one task, which frees it when it ends, children
   first. Only a select gives nodes back: JavaScript takes them out of its list, and later puts each
   under another parent or task. */
#include "../js/js_host.h"
#include <rouse/rouse.h>

#include <stdlib.h>

enum kind {
    FRAME,
    WAIT,
    SLEEP,
    YIELD,
    JOIN,
    TRY_JOIN,
    RACE,
    ANY,
    SELECT,      /* of several that are ready, the first in the list */
    SELECT_FAIR, /* any of them */
    TIMEOUT,
    LOCK,
    ACQUIRE,
    SEND,
    RECV
};

struct frame {
    struct rouse_future future;
    uint32_t id;
    struct node *child;
    rouse_status status; /* of the child that ended last */
};
/* Waits for JavaScript: for another future, a promise, a call of another module. */
struct wait {
    struct rouse_future future;
    struct rouse_waker waker;
    uint32_t id;
    rouse_status result; /* ROUSE_PENDING_ until JavaScript sets it */
};
/* JavaScript reads `item` and, behind it, the status and the first word of the result. */
struct node {
    uint32_t kind, count;
    struct rouse_future **children;
    uint32_t item;
    union {
        struct rouse_future future;
        struct frame frame;
        struct wait wait;
        struct rouse_sleep sleep;
        struct rouse_yield yield;
        struct rouse_join join;
        struct rouse_try_join try_join;
        struct rouse_race race;
        struct rouse_any any;
        struct rouse_select select;
        struct rouse_timeout timeout;
        struct rouse_mutex_lock lock;
        struct rouse_semaphore_acquire acquire;
        struct rouse_send send;
        struct rouse_recv recv;
    };
};
struct root {
    struct rouse_future future;
    struct node *node;
    uint32_t id;
    rouse_status status;
};

/* The next node to await after one that ended with `status`. NULL: the frame has ended. */
struct node *IMPORT(rouse_host_frame)(uint32_t id, rouse_status status);
/* 1 if the generator threw. The `finally` blocks of a cancelled frame run now. */
int32_t IMPORT(rouse_host_frame_end)(uint32_t id, rouse_status status);
/* The status if it is known; ROUSE_PENDING_: rouse_js_wait_done will bring it. */
int32_t IMPORT(rouse_host_wait)(uint32_t id, struct node *node);
void IMPORT(rouse_host_wait_end)(uint32_t id);
void IMPORT(rouse_host_root_end)(uint32_t id, rouse_status status);

struct node *EXPORT(rouse_js_node)(int32_t kind, uint32_t of, double n);
void *EXPORT(rouse_js_list)(uint32_t count);
void EXPORT(rouse_js_wait_done)(struct node *node, rouse_status status);
struct rouse_task *EXPORT(rouse_js_root)(struct node *node, uint32_t id);
void EXPORT(rouse_js_root_abort)(struct rouse_task *task);

static struct node *node_of(struct rouse_future *f)
{
    return (struct node *)(void *)((char *)f - offsetof(struct node, future));
}

static void node_free(struct node *node)
{
    if (!node)
        return;
    rouse_drop(&node->future);
    for (uint32_t i = 0; i < node->count; i++)
        if (node->children[i])
            node_free(node_of(node->children[i]));
    free(node->children);
    free(node);
}

/* ---- A generator ----------------------------------------------------------------------------- */

ROUSE_ASYNC(frame)
{
    ROUSE_BEGIN;
    for (;;) {
        struct node *before = self->child;
        self->child = rouse_host_frame(self->id, self->status);
        node_free(before);
        if (!self->child)
            break;
        ROUSE_TRY_AWAIT_ON(self->status, &self->child->future);
    }
    ROUSE_FINALLY;
    int32_t thrown = rouse_host_frame_end(self->id, self->future.status);
    node_free(self->child);
    self->child = NULL;
    if (thrown)
        self->future.status = ROUSE_JS_THROWN;
    ROUSE_END;
}

/* ---- What JavaScript settles -------------------------------------------------------------------
 */

static struct rouse_polled wait_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct wait *self = (struct wait *)(void *)f;
    if (f->at >= ROUSE_AT_UNSTARTED) { /* dropped, also before its first poll */
        rouse_waker_drop(&self->waker);
        rouse_host_wait_end(self->id);
        return ROUSE_READY(ROUSE_ERR_CANCELLED);
    }
    if (!self->waker.table && self->result == ROUSE_PENDING_)
        self->result = rouse_host_wait(self->id, node_of(f));
    if (self->result != ROUSE_PENDING_)
        return ROUSE_READY(self->result);
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}

static const struct rouse_type wait_type = {"wait", __FILE__, sizeof(struct wait), wait_poll,
                                            rouse_i_async_drop};

void rouse_js_wait_done(struct node *node, rouse_status status)
{
    node->wait.result = status;
    rouse_waker_wake(&node->wait.waker);
}

/* ---- Nodes -------------------------------------------------------------------------------------
 */

void *rouse_js_list(uint32_t count)
{
    return malloc(count * sizeof(struct rouse_future *) + 1);
}

static uint64_t nanoseconds(double ms)
{
    return ms < 1e12 ? (uint64_t)(ms * 1e6) : UINT64_MAX; /* more than 31 years: never */
}

static void list_init(struct node *node, struct rouse_future **list, size_t count)
{
    node->children = list;
    node->count = (uint32_t)count;
    if (node->kind == JOIN)
        node->join = rouse_join(list, count);
    else if (node->kind == TRY_JOIN)
        node->try_join = rouse_try_join(list, count);
    else if (node->kind == RACE)
        node->race = rouse_race(list, count);
    else if (node->kind == ANY)
        node->any = rouse_any(list, count);
    else if (node->kind < TIMEOUT)
        rouse_select_init(&node->select, list, count,
                          node->kind == SELECT ? ROUSE_IN_ORDER : ROUSE_FAIR);
    else
        node->timeout.child = list[0];
}

static void channel_init(struct node *node, void *channel, uint32_t item)
{
    node->item = item;
    if (node->kind == SEND)
        node->send = rouse_send(channel, &node->item);
    else
        node->recv = rouse_recv(channel, &node->item);
}

/* `of` is an id, a list of futures or an object; `n` is a time, a count or an item. */
struct node *rouse_js_node(int32_t kind, uint32_t of, double n)
{
    struct node *node = calloc(1, sizeof *node);
    if (!node)
        return NULL;
    void *object = (void *)(uintptr_t)of;
    node->kind = (uint32_t)kind;
    if (kind == FRAME)
        node->frame = ROUSE_FUTURE(frame, .id = of);
    else if (kind == WAIT)
        node->wait = ROUSE_FUTURE(wait, .id = of, .result = ROUSE_PENDING_);
    else if (kind == SLEEP)
        node->sleep = rouse_sleep(nanoseconds(n));
    else if (kind == YIELD)
        node->yield = rouse_yield();
    else if (kind == LOCK)
        node->lock = rouse_mutex_lock(object);
    else if (kind == ACQUIRE)
        node->acquire = rouse_semaphore_acquire(object, (size_t)n);
    else if (kind >= SEND)
        channel_init(node, object, (uint32_t)n);
    else if (kind == TIMEOUT) {
        node->timeout = rouse_timeout(NULL, nanoseconds(n));
        list_init(node, object, 1);
    } else
        list_init(node, object, (size_t)n);
    return node;
}

/* ---- Tasks -------------------------------------------------------------------------------------
 */

ROUSE_ASYNC(root)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT_ON(self->status, &self->node->future);
    ROUSE_FINALLY;
    rouse_drop(&self->node->future);
    rouse_host_root_end(self->id, self->future.status ? self->future.status : self->status);
    node_free(self->node);
    rouse_task_detach((struct rouse_task *)(void *)self - 1);
    ROUSE_END;
}

/* The root releases the handle when it ends; until then it may be aborted. */
struct rouse_task *rouse_js_root(struct node *node, uint32_t id)
{
    struct root root = ROUSE_FUTURE(root, .node = node, .id = id);
    return rouse_spawn(rouse_i_js_runtime(), root);
}

void rouse_js_root_abort(struct rouse_task *task)
{
    rouse_task_abort(task);
}
