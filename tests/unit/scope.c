/* Scopes: children, joins, failures, deadlines, deferred cleanup. */
#include "crew.h"
// needs: malloc

/* A parent with two children and what a test wants besides. */
struct parent {
    struct rouse_future future;
    enum rouse_scope_mode mode;
    struct worker a, b, cleanup, cleanup2;
    uint64_t grace_ns, deadline_ms;
    rouse_status cancel_with, status;
    bool cancels;
    struct rouse_scope scope;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(parent)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, self->mode);
    if (self->cleanup.name)
        EXPECT_EQ(rouse_scope_defer(&self->scope, self->grace_ns, self->cleanup), ROUSE_OK);
    if (self->cleanup2.name)
        EXPECT_EQ(rouse_scope_defer(&self->scope, self->grace_ns, self->cleanup2), ROUSE_OK);
    if (self->deadline_ms)
        rouse_scope_deadline(&self->scope, self->deadline_ms * ROUSE_MS);
    if (self->a.name)
        rouse_scope_spawn(&self->scope, self->a);
    if (self->b.name)
        rouse_scope_spawn(&self->scope, self->b);
    if (self->cancels)
        rouse_scope_cancel(&self->scope, self->cancel_with);
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));
    test_say("joined %d", (int)self->status);
    if (self->status < 0 && rouse_error(cx)->message[0])
        test_say("[%s]", rouse_error(cx)->message);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

/* Runs a parent for `ms` and gives its task, which the caller detaches. */
static struct rouse_task *start(struct parent made, uint64_t ms)
{
    struct rouse_task *task = rouse_spawn(&rt, made);
    rouse_task_set_name(task, "parent");
    run();
    rouse_fake_host_advance(&host, ms * ROUSE_MS);
    return task;
}
#define PARENT(...) ROUSE_FUTURE(parent, __VA_ARGS__)

TEST(a_join_waits_for_every_child)
{
    begin();
    struct rouse_task *task =
        start(PARENT(.a = WORKER(.name = "a", .ms = 10), .b = WORKER(.name = "b", .ms = 20)), 10);
    EXPECT_TEXT(test_said(), "a");
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "b joined 0");
    rouse_task_detach(task);
    end();
}

TEST(a_join_of_no_children_is_done)
{
    begin();
    struct rouse_task *task = start(PARENT(.a.name = NULL), 0);
    EXPECT_TEXT(test_said(), "joined 0");
    rouse_task_detach(task);
    end();
}

TEST(the_first_failure_cancels_the_others_and_is_joined_with_its_chain)
{
    begin();
    struct rouse_task *task = start(PARENT(.a = WORKER(.name = "a", .ms = 10, .result = -1500),
                                           .b = WORKER(.name = "b", .ms = 20)),
                                    10);
    EXPECT_TEXT(test_said(), "-a -b joined -1500 [as told]");
    EXPECT(rouse_task_is_finished(task));
    rouse_task_detach(task);
    end();
    EXPECT_TEXT(test_said(), ""); /* joined: not reported as well */
}

TEST(two_failures_in_one_turn_tell_the_first_only)
{
    begin();
    struct rouse_task *task = start(PARENT(.a = WORKER(.name = "a", .ms = 10, .result = -1500),
                                           .b = WORKER(.name = "b", .ms = 10, .result = -1501)),
                                    10);
    EXPECT_TEXT(test_said(), "-a -b joined -1500 [as told]");
    rouse_task_detach(task);
    end();
}

TEST(supervised_children_do_not_mind_each_other_and_a_failure_is_reported_once)
{
    begin();
    struct rouse_task *task =
        start(PARENT(.mode = ROUSE_SUPERVISE, .a = WORKER(.name = "a", .ms = 10, .result = -1500),
                     .b = WORKER(.name = "b", .ms = 20)),
              20);
    EXPECT_TEXT(test_said(), "-a worker failed -1500 b joined 0");
    rouse_task_detach(task);
    end();
}

