/* Scopes: what children do to their own scope and to each other. */
#include "crew.h"
// needs: malloc

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
