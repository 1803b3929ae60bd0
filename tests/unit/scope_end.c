/* Scopes: deadlines, and the futures that run last. */
#include "family.h"
// needs: malloc

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
