/* Abort: at once where it can be, at the end of the poll where it cannot. */
#include "steps.h"
// needs: malloc

TEST(abort_of_a_parked_task_acts_at_once_and_the_handle_stays)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, step("a", 9));
    run();
    rouse_task_abort(task);
    EXPECT_TEXT(test_said(), "a -a");
    EXPECT(rouse_task_is_finished(task));
    rouse_task_abort(task);
    EXPECT_EQ(ROUSE_OUTPUT(step, task)->future.status, ROUSE_ERR_CANCELLED);
    rouse_task_detach(task);
    rouse_waker_wake(&parked);
    end();
}

TEST(abort_of_a_ready_task_drops_it_unpolled)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, step("a", 0));
    rouse_task_abort(task);
    EXPECT(rouse_task_is_finished(task));
    rouse_task_detach(task);
    run();
    EXPECT_TEXT(test_said(), "");
    end();
}

TEST(abort_with_a_reason_is_what_the_joiner_sees)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, step("a", 9));
    run();
    rouse_task_abort_with(task, ROUSE_ERR_TIMEOUT);
    rouse_task_abort_with(task, ROUSE_ERR_INVALID); /* the first counts */
    EXPECT_EQ(ROUSE_OUTPUT(step, task)->future.status, ROUSE_ERR_TIMEOUT);
    struct rouse_task_join join = rouse_task_join(task);
    EXPECT_EQ(rouse_block_on(&rt, &join.future), ROUSE_ERR_TIMEOUT);
    rouse_task_detach(task);
    rouse_waker_drop(&parked);
    task = rouse_spawn(&rt, step("b", 9));
    rouse_task_abort_with(task, ROUSE_OK); /* no failure: it was cancelled nevertheless */
    EXPECT_EQ(ROUSE_OUTPUT(step, task)->future.status, ROUSE_ERR_CANCELLED);
    rouse_task_detach(task);
    test_said();
    end();
}

struct suicide {
    struct rouse_future future;
    struct rouse_task **me;
    bool finish;
    rouse_status why;
};
static struct rouse_polled suicide_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct suicide *self = (struct suicide *)(void *)f;
    (void)cx;
    rouse_task_abort_with(*self->me, self->why);
    test_say("after");
    return self->finish ? ROUSE_READY(ROUSE_OK) : ROUSE_PENDING;
}
static void suicide_drop(struct rouse_future *f)
{
    rouse_task_abort(*((struct suicide *)(void *)f)->me); /* being dropped already */
    test_say("dropped");
}
static const struct rouse_type suicide_type = {"suicide", __FILE__, sizeof(struct suicide),
                                               suicide_poll, suicide_drop};

TEST(abort_of_oneself_acts_when_the_poll_returns)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(suicide, .me = &task));
    run();
    EXPECT_TEXT(test_said(), "after dropped");
    EXPECT(rouse_task_is_finished(task));
    EXPECT_EQ(ROUSE_OUTPUT(suicide, task)->future.status, ROUSE_ERR_CANCELLED);
    rouse_task_detach(task);
    task = rouse_spawn(&rt, ROUSE_FUTURE(suicide, .me = &task, .why = -1500));
    run();
    EXPECT_EQ(ROUSE_OUTPUT(suicide, task)->future.status, -1500);
    rouse_task_detach(task);
    task = rouse_spawn(&rt, ROUSE_FUTURE(suicide, .me = &task, .finish = true));
    run();
    EXPECT_EQ(ROUSE_OUTPUT(suicide, task)->future.status, ROUSE_OK); /* done before the abort */
    rouse_task_detach(task);
    test_said();
    end();
}

TEST(an_aborted_sleeper_leaves_the_wheel_though_its_handle_goes_at_once)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, rouse_sleep(100 * ROUSE_S));
    run();
    rouse_task_abort(task);
    rouse_task_detach(task);
    struct step f = step("a", 9);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_ERR_DEADLOCK); /* no time is waited for */
    rouse_waker_drop(&parked);
    test_said();
    end();
}
