/* select: who wins, and what becomes of the others. */
#include "gate.h"

TEST(select_hands_the_losers_back_still_pending)
{
    struct gate a = gate(), b = gate();
    struct rouse_select f = rouse_select(ROUSE_LIST(&a.future, &b.future), ROUSE_IN_ORDER);
    struct mock_task t = mock_task(&f.future), u = mock_task(&a.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&b, ROUSE_OK);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT(ROUSE_ARM(f, 1));
    EXPECT(!ROUSE_ARM(f, 0));
    EXPECT(!rouse_is_done(&a.future));
    gate_open(&a, -1500); /* goes on where it was */
    EXPECT_READY(mock_poll(&u), -1500);
    EXPECT_EQ(gate_drops(&a) + gate_drops(&b), 0);
}

TEST(select_in_order_takes_the_first_that_is_ready)
{
    struct gate a = gate(), b = gate(), c = gate();
    b.open = c.open = true;
    struct rouse_select f =
        rouse_select(ROUSE_LIST(&a.future, &b.future, &c.future), ROUSE_IN_ORDER);
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out, 1);
    EXPECT_EQ(gate_polls(&c), 0);
    rouse_drop(&a.future);
    EXPECT_EQ(t.live, 0);
}

TEST(select_fails_like_the_arm_that_won)
{
    struct gate a = gate(), b = gate();
    struct rouse_select f = rouse_select(ROUSE_LIST(&a.future, &b.future), ROUSE_IN_ORDER);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&a, -1500);
    EXPECT_READY(mock_poll(&t), -1500);
    EXPECT_EQ(f.out, 0);
    rouse_drop(&b.future);
}

TEST(select_never_polls_an_arm_that_is_null_or_done)
{
    struct gate a = gate(), b = gate();
    struct mock_task t = mock_task(&a.future);
    a.open = true;
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    struct rouse_select f = rouse_select(ROUSE_LIST(NULL, &a.future, &b.future), ROUSE_IN_ORDER);
    struct mock_task u = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&u));
    gate_open(&b, ROUSE_OK);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_EQ(f.out, 2);
    EXPECT_EQ(gate_polls(&a), 1);
}

TEST(select_with_all_arms_disabled_is_empty)
{
    struct rouse_ready a = rouse_ready(ROUSE_OK);
    struct mock_task t = mock_task(&a.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    struct rouse_select f = rouse_select(ROUSE_LIST(NULL, &a.future), ROUSE_FAIR);
    struct rouse_select g = rouse_select(NULL, 0, ROUSE_IN_ORDER);
    struct mock_task u = mock_task(&f.future), v = mock_task(&g.future);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_EMPTY);
    EXPECT_EQ(f.out, 2);
    EXPECT_READY(mock_poll(&v), ROUSE_ERR_EMPTY);
    EXPECT_EQ(g.out, 0);
}

TEST(select_tells_an_arm_that_failed_with_empty_from_no_arm)
{
    struct rouse_ready a = rouse_ready(ROUSE_ERR_EMPTY), b = rouse_ready(ROUSE_ERR_EMPTY);
    struct rouse_select f = rouse_select(ROUSE_LIST(NULL, &a.future, &b.future), ROUSE_IN_ORDER);
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_EMPTY);
    EXPECT(!ROUSE_NO_ARM(f));
    EXPECT(ROUSE_ARM(f, 1));
    rouse_drop(&b.future);
    f = rouse_select(ROUSE_LIST(NULL, &a.future, &b.future), ROUSE_IN_ORDER);
    t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_EMPTY);
    EXPECT(ROUSE_NO_ARM(f));
    EXPECT(!ROUSE_ARM(f, 1));
}

TEST(dropped_select_drops_its_arms)
{
    struct gate arms[20];
    struct rouse_future *list[20];
    for (int i = 0; i < 20; i++) {
        arms[i] = gate();
        list[i] = i == 5 ? NULL : &arms[i].future;
    }
    struct rouse_select f = rouse_select(list, 20, ROUSE_FAIR);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.live, 19);
    rouse_drop(&f.future);
    EXPECT_EQ(t.live, 0);
}

