/* The failures of tasks: reported once, unless somebody learns of them. */
#include "steps.h"
// needs: malloc

struct failing {
    struct rouse_future future;
    struct rouse_yield yield;
};
ROUSE_ASYNC(failing)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->yield, rouse_yield());
    ROUSE_FAIL_WITH(-1300, "no %s", "luck");
    ROUSE_END;
}

static void say_failure(void *data, struct rouse_runtime *runtime, const char *task,
                        const struct rouse_error *error)
{
    (void)data, (void)runtime;
    test_say("%s %d [%s]", task, (int)error->status, error->message);
}

TEST(a_failed_task_nobody_holds_is_reported_once)
{
    begin_with((struct rouse_options){.on_error = say_failure});
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(failing)));
    run();
    EXPECT_TEXT(test_said(), "failing -1300 [no luck]");
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(failing));
    run();
    EXPECT_TEXT(test_said(), ""); /* held: it can still be joined */
    rouse_task_detach(task);
    EXPECT_TEXT(test_said(), "failing -1300 [no luck]");
    memory.fail_at = 1; /* the chain cannot be kept: the bare status arrives */
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(failing)));
    run();
    EXPECT_TEXT(test_said(), "failing -1300 []");
    end();
}

/* Too large for the slab: its memory goes back as soon as it is done. */
struct large {
    struct rouse_future future;
    char room[4096];
};
ROUSE_ASYNC(large)
{
    ROUSE_BEGIN;
    ROUSE_END;
}
struct large_spawner {
    struct rouse_future future;
};
ROUSE_ASYNC(large_spawner)
{
    ROUSE_BEGIN;
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(large)));
    ROUSE_END;
}

/* Wakes itself and fails: it is still in the queue when it is done. */
static struct rouse_polled hasty_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)f;
    rouse_waker_wake_by_ref(&cx->waker);
    return ROUSE_READY(-1300);
}
static const struct rouse_type hasty_type = {"hasty", __FILE__, sizeof(struct rouse_pending),
                                             hasty_poll, NULL};

static void make_scope(void *data, struct rouse_runtime *runtime, const char *task,
                       const struct rouse_error *error)
{
    struct rouse_scope scope;
    say_failure(data, runtime, task, error);
    rouse_scope_init(&scope, runtime, ROUSE_SUPERVISE);
    EXPECT_EQ(scope.deadline_ns, ROUSE_NEVER);
}

TEST(a_failure_is_reported_when_the_task_that_ran_last_is_gone)
{
    begin_with((struct rouse_options){.on_error = make_scope});
    struct large_spawner f = ROUSE_FUTURE(large_spawner);
    rouse_task_detach(rouse_spawn(&rt, f));
    struct rouse_pending hasty = {.future = ROUSE_HEADER_(&hasty_type)};
    struct rouse_task *task = rouse_spawn(&rt, hasty);
    EXPECT(rouse_turn(&rt));
    rouse_task_detach(task);
    EXPECT_TEXT(test_said(), "");
    EXPECT(!rouse_turn(&rt)); /* the large task and its memory first, then the one that failed */
    EXPECT_TEXT(test_said(), "hasty -1300 []");
    end();
}

TEST(a_failed_task_in_the_callers_memory_reports_the_bare_status)
{
    begin_with((struct rouse_options){.on_error = say_failure});
    ROUSE_TASK(failing) slot;
    rouse_task_detach(rouse_spawn_in(&rt, &slot, ROUSE_FUTURE(failing)));
    run();
    EXPECT_TEXT(test_said(), "failing -1300 []");
    rouse_task_detach(rouse_spawn(&rt, rouse_ready(ROUSE_ERR_EMPTY))); /* a leaf: no chain at all */
    run();
    EXPECT_TEXT(test_said(), "rouse_ready -6 []");
    end();
}

TEST(a_failure_that_was_joined_or_caused_by_an_abort_is_not_reported)
{
    begin_with((struct rouse_options){.on_error = say_failure});
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(failing));
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(joiner, .task = task)));
    run();
    rouse_task_detach(task);
    EXPECT_TEXT(test_said(), "joined -1300");
    task = rouse_spawn(&rt, step("a", 1));
    run();
    rouse_task_abort_with(task, -1301);
    rouse_task_detach(task);
    EXPECT_TEXT(test_said(), "a -a");
    rouse_waker_drop(&parked);
    end();
}

TEST(a_failure_whose_last_join_is_dropped_is_reported_then)
{
    begin_with((struct rouse_options){.on_error = say_failure});
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(failing));
    struct rouse_task_join join = rouse_task_join(task);
    struct mock_task t = mock_task(&join.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_task_detach(task);
    run();
    EXPECT_EQ(t.woken, 1);
    EXPECT_TEXT(test_said(), "");
    rouse_drop(&join.future);
    EXPECT_TEXT(test_said(), "failing -1300 [no luck]");
    end();
}

TEST(a_failure_still_held_when_the_runtime_goes_is_reported_then)
{
    begin_with((struct rouse_options){.on_error = say_failure});
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(failing));
    run();
    EXPECT(rouse_task_is_finished(task));
    end();
    EXPECT_TEXT(test_said(), "failing -1300 [no luck]");
}

TEST(the_failure_that_block_on_returns_is_not_reported)
{
    begin_with((struct rouse_options){.on_error = say_failure});
    struct failing f = ROUSE_FUTURE(failing);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), -1300);
    EXPECT_TEXT(test_said(), "");
    end();
}

TEST(owned_and_shielded_tasks_give_their_status_and_nothing_is_reported)
{
    begin_with((struct rouse_options){.on_error = say_failure});
    struct rouse_task_owned owned = rouse_task_owned(rouse_spawn(&rt, ROUSE_FUTURE(failing)));
    EXPECT_EQ(rouse_block_on(&rt, &owned.future), -1300);
    EXPECT_TEXT(rouse_last_error(&rt)->message, "no luck");
    struct rouse_shield shield = rouse_shield(rouse_spawn(&rt, ROUSE_FUTURE(failing)));
    EXPECT_EQ(rouse_block_on(&rt, &shield.future), -1300);
    shield = rouse_shield(rouse_spawn(&rt, step("a", 0)));
    EXPECT_EQ(rouse_block_on(&rt, &shield.future), ROUSE_OK);
    owned = rouse_task_owned(NULL);
    EXPECT_EQ(rouse_block_on(&rt, &owned.future), ROUSE_ERR_NO_MEMORY);
    EXPECT_TEXT(test_said(), "a");
    end();
}

struct catcher {
    struct rouse_future future;
    struct rouse_task *task;
    struct rouse_task_join join;
    rouse_status status;
};
ROUSE_ASYNC(catcher)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_task_join(self->task));
    test_say("%d [%s] %u", (int)self->status, rouse_error(cx)->message,
             (unsigned)rouse_error(cx)->frame_count);
    ROUSE_END;
}

TEST(join_carries_the_chain_over_to_the_joiner)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(failing));
    struct catcher f = ROUSE_FUTURE(catcher, .task = task);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "-1300 [no luck] 2");
    rouse_task_detach(task);
    end();
}

TEST(block_on_keeps_the_chain_of_its_failure)
{
    begin();
    struct failing f = ROUSE_FUTURE(failing);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), -1300);
    EXPECT(rouse_last_error(&rt));
    EXPECT_TEXT(rouse_last_error(&rt)->message, "no luck");
    struct step g = step("a", 0);
    EXPECT_EQ(rouse_block_on(&rt, &g.future), ROUSE_OK);
    EXPECT(!rouse_last_error(&rt));
    test_said();
    end();
}
