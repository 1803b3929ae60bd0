/* Wakes: during a poll, in bursts, after the end, by foreign code, at any depth. */
#include "steps.h"
// needs: malloc

TEST(a_burst_of_wakes_calls_the_host_once)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, step("a", 0)));
    rouse_task_detach(rouse_spawn(&rt, step("b", 0)));
    rouse_task_detach(rouse_spawn(&rt, step("c", 0)));
    EXPECT_EQ(host.wakes, 1);
    EXPECT(!rouse_turn(&rt));
    EXPECT_EQ(host.wakes, 1);
    EXPECT(!rouse_turn(&rt));
    if (!ROUSE_TRACE)            /* where lints ask how long a poll takes */
        EXPECT_EQ(host.nows, 1); /* the one of init: nobody asked for the time */
    EXPECT_EQ(host.wake_ats, 0);
    test_said();
    end();
}

/* Pitfall 1. */
struct self_waking {
    struct rouse_future future;
    int wakes, polls;
};
static struct rouse_polled self_waking_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct self_waking *self = (struct self_waking *)(void *)f;
    for (int i = 0; i < self->wakes && self->polls == 0; i++)
        rouse_waker_wake_by_ref(&cx->waker);
    return ++self->polls == 2 ? ROUSE_READY(ROUSE_OK) : ROUSE_PENDING;
}
static const struct rouse_type self_waking_type = {
    "self_waking", __FILE__, sizeof(struct self_waking), self_waking_poll, NULL};

TEST(wakes_during_the_own_poll_requeue_exactly_once)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(self_waking, .wakes = 3));
    EXPECT(rouse_turn(&rt)); /* more is ready */
    EXPECT_EQ(host.wakes, 2);
    EXPECT_EQ(ROUSE_OUTPUT(self_waking, task)->polls, 1);
    EXPECT(!rouse_turn(&rt));
    EXPECT_EQ(ROUSE_OUTPUT(self_waking, task)->polls, 2);
    rouse_task_detach(task);
    end();
}

TEST(tasks_left_ready_after_block_on_wake_the_host)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(self_waking, .wakes = 1)));
    unsigned wakes = host.wakes;
    struct step f = step("a", 0);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_EQ(host.wakes, wakes + 1);
    test_said();
    end();
}

/* Pitfalls 2 and 3. */
TEST(wake_after_the_end_and_after_the_runtime_does_nothing)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, step("a", 1));
    run();
    struct rouse_waker second = rouse_waker_clone(&parked);
    rouse_waker_wake_by_ref(&parked);
    run();
    EXPECT(rouse_task_is_finished(task));
    unsigned wakes = host.wakes;
    rouse_waker_wake_by_ref(&parked);
    EXPECT_EQ(host.wakes, wakes);
    rouse_task_detach(task);
    rouse_waker_wake_by_ref(&parked);
    rouse_runtime_drop(&rt);
    memset(&rt, 0xDD, sizeof rt);
    EXPECT(memory.live_blocks > 0); /* what the wakers point to stays */
    rouse_waker_wake_by_ref(&parked);
    rouse_waker_wake(&parked);
    rouse_waker_drop(&second);
    EXPECT_EQ(memory.live_blocks, 0);
    test_said();
}

TEST(waker_outlives_an_aborted_task_and_a_dropped_runtime)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, step("a", 9));
    run();
    rouse_task_abort(task);
    EXPECT_TEXT(test_said(), "a -a");
    rouse_waker_wake_by_ref(&parked);
    rouse_runtime_drop(&rt); /* the handle, too, is void now */
    rouse_waker_wake(&parked);
    EXPECT_EQ(memory.live_blocks, 0);
}

struct vtable_user {
    struct rouse_future future;
};
static struct rouse_polled vtable_user_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)f;
    struct rouse_waker waker = cx->waker.table->clone(cx->waker.data);
    waker.table->wake_by_ref(waker.data);
    waker.table->wake(waker.data);
    cx->waker.table->drop(cx->waker.data); /* borrowed: gives nothing up */
    return ROUSE_READY(ROUSE_OK);
}
static const struct rouse_type vtable_user_type = {
    "vtable_user", __FILE__, sizeof(struct vtable_user), vtable_user_poll, NULL};

TEST(foreign_code_may_call_the_four_functions_directly)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(vtable_user));
    run();
    EXPECT(rouse_task_is_finished(task));
    rouse_task_detach(task);
    run();
    end();
}

static int root_polls;
struct level {
    struct rouse_future future;
    int depth, i;
    struct level *child;
};
static const struct rouse_type level_type;
ROUSE_ASYNC(level)
{
    if (self->depth == 5)
        root_polls++;
    ROUSE_BEGIN;
    if (self->depth == 0) {
        for (self->i = 0; self->i < 100; self->i++)
            ROUSE_YIELD;
        ROUSE_DONE;
    }
    self->child = malloc(sizeof *self->child);
    *self->child = ROUSE_FUTURE(level, .depth = self->depth - 1);
    ROUSE_AWAIT_ON(&self->child->future);
    ROUSE_FINALLY;
    free(self->child);
    ROUSE_END;
}

TEST(a_wake_resumes_the_innermost_frame_only)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(level, .depth = 5));
    run();
    EXPECT(rouse_task_is_finished(task));
    EXPECT(root_polls <= 4); /* first poll, end of the child, FINALLY; hostile: one more */
    rouse_task_detach(task);
    end();
}

/* Pitfall 5: a foreign wake queued before its owner lets go of the waker is not lost. */
TEST(wake_then_drop_of_the_waker_still_runs_the_task)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, step("a", 1));
    run();
    rouse_waker_wake_by_ref(&parked);
    rouse_waker_drop(&parked);
    run();
    EXPECT(rouse_task_is_finished(task));
    rouse_task_detach(task);
    EXPECT_TEXT(test_said(), "a a");
    end();
}