TEST(a_cancel_ends_the_children_and_the_join_says_why)
{
    for (int mode = ROUSE_FAIL_FAST; mode <= ROUSE_SUPERVISE; mode++) {
        begin();
        struct rouse_task *task =
            start(PARENT(.mode = (enum rouse_scope_mode)mode, .a = WORKER(.name = "a", .ms = 10),
                         .b = WORKER(.name = "b", .ms = 20), .cancels = true,
                         .cancel_with = ROUSE_ERR_TIMEOUT),
                  0);
        EXPECT_TEXT(test_said(), "-a -b joined -4");
        rouse_task_detach(task);
        end();
    }
}

TEST(a_cancel_with_ok_means_enough)
{
    begin();
    struct rouse_task *task = start(PARENT(.a = WORKER(.name = "a", .ms = 10), .cancels = true), 0);
    EXPECT_TEXT(test_said(), "-a joined 0");
    rouse_task_detach(task);
    end();
}

TEST(a_cancel_of_no_children_is_not_seen_by_the_join)
{
    begin();
    struct rouse_task *task = start(PARENT(.cancels = true, .cancel_with = ROUSE_ERR_TIMEOUT), 0);
    EXPECT_TEXT(test_said(), "joined 0");
    rouse_task_detach(task);
    end();
}

/* ---- nothing outlives its scope ----------------------------------------------------------------
 */

TEST(children_end_with_the_frame_that_awaits_them)
{
    begin();
    struct rouse_task *task =
        start(PARENT(.a = WORKER(.name = "a", .ms = 10), .b = WORKER(.name = "b", .ms = 20)), 0);
    rouse_task_abort(task);
    EXPECT_TEXT(test_said(), "-a -b");
    rouse_task_detach(task);
    end();
}

/* Whoever awaits something else, and has no FINALLY but the join's drop. */
struct careless {
    struct rouse_future future;
    struct rouse_scope scope;
    struct rouse_scope_join join;
    struct rouse_timeout limit;
    rouse_status status;
};
ROUSE_ASYNC(careless)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&self->scope, WORKER(.name = "a", .ms = 50));
    ROUSE_PUT(self->join, rouse_scope_join(&self->scope));
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout(&self->join.future, 10 * ROUSE_MS));
    test_say("limit %d", (int)self->status);
    EXPECT(!rouse_scope_spawn(&self->scope, WORKER(.name = "b")));
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));
    test_say("joined %d", (int)self->status);
    ROUSE_END;
}

TEST(a_dropped_join_drops_its_scope)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(careless));
    run();
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "-a limit -4 -b joined -1");
    rouse_task_detach(task);
    task = rouse_spawn(&rt, ROUSE_FUTURE(careless));
    run();
    rouse_task_abort(task);
    EXPECT_TEXT(test_said(), "-a");
    rouse_task_detach(task);
    end();
}

TEST(the_end_of_a_runtime_ends_scopes_in_whatever_order)
{
    begin();
    rouse_task_detach(start(PARENT(.a = WORKER(.name = "a", .ms = 10),
                                   .cleanup = WORKER(.name = "c"), .grace_ns = ROUSE_S),
                            0));
    end();
    EXPECT_TEXT(test_said(), "-a -c");
    begin();
    struct rouse_scope scope;
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&scope, WORKER(.name = "a"));
    EXPECT_EQ(rouse_scope_defer(&scope, ROUSE_S, WORKER(.name = "c")), ROUSE_OK);
    end(); /* the tasks go, and the scope of a frame that stays is empty */
    EXPECT_EQ(rouse_scope_count(&scope), 0);
    rouse_scope_drop(&scope);
    EXPECT_TEXT(test_said(), "-a -c");
}

TEST(a_zero_scope_is_empty)
{
    struct rouse_scope scope = {0};
    rouse_scope_drop(&scope);
}

TEST(a_scope_under_a_foreign_executor_has_nowhere_to_spawn)
{
    struct rouse_scope scope;
    rouse_scope_init(&scope, NULL, ROUSE_FAIL_FAST);
    rouse_scope_deadline(&scope, ROUSE_S);
    EXPECT(!rouse_scope_spawn(&scope, WORKER(.name = "a")));
    EXPECT_TEXT(test_said(), "-a");
    struct rouse_scope_join join = rouse_scope_join(&scope);
    struct mock_task t = mock_task(&join.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NO_MEMORY);
    rouse_scope_drop(&scope);
}

