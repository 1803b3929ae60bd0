/* Tasks when memory or the quota is short. */
#include "steps.h"
// needs: malloc

TEST(spawn_without_memory_drops_the_future_and_gives_null)
{
    begin();
    memory.fail_at = 1;
    struct joiner f = ROUSE_FUTURE(joiner);
    EXPECT(!rouse_spawn(&rt, f));
    memory.fail_at = memory.calls = 0;
    struct rouse_task *task = rouse_spawn(&rt, step("a", 1));
    run();
    memory.fail_at = 1; /* now the joiner list cannot be made, nor a name kept */
    rouse_task_set_name(task, "named");
    EXPECT_TEXT(rouse_task_name(task), "step");
    struct rouse_task_join join = rouse_task_join(task);
    struct mock_task t = mock_task(&join.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NO_MEMORY);
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_waker_drop(&parked);
    test_said();
    end();
}

TEST(a_quota_of_tasks_is_kept)
{
    begin_with((struct rouse_options){.max_tasks = 1});
    struct rouse_task *task = rouse_spawn(&rt, step("a", 0));
    EXPECT(task);
    EXPECT(!rouse_spawn(&rt, step("b", 0)));
    ROUSE_TASK(step) slot = {0};
    EXPECT(!rouse_spawn_in(&rt, &slot, step("c", 0)));
    run();
    rouse_task_detach(task);
    task = rouse_spawn_in(&rt, &slot, step("c", 0));
    run();
    rouse_task_detach(task);
    EXPECT_TEXT(test_said(), "a c");
    end();
}

struct big {
    struct rouse_future future;
    char bytes[5000];
};
static struct rouse_polled big_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)cx;
    ((struct big *)(void *)f)->bytes[4999] = 1;
    return ROUSE_READY(ROUSE_OK);
}
static const struct rouse_type big_type = {"big", __FILE__, sizeof(struct big), big_poll, NULL};

TEST(large_tasks_and_many_tasks_give_their_memory_back)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(big)));
    run();
    EXPECT_EQ(memory.live_blocks, 0);
    struct rouse_task *held = rouse_spawn(&rt, ROUSE_FUTURE(big));
    for (int i = 0; i < 3000; i++)
        rouse_task_detach(rouse_spawn(&rt, step("", 0)));
    size_t once = memory.live_bytes;
    run();
    for (int i = 0; i < 3000; i++)
        rouse_task_detach(rouse_spawn(&rt, step("", 0)));
    EXPECT_EQ(memory.live_bytes, once); /* freed blocks are used again */
    test_said();
    EXPECT(held);
    end();
}
