// needs: malloc
/* What reports say: dumps, what tasks wait for, and who waits for whom in a circle. */
#include "report.h"

/* ---- What each future waits for -------------------------------------------------------------- */

TEST(dump_says_when_a_sleep_is_due)
{
    struct rouse_runtime rt;
    open_runtime(&rt);
    EXPECT_WAITS(&rt, "waits for time, due in 12.500 ms\n", rouse_sleep(12500 * ROUSE_US));
    EXPECT_WAITS(&rt, "waits for time, due in 3.000 ms\n", rouse_sleep_until(3 * ROUSE_MS));
    EXPECT_WAITS(&rt, "waits for a time that never comes\n", rouse_sleep(UINT64_MAX));
    EXPECT_WAITS(&rt, "waits for nothing: it never ends\n", rouse_pending());
    rouse_runtime_drop(&rt);
}

TEST(dump_looks_inside_an_interval)
{
    struct rouse_runtime rt;
    struct rouse_interval interval = rouse_interval(2 * ROUSE_MS, ROUSE_SKIP);
    open_runtime(&rt);
    EXPECT_WAITS(&rt,
                 "waits for the next tick\n      [0] rouse_interval (runtime/src/core/time.c): ",
                 rouse_interval_tick(&interval));
    EXPECT_CONTAINS(
        said, "the next tick\n        [0] rouse_sleep (runtime/src/core/time.c): time, due in 2");
    rouse_drop(&interval.future);
    rouse_runtime_drop(&rt);
}

TEST(dump_names_the_joined_task)
{
    struct rouse_runtime rt;
    open_runtime(&rt);
    struct rouse_task *joined = rouse_spawn(&rt, rouse_pending());
    rouse_task_set_name(joined, "the other");
    EXPECT_WAITS(&rt, "waits for task the other", rouse_task_join(joined));
    rouse_task_detach(joined);
    rouse_runtime_drop(&rt);
}

TEST(dump_says_how_full_a_channel_is)
{
    struct rouse_runtime rt;
    struct rouse_channel channel;
    int items[2], item = 0;
    open_runtime(&rt);
    rouse_channel_init(&channel, items, sizeof item, 2);
    EXPECT_WAITS(&rt, ", 0 of 2 items\n", rouse_recv(&channel, &item));
    EXPECT_EQ(rouse_try_send(&channel, &item), ROUSE_OK);
    EXPECT_EQ(rouse_try_send(&channel, &item), ROUSE_OK);
    EXPECT_WAITS(&rt, "waits for room in a channel", rouse_send(&channel, &item));
    EXPECT_WAITS(&rt, ", 2 of 2 items\n", rouse_reserve(&channel));
    rouse_runtime_drop(&rt);
}

TEST(dump_names_the_object_that_is_waited_for)
{
    struct rouse_runtime rt;
    struct rouse_notify notify;
    struct rouse_barrier barrier;
    struct rouse_wait_group group;
    struct rouse_token token;
    struct rouse_semaphore semaphore;
    open_runtime(&rt);
    rouse_notify_init(&notify);
    rouse_barrier_init(&barrier, 2);
    rouse_wait_group_init(&group);
    rouse_wait_group_add(&group, 3);
    rouse_token_init(&token, NULL);
    rouse_semaphore_init(&semaphore, 1);
    EXPECT(rouse_semaphore_try_acquire(&semaphore, 1));
    EXPECT_WAITS(&rt, "waits for a notify at ", rouse_notify_wait(&notify));
    EXPECT_WAITS(&rt, "waits for others, 1 arrived at the barrier", rouse_barrier_wait(&barrier));
    EXPECT_WAITS(&rt, "waits for others, 3 left in the wait group", rouse_wait_group_wait(&group));
    EXPECT_WAITS(&rt, "waits for the cancel of a token at ", rouse_token_wait(&token));
    EXPECT_WAITS(&rt, "waits for a semaphore at ", rouse_semaphore_acquire(&semaphore, 1));
    rouse_semaphore_release(&semaphore, 1);
    rouse_runtime_drop(&rt);
}

struct several {
    struct rouse_future future;
    struct rouse_notify *notify;
    struct rouse_notify_wait wait;
    struct rouse_pending never;
    struct rouse_ready done;
    struct rouse_race inner;
    struct rouse_future *list[12];
    struct rouse_sleep naps[10];
    struct rouse_timeout limit;
    struct rouse_join join;
};
ROUSE_ASYNC(several)
{
    ROUSE_BEGIN;
    self->wait = rouse_notify_wait(self->notify);
    self->never = rouse_pending();
    self->done = rouse_ready(ROUSE_OK);
    self->inner = rouse_race(ROUSE_LIST(&self->wait.future, &self->never.future));
    self->limit = rouse_timeout(&self->inner.future, 5 * ROUSE_MS);
    self->list[0] = &self->limit.future;
    self->list[1] = &self->done.future;
    for (int i = 0; i < 10; i++) {
        self->naps[i] = rouse_sleep(ROUSE_S);
        self->list[i + 2] = &self->naps[i].future;
    }
    ROUSE_AWAIT(self->join, rouse_join(self->list, 12));
    ROUSE_END;
}

