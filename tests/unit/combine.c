/* try_join, settle, race and any, polled by hand. */
#include "gate.h"

/* Gates in an array, with the list of them. */
enum { GATES = 20 };
struct gates {
    struct gate gate[GATES];
    struct rouse_future *list[GATES];
};
static void gates_make(struct gates *gates)
{
    for (int i = 0; i < GATES; i++) {
        gates->gate[i] = gate();
        gates->list[i] = &gates->gate[i].future;
    }
}

/* ---- try_join ---------------------------------------------------------------------------------
 */

TEST(try_join_is_done_when_all_are)
{
    struct gate a = gate(), b = gate();
    struct rouse_try_join f = rouse_try_join(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&b, ROUSE_OK);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&a, ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out, 2);
    EXPECT_EQ(gate_drops(&a) + gate_drops(&b), 0);
}

TEST(try_join_drops_the_rest_at_the_first_failure)
{
    struct gates g;
    gates_make(&g);
    struct rouse_try_join f = rouse_try_join(g.list, GATES);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&g.gate[3], ROUSE_OK);
    gate_open(&g.gate[12], -1500);
    gate_open(&g.gate[15], -1501);
    EXPECT_READY(mock_poll(&t), -1500);
    EXPECT_EQ(f.out, 12);
    EXPECT_EQ(gate_drops(&g.gate[3]) + gate_drops(&g.gate[12]), 0);
    EXPECT_EQ(gate_polls(&g.gate[15]), 1); /* not even asked */
    for (int i = 0; i < GATES; i++)
        EXPECT(rouse_is_done(&g.gate[i].future));
    EXPECT_EQ(t.live, 0);
}

TEST(try_join_of_nothing_is_done)
{
    struct rouse_try_join f = rouse_try_join(NULL, 0);
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
}

TEST(dropped_try_join_drops_its_children)
{
    struct gate a = gate(), b = gate();
    struct rouse_try_join f = rouse_try_join(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&f.future);
    EXPECT_EQ(gate_drops(&a) + gate_drops(&b), 2);
    EXPECT_EQ(t.live, 0);
}

/* ---- settle -----------------------------------------------------------------------------------
 */

TEST(settle_runs_all_to_their_end_and_counts_the_failures)
{
    struct gate a = gate(), b = gate(), c = gate();
    struct rouse_settle f = rouse_settle(ROUSE_LIST(&a.future, &b.future, NULL, &c.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&c, -1502);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&b, -1501);
    gate_open(&a, ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out.failures, 2);
    EXPECT_EQ(f.out.first_failed, 1);
    EXPECT_EQ(c.future.status, -1502);
}

TEST(settle_without_failures_names_none)
{
    struct gate a = gate(), b = gate();
    a.open = b.open = true;
    struct rouse_settle f = rouse_settle(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out.failures, 0);
    EXPECT_EQ(f.out.first_failed, 2);
}

TEST(dropped_settle_drops_its_children)
{
    struct gate a = gate(), b = gate();
    struct rouse_settle f = rouse_settle(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&f.future);
    EXPECT_EQ(gate_drops(&a) + gate_drops(&b), 2);
}

/* ---- race -------------------------------------------------------------------------------------
 */

TEST(race_is_won_once_and_drops_the_losers)
{
    struct gates g;
    gates_make(&g);
    struct rouse_race f = rouse_race(g.list, GATES);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&g.gate[7], ROUSE_OK);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out, 7);
    EXPECT_EQ(gate_drops(&g.gate[7]), 0);
    for (int i = 0; i < GATES; i++)
        EXPECT(rouse_is_done(&g.gate[i].future));
    EXPECT_EQ(t.live, 0);
}