/* ---- from inside --------------------------------------------------------------------------------
 */

struct insider {
    struct rouse_future future;
    struct rouse_scope *scope;
    rouse_status why, result;
};
ROUSE_ASYNC(insider)
{
    ROUSE_BEGIN;
    rouse_scope_cancel(self->scope, self->why);
    rouse_scope_cancel(self->scope, ROUSE_ERR_INVALID);
    test_say("inside %d", (int)rouse_scope_count(self->scope));
    if (self->result < 0)
        ROUSE_FAIL(self->result);
    ROUSE_YIELD;
    test_say("never");
    ROUSE_FINALLY;
    test_say("gone");
    ROUSE_END;
}

struct outsider {
    struct rouse_future future;
    rouse_status result, status;
    struct rouse_scope scope;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(outsider)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(insider, .scope = &self->scope, .why = -1500,
                                                 .result = self->result));
    rouse_scope_spawn(&self->scope, WORKER(.name = "a"));
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));
    test_say("joined %d", (int)self->status);
    ROUSE_END;
}

TEST(a_child_may_cancel_its_scope_and_ends_when_its_poll_returns)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(outsider));
    run();
    EXPECT_TEXT(test_said(), "-a inside 1 gone joined -1500");
    rouse_task_detach(task);
    end();
}

TEST(a_failure_after_the_cancel_is_reported_and_the_join_says_why)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(outsider, .result = -1501));
    run();
    EXPECT_TEXT(test_said(), "-a inside 1 gone insider failed -1501 joined -1500");
    rouse_task_detach(task);
    end();
}

/* A child whose FINALLY ends its sibling, while the scope ends them all. */
struct grudge {
    struct rouse_future future;
    struct rouse_task **sibling;
    const char *name;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(grudge)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_S));
    ROUSE_FINALLY;
    rouse_task_abort(*self->sibling);
    test_say("-%s", self->name);
    ROUSE_END;
}

TEST(a_child_that_ends_its_sibling_while_all_are_ended)
{
    begin();
    struct rouse_scope scope;
    struct rouse_task *tasks[3] = {NULL};
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    tasks[0] = rouse_scope_spawn(&scope, ROUSE_FUTURE(grudge, .sibling = &tasks[2], .name = "a"));
    tasks[1] = rouse_scope_spawn(&scope, WORKER(.name = "b", .ms = 10));
    tasks[2] = rouse_scope_spawn(&scope, WORKER(.name = "c", .ms = 10));
    run();
    rouse_scope_cancel(&scope, ROUSE_ERR_CANCELLED);
    EXPECT_TEXT(test_said(), "-c -a -b");
    rouse_scope_drop(&scope);
    end();
}

TEST(one_child_is_aborted_through_the_borrowed_handle_and_that_is_no_failure)
{
    begin();
    struct rouse_scope scope;
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    struct rouse_task *a = rouse_scope_spawn(&scope, WORKER(.name = "a", .ms = 10));
    rouse_scope_spawn(&scope, WORKER(.name = "b", .ms = 10));
    rouse_task_set_name(a, "the first");
    run();
    rouse_task_abort_with(a, ROUSE_ERR_TIMEOUT);
    EXPECT_EQ(rouse_scope_count(&scope), 1);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "-a b");
    struct rouse_scope_join join = rouse_scope_join(&scope);
    struct mock_task t = mock_task(&join.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    rouse_scope_drop(&scope);
    end();
}

TEST(a_failure_that_no_join_tells_is_reported_when_the_scope_is_dropped)
{
    begin();
    struct rouse_scope scope;
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&scope, WORKER(.name = "a", .result = -1500));
    run();
    run();
    EXPECT_TEXT(test_said(), "-a");
    rouse_scope_drop(&scope);
    EXPECT_TEXT(test_said(), "worker failed -1500");
    struct rouse_scope_join join = rouse_scope_join(&scope);
    struct mock_task t = mock_task(&join.future);
    EXPECT_READY(mock_poll(&t), -1500);
    end();
}

