/* rouse_block_on: what it returns and what it leaves. */
#include "steps.h"
// needs: malloc

struct spawner {
    struct rouse_future future;
    struct rouse_task *child;
    struct rouse_task_join join;
};
ROUSE_ASYNC(spawner)
{
    ROUSE_BEGIN;
    self->child = ROUSE_SPAWN(step("child", 0));
    ROUSE_AWAIT(self->join, rouse_task_join(self->child));
    ROUSE_FINALLY;
    rouse_task_detach(self->child);
    ROUSE_END;
}

TEST(spawn_in_a_body_and_join)
{
    begin();
    struct spawner f = ROUSE_FUTURE(spawner);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "child");
    end();
}

TEST(a_stack_larger_than_all_memory_is_as_deep_as_it_is)
{
    struct rouse_options options = {.stack_size = SIZE_MAX};
    begin_with(options);
    struct spawner f = ROUSE_FUTURE(spawner);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "child");
    end();
}

static void count_stall(void *data, struct rouse_runtime *runtime)
{
    (void)runtime;
    ++*(int *)data;
}

static void keep_text(void *data, const char *text, size_t length)
{
    strncat(data, text, length);
}

TEST(block_on_reports_a_deadlock_and_drops_the_future)
{
    int stalls = 0;
    char dump[2000] = "";
    begin_with((struct rouse_options){.on_stall = count_stall, .on_stall_data = &stalls});
    struct spawner f = ROUSE_FUTURE(spawner);
    struct rouse_task *task = rouse_spawn(&rt, step("parked", 9));
    rouse_task_set_name(task, "the parked one");
    struct joiner waiting = ROUSE_FUTURE(joiner, .task = task);
    EXPECT_EQ(rouse_block_on(&rt, &waiting.future), ROUSE_ERR_DEADLOCK);
    EXPECT_EQ(stalls, 1);
    EXPECT_EQ(waiting.future.status, ROUSE_ERR_CANCELLED);
    rouse_dump(&rt, keep_text, dump);
    EXPECT_CONTAINS(dump, "task the parked one, waiting:");
    EXPECT_CONTAINS(dump, "in step (");
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_waker_drop(&parked);
    rouse_drop(&f.future);
    test_said();
    end();
}

TEST(block_on_works_when_there_is_no_memory)
{
    begin();
    memory.fail_at = 1;
    struct step f = step("a", 0);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "a");
    end();
}

TEST(block_on_after_the_quota_is_reached_says_no_memory)
{
    begin_with((struct rouse_options){.max_tasks = 1});
    struct rouse_task *task = rouse_spawn(&rt, step("a", 9));
    struct step f = step("b", 0);
    run();
    unsigned wakes = host.wakes;
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_ERR_NO_MEMORY);
    rouse_waker_wake(&parked);
    EXPECT_EQ(host.wakes, wakes + 1); /* the host is called as before */
    rouse_task_abort(task);
    rouse_task_detach(task);
    test_said();
    end();
}

TEST(a_host_that_cannot_wait_says_so)
{
    begin();
    struct rouse_host_calls calls = *host.host.calls;
    calls.wait = NULL;
    host.host.calls = &calls;
    struct step f = step("a", 9);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_ERR_NOT_SUPPORTED);
    rouse_waker_drop(&parked);
    test_said();
    end();
}