TEST(dump_lists_what_the_children_of_a_combinator_wait_for)
{
    struct rouse_runtime rt;
    struct rouse_notify notify;
    open_runtime(&rt);
    rouse_notify_init(&notify);
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(several, .notify = &notify));
    run(&rt);
    const char *text = dump_of(&rt);
    EXPECT_CONTAINS(text, "waits for all of 12\n");
    EXPECT_CONTAINS(
        text, "\n      [0] rouse_timeout (runtime/src/core/time.c): its child or the time limit\n");
    EXPECT_CONTAINS(text,
                    "\n        [0] rouse_race (runtime/src/combine/race.c): the first of 2\n");
    EXPECT_CONTAINS(text,
                    "\n          [0] rouse_notify_wait (runtime/src/sync/notify.c): a notify at ");
    EXPECT_CONTAINS(text,
                    "\n        [1] rouse_sleep (runtime/src/core/time.c): time, due in 5.000 ms");
    EXPECT_CONTAINS(text, "\n      [1] done\n");
    EXPECT_CONTAINS(text, "\n    ... and 4 more");
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}

TEST(select_shows_an_arm_that_is_not_there)
{
    struct rouse_runtime rt;
    struct rouse_sleep nap = rouse_sleep(ROUSE_MS);
    open_runtime(&rt);
    EXPECT_WAITS(&rt, "[0] none\n", rouse_select(ROUSE_LIST(NULL, &nap.future), ROUSE_FAIR));
    rouse_runtime_drop(&rt);
}

/* ---- In the middle of things ----------------------------------------------------------------- */

struct dumper {
    struct rouse_future future;
    struct rouse_task *child;
    struct rouse_yield yield;
};
ROUSE_ASYNC(dumper)
{
    ROUSE_BEGIN;
    self->child = ROUSE_SPAWN(rouse_ready(ROUSE_OK));
    EXPECT_CONTAINS(dump_of(cx->runtime), "task main, running: ");
    EXPECT_CONTAINS(said, "task rouse_ready, ready: ");
    ROUSE_YIELD;
    ROUSE_YIELD;
    EXPECT(!strstr(dump_of(cx->runtime), "rouse_ready"));
    EXPECT_CONTAINS(why(cx->runtime, self->child), "task rouse_ready");
    EXPECT_CONTAINS(said, ", done:");
    ROUSE_FINALLY;
    rouse_task_detach(self->child);
    EXPECT_CONTAINS(dump_of(host.host.runtime), ", running: ");
    ROUSE_END;
}

TEST(dump_from_inside_a_poll_while_tasks_spawn_and_end)
{
    struct rouse_runtime rt;
    open_runtime(&rt);
    struct dumper root = ROUSE_FUTURE(dumper);
    EXPECT_EQ(rouse_block_on(&rt, &root.future), ROUSE_OK);
    struct rouse_task *cancelled = rouse_spawn(&rt, ROUSE_FUTURE(dumper));
    rouse_task_abort(cancelled);
    rouse_task_detach(cancelled);
    rouse_runtime_drop(&rt);
}

static struct rouse_polled poll_forever(void *data, struct rouse_context *cx)
{
    (void)data, (void)cx;
    return ROUSE_PENDING;
}

static struct rouse_polled foreign_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)f, (void)cx;
    return ROUSE_PENDING;
}
static const struct rouse_type foreign_type = {"foreign", __FILE__, sizeof(struct rouse_pending),
                                               foreign_poll, NULL};

TEST(dump_names_a_future_it_knows_nothing_about)
{
    struct rouse_runtime rt;
    struct rouse_pending foreign = {.future = {.type = &foreign_type}};
    open_runtime(&rt);
    EXPECT_WAITS(&rt, "waits for something that only its function knows",
                 rouse_poll_fn(poll_forever, NULL));
    EXPECT_WAITS(&rt, "[0] foreign (tests/unit/dump.c): something unknown to this report",
                 rouse_join(ROUSE_LIST(&foreign.future)));
    rouse_runtime_drop(&rt);
}

/* ---- Circles of joins: in every build ----------------------------------------------------------
 */