TEST(every_join_of_a_scope_is_told)
{
    begin();
    struct rouse_scope scope;
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&scope, WORKER(.name = "a", .result = -1500));
    struct rouse_scope_join a = rouse_scope_join(&scope), b = rouse_scope_join(&scope);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    run();
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(u.woken, 1);
    EXPECT_READY(mock_poll(&t), -1500);
    EXPECT_READY(mock_poll(&u), -1500);
    rouse_scope_drop(&scope);
    end();
}

/* ---- out of memory --------------------------------------------------------------------------- */

TEST(a_child_without_memory_counts_as_one_that_failed)
{
    for (int mode = ROUSE_FAIL_FAST; mode <= ROUSE_SUPERVISE; mode++) {
        begin();
        struct rouse_scope scope;
        rouse_scope_init(&scope, &rt, (enum rouse_scope_mode)mode);
        rouse_scope_spawn(&scope, WORKER(.name = "a"));
        run();
        memory.fail_at = 1;
        memory.calls = 0;
        for (int i = 0; i < 20; i++)
            rouse_scope_spawn(&scope, WORKER(.name = "b"));
        memory.fail_at = 0;
        run();
        test_said();
        struct rouse_scope_join join = rouse_scope_join(&scope);
        struct mock_task t = mock_task(&join.future);
        EXPECT_READY(mock_poll(&t), ROUSE_ERR_NO_MEMORY);
        rouse_scope_drop(&scope);
        end();
    }
}

TEST(a_deferred_future_without_memory_is_dropped_and_says_so)
{
    begin();
    struct rouse_scope scope;
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    memory.fail_at = 1;
    EXPECT_EQ(rouse_scope_defer(&scope, ROUSE_S, WORKER(.name = "c")), ROUSE_ERR_NO_MEMORY);
    EXPECT_TEXT(test_said(), "-c");
    rouse_scope_drop(&scope);
    end();
}

/* ---- room ------------------------------------------------------------------------------------ */

struct producer {
    struct rouse_future future;
    int i, most;
    bool fails;
    rouse_status status;
    struct rouse_scope scope;
    struct rouse_scope_room room;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(producer)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    for (self->i = 0; self->i < 6; self->i++) {
        ROUSE_AWAIT(self->room, rouse_scope_room(&self->scope, 2));
        rouse_scope_spawn(&self->scope,
                          WORKER(.name = "w", .ms = 10, .result = self->fails ? -1500 : 0));
        if ((int)rouse_scope_count(&self->scope) > self->most)
            self->most = (int)rouse_scope_count(&self->scope);
    }
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    test_say("most %d", self->most);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

TEST(room_bounds_how_many_children_run_at_once)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(producer));
    run();
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "w w w w w w most 2");
    rouse_task_detach(task);
    end();
}

TEST(room_in_a_scope_that_failed_fails_as_it_did)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(producer, .fails = true));
    run();
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "-w -w");
    EXPECT_EQ(ROUSE_OUTPUT(producer, task)->future.status, -1500);
    rouse_task_detach(task);
    end();
    EXPECT_TEXT(test_said(), "producer failed -1500"); /* nobody joined it */
}

