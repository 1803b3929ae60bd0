/* Join: one task, many who wait for it. */
#include "steps.h"
// needs: malloc

TEST(join_waits_and_several_joiners_are_all_woken)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, step("a", 1));
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(joiner, .task = task)));
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(joiner, .task = task)));
    run();
    rouse_waker_wake(&parked);
    run();
    EXPECT_TEXT(test_said(), "a a joined 0 joined 0");
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(joiner, .task = task)));
    run();
    EXPECT_TEXT(test_said(), "joined 0");
    rouse_task_detach(task);
    end();
}

TEST(join_survives_the_detach_and_end_of_its_task)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, step("a", 1));
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(joiner, .task = task)));
    run();
    rouse_task_detach(task);
    rouse_waker_wake(&parked);
    run();
    EXPECT_TEXT(test_said(), "a a joined 0");
    end();
}

TEST(join_of_an_aborted_task_says_cancelled)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, step("a", 1));
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(joiner, .task = task)));
    run();
    rouse_task_abort(task);
    run();
    EXPECT_TEXT(test_said(), "a -a joined -1");
    rouse_task_detach(task);
    rouse_waker_drop(&parked);
    end();
}

TEST(join_in_one_runtime_outlives_the_other_runtime_and_its_task)
{
    begin();
    struct rouse_task_join join = rouse_task_join(rouse_spawn(&rt, step("a", 1)));
    struct mock_task t = mock_task(&join.future);
    struct rouse_context cx = mock_context(&t);
    struct rouse_error error = {.status = ROUSE_OK};
    cx.error = &error;
    EXPECT_PENDING(rouse_poll(&join.future, &cx));
    run();
    rouse_waker_drop(&parked);
    rouse_runtime_drop(&rt);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(rouse_poll(&join.future, &cx), ROUSE_ERR_CANCELLED);
    EXPECT_EQ(error.status, ROUSE_OK);
    EXPECT_EQ(memory.live_blocks, 0);
}

TEST(dropped_join_leaves_the_task_alone)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, step("a", 1));
    struct rouse_task *waiting = rouse_spawn(&rt, ROUSE_FUTURE(joiner, .task = task));
    run();
    rouse_task_abort(waiting);
    rouse_task_detach(waiting);
    rouse_waker_wake(&parked);
    run();
    EXPECT_TEXT(test_said(), "a a");
    rouse_task_detach(task);
    end();
}