struct joiner {
    struct rouse_future future;
    struct rouse_task **other;
    struct rouse_task_join join;
    struct rouse_join all;
};
ROUSE_ASYNC(joiner)
{
    ROUSE_BEGIN;
    self->join = rouse_task_join(*self->other);
    ROUSE_AWAIT(self->all, rouse_join(ROUSE_LIST(NULL, &self->join.future)));
    ROUSE_END;
}

TEST(tasks_that_join_each_other_are_a_deadlock_and_who_joins_them_is_not)
{
    struct rouse_runtime rt;
    struct rouse_task *tasks[3];
    open_runtime(&rt);
    for (int i = 0; i < 3; i++)
        tasks[i] = rouse_spawn(&rt, ROUSE_FUTURE(joiner, .other = &tasks[i == 0]));
    rouse_task_set_name(tasks[2], "outside");
    run(&rt);
    EXPECT_CONTAINS(why(&rt, NULL), "  deadlock: task joiner");
    EXPECT_CONTAINS(said, " waits for task joiner");
    EXPECT(!strstr(said, "outside"));
    EXPECT(!strstr(strstr(said, "deadlock") + 1, "deadlock"));
    EXPECT_CONTAINS(why(&rt, tasks[2]), "task outside");
    EXPECT_CONTAINS(said, "  deadlock: task joiner");
    for (int i = 0; i < 3; i++) {
        rouse_task_abort(tasks[i]);
        rouse_task_detach(tasks[i]);
    }
    rouse_runtime_drop(&rt);
}

TEST(task_that_joins_itself_is_a_deadlock)
{
    struct rouse_runtime rt;
    struct rouse_task *task;
    open_runtime(&rt);
    task = rouse_spawn(&rt, ROUSE_FUTURE(joiner, .other = &task));
    run(&rt);
    EXPECT_CONTAINS(why(&rt, task), "  deadlock: task joiner");
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}

TEST(more_tasks_than_a_circle_may_have_are_given_up_on)
{
    struct rouse_runtime rt;
    enum { MANY = 40 };
    struct rouse_task *tasks[MANY];
    open_runtime(&rt);
    for (int i = 0; i < MANY; i++)
        tasks[i] = rouse_spawn(&rt, ROUSE_FUTURE(joiner, .other = &tasks[(i + 1) % MANY]));
    run(&rt);
    EXPECT_TEXT(why(&rt, NULL), "");
    for (int i = 0; i < MANY; i++) {
        rouse_task_abort(tasks[i]);
        rouse_task_detach(tasks[i]);
    }
    rouse_runtime_drop(&rt);
}

struct with_scope {
    struct rouse_future future;
    struct rouse_task **self_task;
    struct rouse_scope scope;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(with_scope)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&self->scope, rouse_sleep(ROUSE_S));
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(joiner, .other = self->self_task));
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

TEST(scope_whose_children_go_on_is_no_deadlock)
{
    struct rouse_runtime rt;
    struct rouse_task *other;
    open_runtime(&rt);
    other = rouse_spawn(&rt, rouse_pending());
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(with_scope, .self_task = &other));
    run(&rt);
    EXPECT_TEXT(why(&rt, NULL), "");
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_task_detach(other);
    rouse_runtime_drop(&rt);
}

TEST(child_that_joins_the_owner_of_its_scope_is_a_deadlock)
{
    struct rouse_runtime rt;
    struct rouse_task *task;
    open_runtime(&rt);
    task = rouse_spawn(&rt, ROUSE_FUTURE(with_scope, .self_task = &task));
    run(&rt);
    EXPECT_CONTAINS(why(&rt, NULL), "task with_scope");
    EXPECT_CONTAINS(said, " waits for its scope, 2 children left");
    EXPECT_CONTAINS(said, "task joiner");
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}

/* ---- JSON --------------------------------------------------------------------------------------
 */

TEST(dumps_say_when_the_next_timer_is_due)
{
    struct rouse_runtime rt;
    open_runtime(&rt);
    EXPECT(!strstr(dump_of(&rt), "timers"));
    struct rouse_task *late = rouse_spawn(&rt, rouse_sleep(12500 * ROUSE_US));
    struct rouse_task *soon = rouse_spawn(&rt, rouse_sleep(7500 * ROUSE_US));
    run(&rt);
    EXPECT_CONTAINS(dump_of(&rt), "\n  timers: the next is due in 7.500 ms\n");
    said[0] = '\0';
    rouse_dump_json(&rt, collect, NULL);
    EXPECT_CONTAINS(said, "],\"next_timer_ms\":7}\n");
    rouse_task_detach(late);
    rouse_task_detach(soon);
    rouse_runtime_drop(&rt);
}
