/* Handles that are futures: owned, shielded. */
#include "steps.h"
// needs: malloc

/* Pitfall 46: what a handle does when it goes is said by its type, and the same on every host. */
TEST(an_owned_task_is_aborted_when_its_future_is_dropped_polled_or_not)
{
    begin();
    struct rouse_task_owned never = rouse_task_owned(rouse_spawn(&rt, step("a", 9)));
    run();
    rouse_drop(&never.future);
    EXPECT_TEXT(test_said(), "a -a");
    rouse_waker_drop(&parked);
    struct rouse_task *task = rouse_spawn(&rt, rouse_task_owned(rouse_spawn(&rt, step("b", 9))));
    run();
    rouse_task_abort(task);
    EXPECT_TEXT(test_said(), "b -b");
    rouse_task_detach(task);
    rouse_waker_drop(&parked);
    end();
}

TEST(a_shielded_task_goes_on_when_its_future_is_dropped_polled_or_not)
{
    begin();
    struct rouse_shield never = rouse_shield(rouse_spawn(&rt, step("a", 0)));
    rouse_drop(&never.future);
    run();
    EXPECT_TEXT(test_said(), "a");
    struct rouse_task *task = rouse_spawn(&rt, rouse_shield(rouse_spawn(&rt, step("b", 1))));
    run();
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_waker_wake(&parked);
    run();
    EXPECT_TEXT(test_said(), "b b");
    end();
}

/* Pitfall 49: two tenants wait for one piece of work, and the one that started it goes. */
TEST(work_started_by_one_task_wakes_the_other_when_the_first_is_gone)
{
    begin();
    struct rouse_task *work = rouse_spawn(&rt, step("work", 1));
    struct rouse_task *first = rouse_spawn(&rt, rouse_shield(work));
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(joiner, .task = work)));
    run();
    rouse_task_abort(first);
    rouse_task_detach(first);
    rouse_waker_wake(&parked);
    run();
    EXPECT_TEXT(test_said(), "work work joined 0");
    end();
}