TEST(select_arm_that_is_a_stream_wins_with_each_item)
{
    static struct rouse_runtime rt;
    struct rouse_fake_host host;
    struct rouse_options options = {.host = &host.host};
    struct rouse_interval every = rouse_interval(10, ROUSE_BURST);
    struct gate stop = gate();
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    for (uint64_t i = 1; i <= 3; i++) {
        struct rouse_select f =
            rouse_select(ROUSE_LIST(&every.future, &stop.future), ROUSE_IN_ORDER);
        struct mock_task t = mock_task(&f.future);
        t.runtime = &rt;
        EXPECT_PENDING(mock_poll(&t));
        rouse_fake_host_advance(&host, 10);
        EXPECT_EQ(t.woken, 1);
        EXPECT_READY(mock_poll(&t), ROUSE_OK);
        EXPECT_EQ(f.out, 0);
        EXPECT_EQ(every.out, 10 * i);
        rouse_drop(&stop.future);
        stop = gate();
    }
    rouse_drop(&every.future);
    rouse_runtime_drop(&rt);
}

/* ---- fairness ---------------------------------------------------------------------------------
 */

struct draws {
    struct rouse_future future;
    unsigned wins[4];
    char order[101];
    int i;
    struct rouse_ready arms[4];
    struct rouse_select select;
};
ROUSE_ASYNC(draws)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 1000; self->i++) {
        for (int i = 0; i < 4; i++)
            ROUSE_PUT(self->arms[i], rouse_ready(ROUSE_OK));
        ROUSE_AWAIT(self->select,
                    rouse_select(ROUSE_LIST(&self->arms[0].future, &self->arms[1].future,
                                            &self->arms[2].future, &self->arms[3].future),
                                 ROUSE_FAIR));
        self->wins[self->select.out]++;
        if (self->i < 100)
            self->order[self->i] = (char)('0' + self->select.out);
    }
    ROUSE_FINALLY;
    for (int i = 0; i < 4; i++)
        rouse_drop(&self->arms[i].future);
    ROUSE_END;
}
static struct draws run_draws(uint64_t seed)
{
    static struct rouse_runtime rt;
    struct rouse_options options = {.seed = seed};
    struct draws draws = ROUSE_FUTURE(draws);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, &draws.future), ROUSE_OK);
    rouse_runtime_drop(&rt);
    return draws;
}

TEST(fair_select_lets_each_ready_arm_win_about_as_often)
{
    struct draws draws = run_draws(7);
    for (int i = 0; i < 4; i++) {
        EXPECT(draws.wins[i] > 200);
        EXPECT(draws.wins[i] < 300);
    }
}

TEST(fair_select_repeats_its_choices_with_the_same_seed_only)
{
    struct draws a = run_draws(7), b = run_draws(7), c = run_draws(8);
    EXPECT_TEXT(a.order, b.order);
    EXPECT(strcmp(a.order, c.order) != 0);
}

/* ---- a lock held across a select --------------------------------------------------------------
   One arm holds the only permit and is handed back; what is awaited next wants it too. The pending
   arm still owns it: the program must drop the loser, or await it, before it asks again. */

struct holder {
    struct rouse_future future;
    struct rouse_notify *permit;
    struct rouse_notify_wait wait;
    struct rouse_pending never;
    bool held;
};
ROUSE_ASYNC(holder)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->wait, rouse_notify_wait(self->permit));
    self->held = true;
    ROUSE_AWAIT(self->never, rouse_pending());
    ROUSE_FINALLY;
    if (self->held)
        rouse_notify_one(self->permit);
    ROUSE_END;
}
struct locked {
    struct rouse_future future;
    struct rouse_notify permit;
    struct holder holder;
    struct rouse_yield yield;
    struct rouse_select select;
    struct rouse_notify_wait again;
    struct rouse_timeout limit;
    rouse_status first, second;
};
ROUSE_ASYNC(locked)
{
    ROUSE_BEGIN;
    rouse_notify_init(&self->permit);
    rouse_notify_one(&self->permit);
    ROUSE_PUT(self->holder, ROUSE_FUTURE(holder, .permit = &self->permit));
    while (!self->holder.held) {
        ROUSE_PUT(self->yield, rouse_yield());
        ROUSE_AWAIT(
            self->select,
            rouse_select(ROUSE_LIST(&self->holder.future, &self->yield.future), ROUSE_IN_ORDER));
    }
    ROUSE_PUT(self->again, rouse_notify_wait(&self->permit));
    ROUSE_TRY_AWAIT(self->first, self->limit, rouse_timeout(&self->again.future, ROUSE_MS));
    rouse_drop(&self->holder.future);
    ROUSE_PUT(self->again, rouse_notify_wait(&self->permit));
    ROUSE_TRY_AWAIT(self->second, self->limit, rouse_timeout(&self->again.future, ROUSE_MS));
    ROUSE_FINALLY;
    rouse_drop(&self->holder.future);
    rouse_drop(&self->yield.future);
    ROUSE_END;
}