TEST(race_of_several_ready_at_once_is_won_by_the_first_in_the_list)
{
    struct gate a = gate(), b = gate(), c = gate();
    struct rouse_race f = rouse_race(ROUSE_LIST(&a.future, &b.future, &c.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&c, ROUSE_OK);
    gate_open(&b, ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out, 1);
    EXPECT_EQ(gate_drops(&c), 1);
}

TEST(race_fails_like_its_winner)
{
    struct gate a = gate(), b = gate();
    struct rouse_race f = rouse_race(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&b, -1500);
    EXPECT_READY(mock_poll(&t), -1500);
    EXPECT_EQ(f.out, 1);
}

TEST(race_is_won_at_once_by_what_was_done_before)
{
    struct rouse_ready a = rouse_ready(ROUSE_OK);
    struct gate b = gate();
    struct mock_task t = mock_task(&a.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    struct rouse_race f = rouse_race(ROUSE_LIST(&b.future, &a.future));
    struct mock_task u = mock_task(&f.future);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_EQ(f.out, 1);
    EXPECT_EQ(gate_drops(&b), 1);
}

TEST(race_of_nothing_is_empty)
{
    struct rouse_race f = rouse_race(NULL, 0), g = rouse_race(ROUSE_LIST(NULL, NULL));
    struct mock_task t = mock_task(&f.future), u = mock_task(&g.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_EMPTY);
    EXPECT_EQ(f.out, 0);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_EMPTY);
    EXPECT_EQ(g.out, 2);
}

TEST(dropped_race_drops_its_children)
{
    struct gate a = gate(), b = gate();
    struct rouse_race f = rouse_race(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&f.future);
    EXPECT_EQ(gate_drops(&a) + gate_drops(&b), 2);
}

/* ---- any --------------------------------------------------------------------------------------
 */

TEST(any_passes_over_failures_to_the_first_success)
{
    struct gate a = gate(), b = gate(), c = gate();
    struct rouse_any f = rouse_any(ROUSE_LIST(&a.future, &b.future, &c.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&a, -1500);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&b, ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(f.out, 1);
    EXPECT_EQ(gate_drops(&c), 1);
}

TEST(any_fails_like_the_last_to_fail)
{
    struct gate a = gate(), b = gate();
    struct rouse_any f = rouse_any(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&b, -1500);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&a, -1501);
    EXPECT_READY(mock_poll(&t), -1501);
    EXPECT_EQ(f.out, 0);
}

TEST(any_of_nothing_is_empty)
{
    struct rouse_any f = rouse_any(NULL, 0);
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_EMPTY);
}

TEST(dropped_any_drops_its_children)
{
    struct gate a = gate(), b = gate();
    struct rouse_any f = rouse_any(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&f.future);
    EXPECT_EQ(gate_drops(&a) + gate_drops(&b), 2);
}

/* ---- errors -----------------------------------------------------------------------------------
 */

struct failing {
    struct rouse_future future;
    struct rouse_yield yield;
};
ROUSE_ASYNC(failing)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->yield, rouse_yield());
    ROUSE_FAIL_WITH(-1001, "as agreed");
    ROUSE_END;
}

struct chained {
    struct rouse_future future;
    struct failing failing;
    struct rouse_pending never;
    struct rouse_try_join try_join;
    struct rouse_race race;
    struct rouse_any any;
    struct rouse_select select;
    rouse_status status;
};
static void say_error(struct rouse_context *cx)
{
    const struct rouse_error *error = rouse_error(cx);
    test_say("%s: %s %u", error->frames[0].function, error->message, (unsigned)error->frame_count);
}
ROUSE_ASYNC(chained)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->failing, ROUSE_FUTURE(failing));
    ROUSE_PUT(self->never, rouse_pending());
    ROUSE_TRY_AWAIT(self->status, self->try_join,
                    rouse_try_join(ROUSE_LIST(&self->never.future, &self->failing.future)));
    say_error(cx);
    ROUSE_PUT(self->failing, ROUSE_FUTURE(failing));
    ROUSE_PUT(self->never, rouse_pending());
    ROUSE_TRY_AWAIT(self->status, self->race,
                    rouse_race(ROUSE_LIST(&self->never.future, &self->failing.future)));
    say_error(cx);
    ROUSE_PUT(self->failing, ROUSE_FUTURE(failing));
    ROUSE_TRY_AWAIT(self->status, self->any, rouse_any(ROUSE_LIST(&self->failing.future)));
    say_error(cx);
    ROUSE_PUT(self->failing, ROUSE_FUTURE(failing));
    ROUSE_PUT(self->never, rouse_pending());
    ROUSE_TRY_AWAIT(
        self->status, self->select,
        rouse_select(ROUSE_LIST(&self->never.future, &self->failing.future), ROUSE_FAIR));
    say_error(cx);
    ROUSE_FINALLY;
    rouse_drop(&self->never.future);
    rouse_drop(&self->failing.future);
    ROUSE_END;
}

TEST(combinator_that_fails_like_its_child_keeps_the_chain)
{
    static struct rouse_runtime rt;
    struct chained chained = ROUSE_FUTURE(chained);
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, &chained.future), ROUSE_OK);
    rouse_runtime_drop(&rt);
    EXPECT_TEXT(test_said(), "failing: as agreed 2 failing: as agreed 2 failing: as agreed 2 "
                             "failing: as agreed 2");
}

/* ---- makers ------------------------------------------------------------------------------------
 */

TEST(makers_of_hot_leaves_are_functions_as_well)
{
    struct rouse_set set;
    struct rouse_shared shared = {0};
    struct rouse_rate rate;
    struct rouse_pool pool;
    rouse_set_init(&set);
    rouse_rate_init(&rate, 1, 1);
    rouse_pool_init(&pool, NULL);
    EXPECT((rouse_set_next)(&set).set == &set);
    EXPECT((rouse_shared_wait)(&shared).shared == &shared);
    EXPECT((rouse_rate_acquire)(&rate, 3).tokens == 3);
    EXPECT((rouse_pool_acquire)(&pool).pool == &pool);
}
