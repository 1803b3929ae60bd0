/* mutex, polled by hand. */
#include "test.h"

static struct rouse_mutex m;

TEST(lock_is_handed_to_the_first_in_line)
{
    rouse_mutex_init(&m);
    MOCK(rouse_mutex_lock, a, rouse_mutex_lock(&m));
    MOCK(rouse_mutex_lock, b, (rouse_mutex_lock)(&m));
    MOCK(rouse_mutex_lock, c, rouse_mutex_lock(&m));
    EXPECT(!rouse_mutex_is_locked(&m));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT(rouse_mutex_is_locked(&m));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(c));
    rouse_mutex_unlock(&m);
    EXPECT(rouse_mutex_is_locked(&m)); /* b has it, though it was not polled since */
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_EQ(c_task.woken, 0);
    EXPECT_PENDING(POLL(c));
    EXPECT_READY(POLL(b), ROUSE_OK);
    rouse_mutex_unlock(&m);
    EXPECT_READY(POLL(c), ROUSE_OK);
    (rouse_mutex_unlock)(&m); /* the function behind the macro */
    EXPECT(!rouse_mutex_is_locked(&m));
}

TEST(try_lock_takes_a_free_lock_and_jumps_no_line)
{
    rouse_mutex_init(&m);
    EXPECT(rouse_mutex_try_lock(&m));
    EXPECT(!rouse_mutex_try_lock(&m));
    MOCK(rouse_mutex_lock, a, rouse_mutex_lock(&m));
    EXPECT_PENDING(POLL(a));
    rouse_mutex_unlock(&m);
    EXPECT(!rouse_mutex_try_lock(&m));
    EXPECT_READY(POLL(a), ROUSE_OK);
    rouse_mutex_unlock(&m);
    EXPECT(rouse_mutex_try_lock(&m));
}

TEST(lock_waiter_dropped_leaves_the_line)
{
    rouse_mutex_init(&m);
    EXPECT(rouse_mutex_try_lock(&m));
    MOCK(rouse_mutex_lock, a, rouse_mutex_lock(&m));
    MOCK(rouse_mutex_lock, b, rouse_mutex_lock(&m));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_drop(&a.future);
    EXPECT_EQ(a_task.live, 0);
    rouse_mutex_unlock(&m);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_READY(POLL(b), ROUSE_OK);
}

TEST(lock_waiter_with_the_lock_dropped_before_it_polls_passes_it_on)
{
    rouse_mutex_init(&m);
    EXPECT(rouse_mutex_try_lock(&m));
    MOCK(rouse_mutex_lock, a, rouse_mutex_lock(&m));
    MOCK(rouse_mutex_lock, b, rouse_mutex_lock(&m));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_mutex_unlock(&m);
    EXPECT_EQ(a_task.woken, 1);
    rouse_drop(&a.future);
    EXPECT_EQ(b_task.woken, 1);
    rouse_drop(&b.future);
    EXPECT(!rouse_mutex_is_locked(&m));
}

/* ---- in tasks ----------------------------------------------------------------------------------
 */

static int shared, done;

struct adder {
    struct rouse_future future;
    int rounds, copy;
    struct rouse_mutex_lock lock;
    struct rouse_yield yield;
};
ROUSE_ASYNC(adder)
{
    ROUSE_BEGIN;
    for (; self->rounds > 0; self->rounds--) {
        ROUSE_AWAIT(self->lock, rouse_mutex_lock(&m));
        self->copy = shared;
        ROUSE_AWAIT(self->yield, rouse_yield());
        shared = self->copy + 1;
        rouse_mutex_unlock(&m);
    }
    done++;
    ROUSE_END;
}

static struct rouse_runtime rt;
static struct rouse_fake_host host;

static void begin(void)
{
    struct rouse_options options = {.host = &host.host};
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_mutex_init(&m);
}

TEST(what_is_guarded_is_never_changed_by_two_at_once_even_across_awaits)
{
    static ROUSE_TASK(adder) slots[10];
    begin();
    for (int i = 0; i < 10; i++)
        rouse_task_detach(rouse_spawn_in(&rt, &slots[i], ROUSE_FUTURE(adder, .rounds = 20)));
    while (rouse_turn(&rt))
        ;
    EXPECT_EQ(done, 10);
    EXPECT_EQ(shared, 200);
    rouse_runtime_drop(&rt);
}

struct keeper {
    struct rouse_future future;
    struct rouse_mutex_lock lock;
    struct rouse_pending forever;
};
ROUSE_ASYNC(keeper)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(&m));
    ROUSE_AWAIT(self->forever, rouse_pending());
    ROUSE_FINALLY;
    if (ROUSE_STARTED && self->lock.future.status == ROUSE_OK)
        rouse_mutex_unlock(&m);
    ROUSE_END;
}

TEST(task_aborted_when_its_budget_ran_out_before_the_lock_has_not_taken_it)
{
    static ROUSE_TASK(keeper) keeper;
    struct rouse_options options = {.host = &host.host, .budget = 1};
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_mutex_init(&m);
    struct rouse_task *task = rouse_spawn_in(&rt, &keeper, ROUSE_FUTURE(keeper));
    EXPECT(rouse_turn(&rt));
    rouse_task_abort(task);
    EXPECT(rouse_mutex_try_lock(&m));
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}

struct aborter {
    struct rouse_future future;
    struct rouse_task *victim;
    struct rouse_mutex_lock lock;
};
ROUSE_ASYNC(aborter)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_YIELD;
    EXPECT(rouse_mutex_is_locked(&m));
    rouse_task_abort(self->victim); /* its FINALLY unlocks, while this task runs */
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(&m));
    rouse_mutex_unlock(&m);
    done++;
    ROUSE_END;
}

TEST(task_aborted_with_the_lock_gives_it_up_in_finally)
{
    static ROUSE_TASK(keeper) keeper;
    static ROUSE_TASK(aborter) aborter;
    begin();
    struct rouse_task *victim = rouse_spawn_in(&rt, &keeper, ROUSE_FUTURE(keeper));
    rouse_task_detach(rouse_spawn_in(&rt, &aborter, ROUSE_FUTURE(aborter, .victim = victim)));
    while (rouse_turn(&rt))
        ;
    EXPECT_EQ(done, 1);
    rouse_task_detach(victim);
    rouse_runtime_drop(&rt);
}
