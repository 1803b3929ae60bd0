/* Tasks and turns, under the fake host. */
#include "test.h"
// needs: malloc

static struct rouse_fake_host host;
static struct test_memory memory;
static struct rouse_runtime rt;

static void begin_on_host(struct rouse_options options)
{
    options.host = &host.host;
    options.allocate = test_allocate;
    options.allocate_data = &memory;
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
}

static void begin_with(struct rouse_options options)
{
    rouse_fake_host_init(&host);
    begin_on_host(options);
}

static void begin(void)
{
    begin_with((struct rouse_options){0});
}

static void end(void)
{
    rouse_runtime_drop(&rt);
    EXPECT_EQ(memory.live_blocks, 0);
}

static void run(void)
{
    rouse_fake_host_advance(&host, 0);
}

/* Says its name, then waits `left` times for somebody to wake `parked`. */
static struct rouse_waker parked;
struct step {
    struct rouse_future future;
    const char *name;
    int left, out;
};
static struct rouse_polled step_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct step *self = (struct step *)(void *)f;
    test_say("%s", self->name);
    if (self->left-- == 0) {
        self->out = 7;
        return ROUSE_READY(ROUSE_OK);
    }
    rouse_waker_drop(&parked);
    parked = rouse_waker_clone(&cx->waker);
    return ROUSE_PENDING;
}
static void step_drop(struct rouse_future *f)
{
    test_say("-%s", ((struct step *)(void *)f)->name);
}
static const struct rouse_type step_type = {"step", __FILE__, sizeof(struct step), step_poll,
                                            step_drop};
static struct step step(const char *name, int left)
{
    return ROUSE_FUTURE(step, .name = name, .left = left);
}

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

/* ---- abort ----------------------------------------------------------------------------------- */

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

/* ---- join ------------------------------------------------------------------------------------ */

struct joiner {
    struct rouse_future future;
    struct rouse_task *task;
    struct rouse_task_join join;
    rouse_status status;
    bool detach;
};
ROUSE_ASYNC(joiner)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_task_join(self->task));
    test_say("joined %d", (int)self->status);
    ROUSE_END;
}

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

/* ---- out of memory --------------------------------------------------------------------------- */

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

/* ---- caller's memory ------------------------------------------------------------------------- */

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

/* ---- order and turns ------------------------------------------------------------------------- */

struct nester {
    struct rouse_future future;
    int depth;
};
static struct rouse_polled nester_poll(struct rouse_future *f, struct rouse_context *cx);
static const struct rouse_type nester_type = {"nester", __FILE__, sizeof(struct nester),
                                              nester_poll, NULL};
static struct rouse_polled nester_poll(struct rouse_future *f, struct rouse_context *cx)
{
    int depth = ((struct nester *)(void *)f)->depth;
    test_say("%d", depth);
    if (depth < 3)
        rouse_task_detach(
            rouse_spawn(rouse_runtime_of(cx), ROUSE_FUTURE(nester, .depth = depth + 1)));
    EXPECT(rouse_turn(rouse_runtime_of(cx))); /* a turn inside a turn does nothing */
    return ROUSE_READY(ROUSE_OK);
}

/* Pitfall 15, and: turns never nest. */
TEST(nested_spawn_runs_one_turn_later_each)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(nester, .depth = 1)));
    EXPECT(rouse_turn(&rt));
    EXPECT_TEXT(test_said(), "1");
    EXPECT(rouse_turn(&rt));
    EXPECT_TEXT(test_said(), "2");
    EXPECT(rouse_turn(&rt)); /* nothing is ready, but the poll asked for a turn */
    EXPECT(!rouse_turn(&rt));
    EXPECT_TEXT(test_said(), "3");
    end();
}

static bool always_over(struct rouse_host *unused)
{
    (void)unused;
    return true;
}

TEST(a_turn_that_the_host_cuts_short_goes_on_where_it_stopped)
{
    rouse_fake_host_init(&host);
    struct rouse_host_calls calls = *host.host.calls;
    calls.slice_over = always_over;
    host.host.calls = &calls;
    begin_on_host((struct rouse_options){0});
    struct rouse_task *tasks[200];
    for (int i = 0; i < 200; i++)
        tasks[i] = rouse_spawn(&rt, step("", 0));
    for (int turn = 0; turn < 4; turn++) {
        int finished = 0;
        EXPECT_EQ(rouse_turn(&rt), turn < 3);
        for (int i = 0; i < 200; i++)
            finished += rouse_task_is_finished(tasks[i]);
        EXPECT_EQ(finished, turn < 3 ? 64 * (turn + 1) : 200);
    }
    test_said();
    for (int i = 0; i < 200; i++)
        rouse_task_detach(rouse_spawn(&rt, step("", 0)));
    end(); /* never ran, and all of it is given back */
}

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

struct endless {
    struct rouse_future future;
};
static struct rouse_polled endless_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)f, (void)cx;
    return ROUSE_ITEM;
}
static const struct rouse_type endless_type = {"endless", __FILE__, sizeof(struct endless),
                                               endless_poll, NULL};

TEST(a_stream_as_a_task_cannot_starve_the_others)
{
    begin();
    struct rouse_task *stream = rouse_spawn(&rt, ROUSE_FUTURE(endless));
    rouse_task_detach(rouse_spawn(&rt, step("a", 0)));
    EXPECT(rouse_turn(&rt));
    EXPECT_TEXT(test_said(), "a");
    rouse_task_detach(stream);
    end();
}

/* ---- block_on -------------------------------------------------------------------------------- */

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

/* ---- errors of tasks ------------------------------------------------------------------------- */

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

static void say_error(void *data, struct rouse_runtime *runtime, const char *task,
                      const struct rouse_error *error)
{
    (void)data, (void)runtime;
    test_say("%s %d [%s]", task, (int)error->status, error->message);
}

TEST(a_failed_task_nobody_holds_is_reported_once)
{
    begin_with((struct rouse_options){.on_error = say_error});
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
    say_error(data, runtime, task, error);
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
    begin_with((struct rouse_options){.on_error = say_error});
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
    begin_with((struct rouse_options){.on_error = say_error});
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
    begin_with((struct rouse_options){.on_error = say_error});
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
    begin_with((struct rouse_options){.on_error = say_error});
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(failing));
    run();
    EXPECT(rouse_task_is_finished(task));
    end();
    EXPECT_TEXT(test_said(), "failing -1300 [no luck]");
}

TEST(the_failure_that_block_on_returns_is_not_reported)
{
    begin_with((struct rouse_options){.on_error = say_error});
    struct failing f = ROUSE_FUTURE(failing);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), -1300);
    EXPECT_TEXT(test_said(), "");
    end();
}

/* ---- handles that are futures ---------------------------------------------------------------- */

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

TEST(owned_and_shielded_tasks_give_their_status_and_nothing_is_reported)
{
    begin_with((struct rouse_options){.on_error = say_error});
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

/* ---- wakes at any depth ---------------------------------------------------------------------- */

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
