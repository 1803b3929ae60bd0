/* Tasks, on the heap and in the caller's memory. */
#include "steps.h"
// needs: malloc

TEST(spawned_task_runs_in_the_next_turn_in_spawn_order)
{
    begin();
    struct rouse_task *a = rouse_spawn(&rt, step("a", 0)), *b = rouse_spawn(&rt, step("b", 0));
    EXPECT_TEXT(test_said(), "");
    EXPECT(!rouse_turn(&rt));
    EXPECT(ROUSE_HOSTILE || strcmp(test_said(), "a b") == 0);
    EXPECT(rouse_task_is_finished(a) && rouse_task_is_finished(b));
    EXPECT_EQ(ROUSE_OUTPUT(step, a)->out, 7);
    rouse_task_detach(a);
    rouse_task_detach(b);
    end();
}

TEST(runtime_drop_drops_parked_ready_and_held_tasks)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, step("a", 9)));
    run();
    rouse_waker_drop(&parked);
    struct rouse_task *held = rouse_spawn(&rt, step("b", 0)); /* never ran */
    EXPECT(held);
    rouse_task_detach(rouse_spawn(&rt, step("c", 0)));
    end();
    EXPECT_TEXT(test_said(), "a -a");
}

TEST(every_task_call_accepts_null)
{
    struct rouse_task_join join = rouse_task_join(NULL);
    struct mock_task t = mock_task(&join.future);
    rouse_task_abort(NULL);
    rouse_task_detach(NULL);
    rouse_task_set_name(NULL, "x");
    EXPECT(rouse_task_is_finished(NULL));
    EXPECT_TEXT(rouse_task_name(NULL), "(no task)");
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NO_MEMORY);
}

TEST(task_in_the_callers_memory_allocates_nothing)
{
    begin();
    ROUSE_TASK(step) slot;
    struct rouse_task *task = rouse_spawn_in(&rt, &slot, step("a", 1));
    rouse_task_set_name(task, "mine");
    EXPECT_TEXT(rouse_task_name(task), "mine");
    run();
    rouse_waker_wake_by_ref(&parked);
    rouse_task_abort(task); /* while it is queued: its memory may go right after */
    rouse_waker_drop(&parked);
    rouse_task_detach(task);
    memset(&slot, 0xDD, sizeof slot);
    run();
    EXPECT_EQ(memory.calls, 0);
    EXPECT_TEXT(test_said(), "a -a");
    struct rouse_task *again = rouse_spawn_in(&rt, &slot, step("b", 9));
    EXPECT(again);
    end();
    EXPECT_TEXT(test_said(), "");
}

TEST(aborting_placed_tasks_takes_them_out_of_the_middle_and_the_end_of_the_queue)
{
    begin();
    ROUSE_TASK(step) slots[4];
    struct rouse_task *tasks[4];
    static const char *const names[] = {"a", "b", "c", "d"};
    for (int i = 0; i < 4; i++)
        tasks[i] = rouse_spawn_in(&rt, &slots[i], step(names[i], 0));
    rouse_task_abort(tasks[1]);
    rouse_task_abort(tasks[3]);
    run();
    EXPECT(rouse_task_is_finished(tasks[0]) && rouse_task_is_finished(tasks[2]));
    test_said();
    rouse_task_detach(rouse_spawn_in(&rt, &slots[3], step("e", 0)));
    run();
    EXPECT_TEXT(test_said(), "e");
    end();
}

struct killer {
    struct rouse_future future;
    struct rouse_task *victim;
};
ROUSE_ASYNC(killer)
{
    ROUSE_BEGIN;
    rouse_task_abort(self->victim);
    ROUSE_END;
}

TEST(aborting_a_placed_task_takes_it_out_of_the_turn_that_runs)
{
    begin();
    ROUSE_TASK(killer) first;
    ROUSE_TASK(step) slots[2];
    struct rouse_task *tasks[3];
    tasks[0] = rouse_spawn_in(&rt, &first, ROUSE_FUTURE(killer));
    tasks[1] = rouse_spawn_in(&rt, &slots[0], step("b", 0));
    tasks[2] = rouse_spawn_in(&rt, &slots[1], step("c", 0));
    first.root.victim = tasks[2];
    run();
    EXPECT_TEXT(test_said(), "b");
    EXPECT(rouse_task_is_finished(tasks[2]));
    end();
}

/* In C the makers are macros; C++ calls the functions behind them. */
TEST(every_maker_is_a_function_too)
{
    begin();
    struct rouse_notify notify;
    struct rouse_remote remote;
    rouse_notify_init(&notify);
    rouse_remote_init(&remote, &rt);
    struct rouse_pending never = (rouse_pending)();
    struct rouse_ready ready = (rouse_ready)(5);
    struct rouse_yield yield = (rouse_yield)();
    struct rouse_sleep sleep = (rouse_sleep)(5), until = (rouse_sleep_until)(6);
    struct rouse_timeout timeout = (rouse_timeout)(&never.future, 7);
    struct rouse_interval interval = rouse_interval(8, ROUSE_SKIP);
    struct rouse_interval_tick tick = (rouse_interval_tick)(&interval);
    struct rouse_notify_wait wait = (rouse_notify_wait)(&notify);
    struct rouse_remote_wait remote_wait = (rouse_remote_wait)(&remote);
    struct rouse_task_join join = (rouse_task_join)(NULL);
    struct rouse_poll_fn poll_fn = (rouse_poll_fn)(NULL, &rt);
    struct rouse_poll_once once = (rouse_poll_once)(&never.future);
    EXPECT_EQ(ready.result, ROUSE_ERR_INVALID);
    EXPECT_EQ(sleep.deadline_ns + until.deadline_ns + timeout.sleep.deadline_ns, 18);
    EXPECT(!yield.yielded && !join.task && poll_fn.data == &rt);
    EXPECT(timeout.child == &never.future && once.child == &never.future);
    EXPECT(tick.interval == &interval && wait.notify == &notify && remote_wait.remote == &remote);
    rouse_remote_drop(&remote);
    end();
}