TEST(room_refuses_a_limit_of_zero_and_a_cancelled_scope)
{
    begin();
    struct rouse_scope scope;
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    struct rouse_scope_room room = rouse_scope_room(&scope, 0);
    struct mock_task t = mock_task(&room.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_INVALID);
    rouse_scope_spawn(&scope, WORKER(.name = "a", .ms = 10));
    room = rouse_scope_room(&scope, 1);
    struct rouse_scope_room two = rouse_scope_room(&scope, 2);
    struct mock_task u = mock_task(&two.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    rouse_drop(&room.future);
    EXPECT_EQ(t.live, 0);
    rouse_scope_cancel(&scope, ROUSE_OK);
    room = rouse_scope_room(&scope, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_CANCELLED);
    rouse_scope_drop(&scope);
    test_said();
    end();
}

TEST(a_child_that_ends_wakes_only_those_who_have_room_now)
{
    begin();
    struct rouse_scope scope;
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&scope, WORKER(.name = "a", .ms = 10));
    rouse_scope_spawn(&scope, WORKER(.name = "b", .ms = 20));
    struct rouse_scope_join join = rouse_scope_join(&scope);
    struct rouse_scope_room room = rouse_scope_room(&scope, 2);
    struct mock_task t = mock_task(&join.future), u = mock_task(&room.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    run();
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_EQ(t.woken, 0);
    EXPECT_EQ(u.woken, 1);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    rouse_scope_drop(&scope);
    test_said();
    end();
}

/* A foreign waker that ends the scope as soon as it is woken, with its memory. */
static void end_scope(void *data)
{
    rouse_scope_drop(data);
    memset(data, 0xdd, sizeof(struct rouse_scope));
    test_say("dropped");
}
static struct rouse_waker ending_clone(void *data);
static void ending_drop(void *data)
{
    (void)data;
}
static const struct rouse_waker_table ending_table = {ending_clone, end_scope, end_scope,
                                                      ending_drop};
static struct rouse_waker ending_clone(void *data)
{
    return (struct rouse_waker){&ending_table, data};
}

TEST(a_wake_may_end_the_scope_whose_children_are_being_ended)
{
    static const rouse_status results[] = {ROUSE_OK, -1500};
    for (int i = 0; i < 2; i++) {
        begin();
        struct rouse_scope scope;
        rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
        rouse_scope_spawn(&scope, WORKER(.name = "a", .ms = 10, .result = results[i]));
        rouse_scope_spawn(&scope, WORKER(.name = "b", .ms = 20));
        rouse_scope_spawn(&scope, WORKER(.name = "c", .ms = 30));
        struct rouse_scope_room room = rouse_scope_room(&scope, 2);
        struct rouse_context cx = {.waker = ending_clone(&scope)};
        EXPECT_PENDING(rouse_poll(&room.future, &cx));
        run();
        if (i == 0)
            rouse_scope_cancel(&scope, -1501);
        else
            rouse_fake_host_advance(&host, 10 * ROUSE_MS);
        EXPECT_TEXT(test_said(), i ? "-a -b -c dropped worker failed -1500" : "-a -b -c dropped");
        end();
    }
}

/* ---- deadlines ------------------------------------------------------------------------------- */

TEST(a_deadline_cancels_what_is_left_with_timeout)
{
    begin();
    struct rouse_task *task = start(PARENT(.a = WORKER(.name = "a", .ms = 10),
                                           .b = WORKER(.name = "b", .ms = 90), .deadline_ms = 50),
                                    10);
    rouse_fake_host_advance(&host, 40 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "a -b joined -4");
    rouse_task_detach(task);
    end();
}

TEST(a_deadline_after_the_join_does_nothing)
{
    begin();
    struct rouse_task *task =
        start(PARENT(.a = WORKER(.name = "a", .ms = 10), .deadline_ms = 50), 10);
    EXPECT_TEXT(test_said(), "a joined 0");
    EXPECT(rouse_task_is_finished(task));
    rouse_task_detach(task);
    unsigned wakes = host.wakes;
    rouse_fake_host_advance(&host, 90 * ROUSE_MS);
    EXPECT_EQ(host.wakes, wakes);
    end();
}

TEST(a_deadline_is_moved_taken_away_and_may_have_passed)
{
    begin();
    struct rouse_scope scope;
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&scope, WORKER(.name = "a", .ms = 900));
    rouse_scope_deadline(&scope, 10 * ROUSE_MS);
    rouse_scope_deadline(&scope, 20 * ROUSE_MS);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_EQ(rouse_scope_count(&scope), 1);
    rouse_scope_deadline(&scope, UINT64_MAX);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_EQ(rouse_scope_count(&scope), 1);
    rouse_scope_deadline_until(&scope, 5 * ROUSE_MS);
    EXPECT_EQ(rouse_scope_count(&scope), 0);
    rouse_scope_deadline(&scope, 20 * ROUSE_MS); /* too late to matter */
    EXPECT_TEXT(test_said(), "-a");
    rouse_scope_drop(&scope);
    end();
}

