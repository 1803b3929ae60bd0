/* Trackers and the shutdown of a runtime. */
#include "crew.h"
// needs: malloc

TEST(a_tracker_opens_closes_and_opens_again)
{
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    EXPECT(!rouse_tracker_is_closed(&tracker));
    EXPECT_EQ(rouse_tracker_count(&tracker), 0);
    rouse_tracker_close(&tracker);
    rouse_tracker_close(&tracker);
    EXPECT(rouse_tracker_is_closed(&tracker));
    rouse_tracker_reopen(&tracker);
    rouse_tracker_reopen(&tracker);
    EXPECT(!rouse_tracker_is_closed(&tracker));
    rouse_tracker_drop(&tracker);
    rouse_tracker_drop(&tracker);
}

TEST(enter_and_leave_are_counted)
{
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    for (int i = 0; i < 10; i++) {
        EXPECT_EQ(rouse_tracker_count(&tracker), i);
        rouse_tracker_enter(&tracker);
    }
    for (int i = 0; i < 10; i++) {
        rouse_tracker_leave(&tracker);
        EXPECT_EQ(rouse_tracker_count(&tracker), 9 - i);
    }
}

TEST(wait_on_a_closed_empty_tracker_is_done)
{
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    rouse_tracker_close(&tracker);
    struct rouse_tracker_wait wait = rouse_tracker_wait(&tracker);
    struct mock_task t = mock_task(&wait.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
}

TEST(every_wait_is_woken_by_close_and_stays_done_after_reopen)
{
    struct rouse_tracker tracker;
    struct rouse_tracker_wait waits[10];
    struct mock_task tasks[10];
    rouse_tracker_init(&tracker);
    for (int i = 0; i < 10; i++) {
        waits[i] = rouse_tracker_wait(&tracker);
        tasks[i] = mock_task(&waits[i].future);
        EXPECT_PENDING(mock_poll(&tasks[i]));
        EXPECT_PENDING(mock_poll(&tasks[i]));
    }
    rouse_tracker_close(&tracker);
    rouse_tracker_reopen(&tracker);
    for (int i = 0; i < 10; i++) {
        EXPECT_EQ(tasks[i].woken, 1);
        EXPECT_READY(mock_poll(&tasks[i]), ROUSE_OK);
    }
}

TEST(the_last_to_leave_a_closed_tracker_wakes_even_if_another_enters_at_once)
{
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    rouse_tracker_close(&tracker);
    rouse_tracker_enter(&tracker);
    struct rouse_tracker_wait wait = rouse_tracker_wait(&tracker);
    struct mock_task t = mock_task(&wait.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_tracker_leave(&tracker);
    rouse_tracker_enter(&tracker);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    rouse_tracker_leave(&tracker);
}

TEST(a_woken_wait_does_not_need_the_tracker_any_more)
{
    struct rouse_tracker *tracker = malloc(sizeof *tracker);
    rouse_tracker_init(tracker);
    struct rouse_tracker_wait wait = rouse_tracker_wait(tracker);
    struct mock_task t = mock_task(&wait.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_tracker_close(tracker);
    rouse_tracker_drop(tracker);
    free(tracker);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
}

TEST(an_open_tracker_that_is_empty_for_a_moment_wakes_nobody)
{
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    rouse_tracker_enter(&tracker);
    struct rouse_tracker_wait wait = rouse_tracker_wait(&tracker);
    struct mock_task t = mock_task(&wait.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_tracker_leave(&tracker);
    rouse_tracker_enter(&tracker);
    EXPECT_EQ(t.woken, 0);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&wait.future);
    EXPECT_EQ(t.live, 0);
    rouse_tracker_leave(&tracker);
}

TEST(close_at_any_point_while_members_leave)
{
    enum { MEMBERS = 5 };
    for (int spot = 0; spot <= MEMBERS; spot++) {
        struct rouse_tracker tracker;
        rouse_tracker_init(&tracker);
        for (int i = 0; i < MEMBERS; i++)
            rouse_tracker_enter(&tracker);
        struct rouse_tracker_wait wait = rouse_tracker_wait(&tracker);
        struct mock_task t = mock_task(&wait.future);
        for (int i = 0; i < MEMBERS; i++) {
            EXPECT_PENDING(mock_poll(&t));
            if (i == spot)
                rouse_tracker_close(&tracker);
            EXPECT_PENDING(mock_poll(&t));
            rouse_tracker_leave(&tracker);
        }
        if (spot == MEMBERS) {
            EXPECT_PENDING(mock_poll(&t));
            rouse_tracker_close(&tracker);
        }
        EXPECT_READY(mock_poll(&t), ROUSE_OK);
    }
}

/* ---- tasks ----------------------------------------------------------------------------------- */

TEST(tracked_tasks_leave_when_they_end_however_they_do)
{
    begin();
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    rouse_tracker_close(&tracker); /* spawns nevertheless */
    rouse_tracker_spawn(&tracker, &rt, WORKER(.name = "a"));
    rouse_tracker_spawn(&tracker, &rt, WORKER(.name = "b", .result = -1500));
    struct rouse_task *c = rouse_tracker_spawn(&tracker, &rt, WORKER(.name = "c", .ms = 10));
    EXPECT_EQ(rouse_tracker_count(&tracker), 3);
    struct rouse_tracker_wait wait = rouse_tracker_wait(&tracker);
    struct mock_task t = mock_task(&wait.future);
    EXPECT_PENDING(mock_poll(&t));
    run();
    EXPECT_TEXT(test_said(), "a -b worker failed -1500");
    EXPECT_EQ(rouse_tracker_count(&tracker), 1);
    rouse_task_abort(c);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    test_said();
    end();
}

static void say_name(void *data, const struct rouse_task *task)
{
    (void)data;
    test_say("left:%s", rouse_task_name(task));
}

TEST(a_tracker_lists_its_tasks_and_aborts_them)
{
    begin();
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    rouse_task_set_name(rouse_tracker_spawn(&tracker, &rt, WORKER(.name = "a", .ms = 10)), "one");
    rouse_task_set_name(rouse_tracker_spawn(&tracker, &rt, WORKER(.name = "b", .ms = 10)), "two");
    run();
    rouse_tracker_list(&tracker, say_name, NULL);
    rouse_tracker_abort(&tracker, ROUSE_ERR_TIMEOUT);
    EXPECT_TEXT(test_said(), "left:one left:two -a -b");
    EXPECT_EQ(rouse_tracker_count(&tracker), 0);
    rouse_tracker_drop(&tracker);
    end();
}

TEST(a_dropped_tracker_lets_its_tasks_go_on)
{
    begin();
    struct rouse_tracker *tracker = malloc(sizeof *tracker);
    rouse_tracker_init(tracker);
    for (int i = 0; i < 3; i++)
        rouse_tracker_spawn(tracker, &rt, WORKER(.name = "a", .ms = 10));
    run();
    rouse_tracker_drop(tracker);
    free(tracker);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "a a a");
    end();
}

TEST(a_tracker_without_memory_counts_nothing)
{
    begin();
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    memory.fail_at = 1;
    EXPECT(!rouse_tracker_spawn(&tracker, &rt, WORKER(.name = "a")));
    EXPECT_EQ(rouse_tracker_count(&tracker), 0);
    EXPECT_TEXT(test_said(), "-a");
    end();
}

/* ---- shutdown -------------------------------------------------------------------------------- */

TEST(a_shutdown_waits_for_every_task_of_any_kind)
{
    begin();
    ROUSE_TASK(worker) slot = {0};
    rouse_task_detach(rouse_spawn(&rt, WORKER(.name = "a", .ms = 10)));
    rouse_task_detach(rouse_spawn(&rt, WORKER(.name = "b", .ms = 20, .result = -1500)));
    struct rouse_task *c = rouse_spawn_in(&rt, &slot, WORKER(.name = "c", .ms = 30));
    struct rouse_runtime_shutdown f = rouse_runtime_shutdown(ROUSE_S, say_name, NULL);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "a -b worker failed -1500 c"); /* waited for, and reported as well */
    EXPECT_EQ(f.out, 0);
    EXPECT_EQ(host.clock_ns, 30 * ROUSE_MS);
    rouse_task_detach(c);
    end();
}

TEST(a_shutdown_lists_and_ends_what_would_not_stop)
{
    begin();
    struct rouse_task *a = rouse_spawn(&rt, WORKER(.name = "a", .ms = 10));
    struct rouse_task *b = rouse_spawn(&rt, WORKER(.name = "b", .ms = 5000));
    struct rouse_task *c = rouse_spawn(&rt, WORKER(.name = "c", .ms = 5000));
    rouse_task_set_name(b, "stubborn");
    struct rouse_runtime_shutdown f = rouse_runtime_shutdown(100 * ROUSE_MS, say_name, NULL);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "a left:stubborn left:worker -b -c");
    EXPECT_EQ(f.out, 2);
    rouse_task_detach(a);
    rouse_task_detach(b);
    rouse_task_detach(c);
    end();
}

TEST(a_shutdown_without_memory_to_wait_ends_at_once)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, WORKER(.name = "a", .ms = 10)));
    run();
    memory.fail_at = 1;
    struct rouse_runtime_shutdown f = rouse_runtime_shutdown(ROUSE_S, say_name, NULL);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "left:worker -a");
    end();
}

TEST(a_dropped_shutdown_leaves_the_tasks_alone)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, WORKER(.name = "a", .ms = 10)));
    struct rouse_task *task = rouse_spawn(&rt, rouse_runtime_shutdown(ROUSE_S, say_name, NULL));
    run();
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "a");
    end();
}

TEST(a_shutdown_needs_a_runtime)
{
    struct rouse_runtime_shutdown f = rouse_runtime_shutdown(ROUSE_S, say_name, NULL);
    struct mock_task t = mock_task(&f.future);
    struct rouse_polled polled = mock_poll(&t);
    if (ROUSE_HOSTILE)
        polled = mock_poll(&t);
    EXPECT_READY(polled, ROUSE_ERR_NOT_SUPPORTED);
}
