/* scope.c: tasks that end before the frame that they work for.

     rouse_i_scope_spawn --> child --child_ended--> gone; if it failed in FAIL_FAST, abort_children
     all gone --join or drop--> deferred futures run (defer.c) --> the join is done

   Invariant: a child is in `children` until it has ended, so an empty scope may go away. */
#include <rouse/scope.h>

#include "scope_end.h"

static struct rouse_i_tail *tail_of(struct rouse_i_node *node)
{
    return ROUSE_I_CONTAINER(node, struct rouse_i_tail, node);
}

static void check_initialised(const struct rouse_scope *scope)
{
    if (!scope->children.next)
        rouse_i_bug(NULL, "a scope is used before rouse_scope_init");
}

/* ---- Children ------------------------------------------------------------------------------ */

/* A child that is being polled ends when that poll returns, and stays in the list until then. Wakes
   the waiters once all are aborted, for a waiter may end the scope. Call it last. */
static void abort_children(struct rouse_scope *scope, rouse_status why)
{
    struct rouse_i_node left;
    scope->cancelled = scope->stopping = true;
    rouse_i_list_take(&left, &scope->children);
    while (!rouse_i_list_is_empty(&left)) {
        struct rouse_i_tail *tail = tail_of(left.next);
        rouse_i_node_unlink(&tail->node);
        rouse_i_list_append(&scope->children, &tail->node);
        rouse_task_abort_with(tail->task, why);
    }
    scope->stopping = false;
    rouse_i_scope_changed(scope);
}

static void child_ended(struct rouse_i_tail *tail)
{
    struct rouse_scope *scope = tail->owner;
    bool aborted = tail->task->state & TASK_ABORTED;
    bool failed = !aborted && rouse_i_task_future(tail->task)->status < 0;
    rouse_i_node_unlink(&tail->node);
    scope->live--;
    if (failed && scope->mode == ROUSE_FAIL_FAST && !scope->cancelled) {
        scope->failed = tail->task;
        abort_children(scope, ROUSE_ERR_CANCELLED);
        return;
    }
    rouse_task_detach(tail->task);
    if (!scope->stopping)
        rouse_i_scope_changed(scope);
}

static void spawn_failed(struct rouse_scope *scope)
{
    scope->result = ROUSE_ERR_NO_MEMORY;
    if (scope->mode == ROUSE_FAIL_FAST)
        abort_children(scope, ROUSE_ERR_CANCELLED);
}

struct rouse_task *rouse_i_scope_spawn(struct rouse_scope *scope, struct rouse_future *f,
                                       size_t size)
{
    struct rouse_i_tail tail = {.owner = scope, .ended = child_ended};
    check_initialised(scope);
    if (scope->cancelled) {
        if (scope->result == ROUSE_OK)
            scope->result = scope->why;
        rouse_drop(f);
        return NULL;
    }
    struct rouse_task *task = rouse_i_spawn_owned(scope->runtime, f, size, &tail, sizeof tail, 0);
    if (task) {
        scope->live++;
        rouse_i_list_append(&scope->children, &rouse_i_tail_of(task)->node);
        rouse_i_scope_guard(scope);
        if (!rouse_i_locals_inherit(scope->runtime, task)) {
            rouse_task_abort(task);
            task = NULL;
        }
    }
    if (!task)
        spawn_failed(scope);
    else if (scope->mode == ROUSE_SUPERVISE)
        rouse_task_detach(task);
    return task;
}

void rouse_scope_cancel(struct rouse_scope *scope, rouse_status why)
{
    check_initialised(scope);
    if (scope->cancelled)
        return;
    scope->why = why < 0 ? why : ROUSE_OK;
    if (scope->live > 0)
        scope->result = scope->why;
    abort_children(scope, why);
}

size_t rouse_scope_count(const struct rouse_scope *scope)
{
    return scope->live;
}

/* ---- Deadlines ----------------------------------------------------------------------------- */

static uint64_t deadline_of(struct rouse_task *task)
{
    if (!task || !(task->state & TASK_OWNED) || rouse_i_tail_of(task)->ended != child_ended)
        return ROUSE_NEVER;
    return ((const struct rouse_scope *)rouse_i_tail_of(task)->owner)->deadline_ns;
}

uint64_t rouse_deadline(struct rouse_context *cx)
{
    return cx->runtime ? deadline_of(cx->runtime->current) : ROUSE_NEVER;
}

static void deadline_passed(void *data)
{
    struct rouse_scope *scope = data;
    rouse_drop(&scope->timer.future);
    rouse_scope_cancel(scope, ROUSE_ERR_TIMEOUT);
}

static struct rouse_waker timer_waker(void *data);

static void timer_waker_drop(void *data)
{
    (void)data;
}

static const struct rouse_waker_table timer_table = {timer_waker, deadline_passed, deadline_passed,
                                                     timer_waker_drop};

static struct rouse_waker timer_waker(void *data)
{
    return (struct rouse_waker){&timer_table, data};
}

void rouse_scope_deadline_until(struct rouse_scope *scope, uint64_t deadline_ns)
{
    struct rouse_context cx = {.waker = timer_waker(scope), .runtime = scope->runtime};
    check_initialised(scope);
    rouse_drop(&scope->timer.future);
    bool earlier = deadline_ns < scope->outer_ns;
    scope->deadline_ns = earlier ? deadline_ns : scope->outer_ns;
    if (!earlier || scope->cancelled || !scope->runtime)
        return;
    scope->timer = rouse_sleep_until(deadline_ns);
    if (!rouse_is_pending(rouse_poll(&scope->timer.future, &cx)))
        rouse_scope_cancel(scope, ROUSE_ERR_TIMEOUT);
}

