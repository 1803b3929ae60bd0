/* Scopes: children, joins, failures, and what ends them. */
#include "family.h"
// needs: malloc

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