/* What each level sees: 1 within 50 ms, 2 within 90 ms of that, 3 within 20 ms. */
struct nest {
    struct rouse_future future;
    int level;
    uint64_t limit_ms;
    rouse_status status;
    struct rouse_scope scope;
    struct rouse_scope_join join;
    struct rouse_sleep nap;
};
static const struct rouse_type nest_type;
ROUSE_ASYNC(nest)
{
    ROUSE_BEGIN;
    if (rouse_deadline(cx) == ROUSE_NEVER)
        test_say("%d:never", self->level);
    else
        test_say("%d:%d", self->level, (int)(rouse_deadline(cx) / ROUSE_MS));
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    if (self->level == 4)
        ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_S));
    rouse_scope_deadline(&self->scope, self->limit_ms * ROUSE_MS);
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(nest, .level = self->level + 1,
                                                 .limit_ms = self->level == 1 ? 90 : 20));
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));
    test_say("%d=%d", self->level, (int)self->status);
    ROUSE_FINALLY;
    if (self->level == 4)
        test_say("-4");
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

TEST(the_earlier_of_nested_deadlines_wins_and_is_inherited)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(nest, .level = 1, .limit_ms = 50));
    run();
    EXPECT_TEXT(test_said(), "1:never 2:50 3:50 4:20");
    rouse_fake_host_advance(&host, 20 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "-4 3=-4 2=0 1=0");
    rouse_task_detach(task);
    end();
    struct rouse_context foreign = {.waker = rouse_waker_noop()};
    EXPECT_EQ(rouse_deadline(&foreign), ROUSE_NEVER);
}

/* ---- deferred -------------------------------------------------------------------------------- */

TEST(deferred_futures_run_last_in_first_out_before_the_join_is_done)
{
    begin();
    struct rouse_task *task =
        start(PARENT(.a = WORKER(.name = "a", .ms = 10), .cleanup = WORKER(.name = "c", .ms = 10),
                     .cleanup2 = WORKER(.name = "d", .ms = 10), .grace_ns = ROUSE_S),
              10);
    EXPECT_TEXT(test_said(), "a");
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "d");
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "c joined 0");
    rouse_task_detach(task);
    end();
}

TEST(deferred_futures_run_when_the_frame_is_gone)
{
    begin();
    struct rouse_task *task =
        start(PARENT(.a = WORKER(.name = "a", .ms = 10), .cleanup = WORKER(.name = "c", .ms = 10),
                     .cleanup2 = WORKER(.name = "d", .ms = 10), .grace_ns = ROUSE_S),
              0);
    rouse_task_abort(task);
    rouse_task_detach(task);
    EXPECT_TEXT(test_said(), "-a");
    run();
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "d c");
    end();
}

TEST(a_frame_dropped_while_its_cleanup_runs_lets_it_go_on)
{
    begin();
    struct rouse_task *task =
        start(PARENT(.cleanup = WORKER(.name = "c", .ms = 10), .grace_ns = ROUSE_S), 0);
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "c");
    end();
}

TEST(a_deferred_future_that_takes_too_long_is_cut_and_reported)
{
    begin();
    struct rouse_task *task =
        start(PARENT(.cleanup = WORKER(.name = "c", .ms = 10), .grace_ns = 20 * ROUSE_MS,
                     .cleanup2 = WORKER(.name = "d", .ms = 500)),
              20);
    EXPECT_TEXT(test_said(), "worker failed -4 -d");
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "c joined 0");
    rouse_task_detach(task);
    end();
}

TEST(a_grace_of_zero_starts_nothing)
{
    begin();
    struct rouse_task *task =
        start(PARENT(.cleanup = WORKER(.name = "c", .ms = 10), .cleanup2 = WORKER(.name = "d")), 0);
    EXPECT_TEXT(test_said(), "worker failed -4 -d worker failed -4 -c joined 0");
    rouse_task_detach(task);
    end();
}

TEST(a_failure_in_deferred_futures_is_reported_and_the_next_runs)
{
    begin();
    struct rouse_task *task = start(PARENT(.cleanup = WORKER(.name = "c"), .grace_ns = ROUSE_S,
                                           .cleanup2 = WORKER(.name = "d", .result = -1500)),
                                    0);
    EXPECT_TEXT(test_said(), "-d worker failed -1500 c joined 0");
    rouse_task_detach(task);
    end();
}
