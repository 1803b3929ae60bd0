// needs: malloc
/* A program run many times: in other orders, and cancelled everywhere. */
#include "test.h"
#include <rouse/test.h>

/* ---- Programs -------------------------------------------------------------------------------- */

enum { WRONG_ORDER = -1000 };

/* Two tasks write what order they ran in; whoever trusts in that has a race. */
struct racy {
    struct rouse_future future;
    bool trusts;
    int order;
    struct rouse_sleep naps[2];
    struct rouse_task *tasks[2];
    struct rouse_task_join join;
};
struct writer {
    struct rouse_future future;
    int *order, digit;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(writer)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    *self->order = *self->order * 10 + self->digit;
    ROUSE_END;
}
ROUSE_ASYNC(racy)
{
    ROUSE_BEGIN;
    for (int i = 0; i < 2; i++)
        self->tasks[i] = ROUSE_SPAWN(ROUSE_FUTURE(writer, .order = &self->order, .digit = i + 1));
    ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[0]));
    ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[1]));
    if (self->trusts && self->order != 12)
        ROUSE_FAIL(WRONG_ORDER);
    ROUSE_FINALLY;
    for (int i = 0; i < 2; i++) {
        rouse_task_abort(self->tasks[i]);
        rouse_task_detach(self->tasks[i]);
    }
    ROUSE_END;
}

static struct rouse_future *make_racy(void *trusts)
{
    static struct racy program;
    program = ROUSE_FUTURE(racy, .trusts = *(bool *)trusts);
    return &program.future;
}

static struct rouse_future *make_pending(void *data)
{
    static struct rouse_pending program;
    (void)data;
    program = rouse_pending();
    return &program.future;
}

static struct rouse_future *make_nothing(void *data)
{
    (void)data;
    return NULL;
}

struct endless {
    struct rouse_future future;
    struct rouse_yield yield;
};
ROUSE_ASYNC(endless)
{
    ROUSE_BEGIN;
    for (;;)
        ROUSE_YIELD;
    ROUSE_END;
}
static struct rouse_future *make_endless(void *data)
{
    static struct endless program;
    (void)data;
    program = ROUSE_FUTURE(endless);
    return &program.future;
}

/* Keeps what it allocated unless it comes to its end. A sanitizer is shown where that is. */
static struct rouse_channel kept;
struct leaky {
    struct rouse_future future;
    struct rouse_channel channel;
    struct rouse_yield yield;
};
ROUSE_ASYNC(leaky)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    rouse_channel_init_unbounded(&self->channel, cx->runtime, sizeof(int));
    (void)rouse_try_send(&self->channel, &(int){1});
    kept = self->channel;
    ROUSE_YIELD;
    rouse_channel_drop(&self->channel);
    ROUSE_END;
}
static struct rouse_future *make_leaky(void *data)
{
    static struct leaky program;
    (void)data;
    program = ROUSE_FUTURE(leaky);
    return &program.future;
}

/* ---- Schedules ------------------------------------------------------------------------------- */

TEST(program_that_trusts_in_an_order_fails_by_a_seed_that_fails_again)
{
    bool trusts = true;
    struct rouse_test_result first = rouse_test_schedules(make_racy, &trusts, 100, 0);
    EXPECT_EQ(first.status, WRONG_ORDER);
    EXPECT(first.runs > 1 && first.runs < 100);
    EXPECT_EQ(first.seed, first.runs);
    EXPECT_EQ(first.leaked, 0);
    struct rouse_test_result again = rouse_test_schedules(make_racy, &trusts, 1, first.seed);
    EXPECT_EQ(again.status, WRONG_ORDER);
    EXPECT_EQ(again.seed, first.seed);
    EXPECT_EQ(again.runs, 1);
}

TEST(program_that_trusts_in_nothing_passes_every_schedule)
{
    bool trusts = false;
    struct rouse_test_result result = rouse_test_schedules(make_racy, &trusts, 50, 7);
    EXPECT_EQ(result.status, ROUSE_OK);
    EXPECT_EQ(result.runs, 50);
    EXPECT_EQ(result.seed, 56);
}

TEST(seed_of_the_environment_is_the_only_one_that_runs)
{
#ifndef ROUSE_JS /* there is no environment */
    bool trusts = false;
    EXPECT_EQ(setenv("ROUSE_SEED", "42", 1), 0);
    struct rouse_test_result result = rouse_test_schedules(make_racy, &trusts, 50, 7);
    EXPECT_EQ(result.runs, 1);
    EXPECT_EQ(result.seed, 42);
#endif
}

TEST(schedule_that_stalls_is_a_deadlock)
{
    EXPECT_EQ(rouse_test_schedules(make_pending, NULL, 3, 0).status, ROUSE_ERR_DEADLOCK);
}

TEST(schedule_that_never_ends_is_a_timeout)
{
    EXPECT_EQ(rouse_test_schedules(make_endless, NULL, 3, 0).status, ROUSE_ERR_TIMEOUT);
}

TEST(program_that_cannot_be_made_is_out_of_memory)
{
    EXPECT_EQ(rouse_test_schedules(make_nothing, NULL, 3, 0).status, ROUSE_ERR_NO_MEMORY);
}

/* ---- Cancelled everywhere -------------------------------------------------------------------- */

TEST(program_is_cancelled_after_each_turn_until_it_ends_before)
{
    bool trusts = true;
    struct rouse_test_result result = rouse_test_cancel_points(make_racy, &trusts);
    EXPECT_EQ(result.status, ROUSE_OK);
    EXPECT(result.runs >= 3);
    EXPECT_EQ(result.seed, result.runs + 1);
    EXPECT_EQ(result.leaked, 0);
}

static struct rouse_future *make_failing(void *data)
{
    static struct rouse_ready program;
    (void)data;
    program = rouse_ready(-1500);
    return &program.future;
}

TEST(program_that_fails_before_it_is_cancelled_has_failed)
{
    struct rouse_test_result result = rouse_test_cancel_points(make_failing, NULL);
    EXPECT_EQ(result.status, -1500);
    EXPECT_EQ(result.runs, 0);
}

TEST(cancel_that_leaks_is_told_with_its_turn)
{
    struct rouse_test_result result = rouse_test_cancel_points(make_leaky, NULL);
    EXPECT_EQ(result.status, ROUSE_OK);
    EXPECT_EQ(result.leaked, 1);
    EXPECT_EQ(result.seed, result.runs);
    EXPECT(result.seed >= 2);
}