TEST(loser_that_holds_a_lock_keeps_it_until_it_is_dropped)
{
    static struct rouse_runtime rt;
    struct rouse_options options = {0};
    struct locked locked = ROUSE_FUTURE(locked);
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, &locked.future), ROUSE_OK);
    rouse_runtime_drop(&rt);
    EXPECT_EQ(locked.first, ROUSE_ERR_TIMEOUT);
    EXPECT_EQ(locked.second, ROUSE_OK);
}

TEST(select_init_builds_in_place)
{
    struct gate a = gate(), b = gate();
    struct rouse_select f;
    rouse_select_init(&f, ROUSE_LIST(&a.future, &b.future), ROUSE_IN_ORDER);
    struct mock_task t = mock_task(&f.future);
    b.open = true;
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out, 1);
    rouse_drop(&a.future);
}

/* ---- in a loop, nested, with a default --------------------------------------------------------
 */

TEST(select_in_a_loop_goes_on_with_its_losers_until_all_are_done)
{
    struct gate a = gate(), b = gate();
    struct rouse_select f = rouse_select(ROUSE_LIST(&a.future, &b.future), ROUSE_FAIR);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&a, ROUSE_OK);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out, 0);
    f = rouse_select(ROUSE_LIST(&a.future, &b.future), ROUSE_FAIR);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&b, ROUSE_OK);
    EXPECT_EQ(t.woken, 2);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out, 1);
    f = rouse_select(ROUSE_LIST(&a.future, &b.future), ROUSE_FAIR);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_EMPTY);
}

TEST(last_arm_that_is_always_ready_is_a_default)
{
    struct gate a = gate(), b = gate();
    struct rouse_ready otherwise = rouse_ready(ROUSE_OK);
    struct rouse_select f =
        rouse_select(ROUSE_LIST(&a.future, &b.future, &otherwise.future), ROUSE_IN_ORDER);
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT(ROUSE_ARM(f, 2));
    EXPECT_EQ(gate_polls(&a) + gate_polls(&b), 2);
    rouse_drop(&a.future);
    rouse_drop(&b.future);
}

TEST(select_inside_a_select_hands_its_own_losers_back)
{
    struct gate a = gate(), b = gate(), c = gate();
    struct rouse_select inner = rouse_select(ROUSE_LIST(&a.future, &b.future), ROUSE_FAIR);
    struct rouse_select outer = rouse_select(ROUSE_LIST(&inner.future, &c.future), ROUSE_FAIR);
    struct mock_task t = mock_task(&outer.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&b, ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(outer.out, 0);
    EXPECT_EQ(inner.out, 1);
    EXPECT_EQ(gate_drops(&a) + gate_drops(&c), 0);
    rouse_drop(&a.future);
    rouse_drop(&c.future);
    EXPECT_EQ(t.live, 0);
}

TEST(select_of_many_arms_finds_the_one_that_is_ready)
{
    enum { MANY = 64 };
    struct gate arms[MANY];
    struct rouse_future *list[MANY];
    for (int i = 0; i < MANY; i++) {
        arms[i] = gate();
        list[i] = &arms[i].future;
    }
    struct rouse_select f = rouse_select(list, MANY, ROUSE_FAIR);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&arms[40], ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out, 40);
    for (int i = 0; i < MANY; i++)
        rouse_drop(list[i]);
    EXPECT_EQ(t.live, 0);
}

TEST(select_under_a_foreign_executor_is_in_order)
{
    for (int i = 0; i < 20; i++) {
        struct rouse_ready a = rouse_ready(ROUSE_OK), b = rouse_ready(ROUSE_OK);
        struct rouse_select f = rouse_select(ROUSE_LIST(&a.future, &b.future), ROUSE_FAIR);
        struct mock_task t = mock_task(&f.future);
        EXPECT_READY(mock_poll(&t), ROUSE_OK);
        EXPECT_EQ(f.out, 0);
        rouse_drop(&b.future);
    }
}