void rouse_scope_deadline(struct rouse_scope *scope, uint64_t ns)
{
    uint64_t now = scope->runtime ? rouse_now(scope->runtime) : 0;
    rouse_scope_deadline_until(scope, ns < ROUSE_NEVER - now ? now + ns : ROUSE_NEVER);
}

/* ---- Life ---------------------------------------------------------------------------------- */

void rouse_scope_init(struct rouse_scope *scope, struct rouse_runtime *rt,
                      enum rouse_scope_mode mode)
{
    *scope = (struct rouse_scope){.runtime = rt, .mode = (uint8_t)mode};
    rouse_i_list_init(&scope->children);
    rouse_i_list_init(&scope->deferred);
    rouse_i_list_init(&scope->waiters);
    scope->outer_ns = scope->deadline_ns = rt ? deadline_of(rt->current) : ROUSE_NEVER;
#if ROUSE_CHECKED
    static const struct rouse_type type = {"rouse_scope", __FILE__, sizeof *scope, NULL, NULL};
    scope->guard = (struct rouse_future){
        .type = &type, .at = ROUSE_AT_DONE, .pinned = (uintptr_t)&scope->guard ^ ROUSE_PINNED_};
#endif
}

/* A child that is being polled may borrow from the frame around the scope: that would dangle. */
static void check_not_inside(struct rouse_scope *scope)
{
    struct rouse_i_node *node = scope->children.next;
    for (; node != &scope->children; node = node->next)
        if (tail_of(node)->task->state & TASK_RUNNING)
            rouse_i_bug(rouse_i_task_future(tail_of(node)->task),
                        "a scope is dropped by one of its own children: use rouse_scope_cancel");
}

void rouse_scope_drop(struct rouse_scope *scope)
{
    if (!scope->children.next)
        return;
    check_not_inside(scope);
    rouse_drop(&scope->timer.future);
    rouse_scope_cancel(scope, ROUSE_ERR_CANCELLED);
    if (scope->failed) {
        scope->result = rouse_i_task_future(scope->failed)->status;
        rouse_task_detach(scope->failed); /* reports the failure, which no join has returned */
        scope->failed = NULL;
    }
    rouse_i_cleanup_start(scope);
    rouse_i_cleanup_abandon(scope);
    rouse_i_scope_changed(scope);
}

/* ---- Join and room ------------------------------------------------------------------------- */

static struct rouse_polled wait_for(struct rouse_i_scope_wait *wait, struct rouse_context *cx)
{
    if (!rouse_i_node_is_linked(&wait->node))
        rouse_i_list_append(&wait->scope->waiters, &wait->node);
    rouse_waker_store(&wait->waker, cx);
    return ROUSE_PENDING;
}

static void wait_leave(struct rouse_i_scope_wait *wait)
{
    rouse_waker_drop(&wait->waker);
    if (rouse_i_node_is_linked(&wait->node))
        rouse_i_node_unlink(&wait->node);
}

static rouse_status scope_result(struct rouse_scope *scope, struct rouse_context *cx,
                                 const struct rouse_future *to)
{
    if (scope->failed) {
        struct rouse_task_join join = rouse_task_join(scope->failed);
        scope->result = rouse_poll(&join.future, cx).status;
        rouse_i_carry(cx, &join.future, to);
        rouse_task_detach(scope->failed);
        scope->failed = NULL;
    }
    return scope->result;
}

static struct rouse_polled scope_join_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_i_scope_wait *wait = &((struct rouse_scope_join *)(void *)f)->wait;
    struct rouse_scope *scope = wait->scope;
    check_initialised(scope);
    if (scope->live == 0)
        rouse_i_cleanup_start(scope);
    if (scope->live > 0 || scope->cleaning)
        return wait_for(wait, cx);
    rouse_drop(&scope->timer.future);
    wait_leave(wait);
    return ROUSE_READY(scope_result(scope, cx, f));
}

static void scope_join_drop(struct rouse_future *f)
{
    struct rouse_i_scope_wait *wait = &((struct rouse_scope_join *)(void *)f)->wait;
    wait_leave(wait);
    rouse_scope_drop(wait->scope);
}

const struct rouse_type rouse_scope_join_type = {"rouse_scope_join", __FILE__,
                                                 sizeof(struct rouse_scope_join), scope_join_poll,
                                                 scope_join_drop};

struct rouse_scope_join rouse_scope_join(struct rouse_scope *scope)
{
    return ROUSE_FUTURE(rouse_scope_join, .wait = {.scope = scope, .below = 1});
}

static struct rouse_polled scope_room_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_i_scope_wait *wait = &((struct rouse_scope_room *)(void *)f)->wait;
    struct rouse_scope *scope = wait->scope;
    rouse_status status = ROUSE_OK;
    check_initialised(scope);
    if (wait->below == 0)
        status = ROUSE_ERR_INVALID;
    else if (scope->cancelled)
        status = scope_result(scope, cx, f) < 0 ? scope->result : ROUSE_ERR_CANCELLED;
    else if (scope->live >= wait->below)
        return wait_for(wait, cx);
    wait_leave(wait);
    return ROUSE_READY(status);
}

static void scope_room_drop(struct rouse_future *f)
{
    wait_leave(&((struct rouse_scope_room *)(void *)f)->wait);
}

const struct rouse_type rouse_scope_room_type = {"rouse_scope_room", __FILE__,
                                                 sizeof(struct rouse_scope_room), scope_room_poll,
                                                 scope_room_drop};

struct rouse_scope_room rouse_scope_room(struct rouse_scope *scope, size_t limit)
{
    return ROUSE_FUTURE(rouse_scope_room, .wait = {.scope = scope, .below = limit});
}
