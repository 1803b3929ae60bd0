/* One stream made of several, and streams of streams and futures. */
#include "tap.h"

/* ---- Chain ----------------------------------------------------------------------------------- */

TEST(chain_gives_all_of_the_first_and_then_all_of_the_second)
{
    struct tap a = ROUSE_FUTURE(tap), b = ROUSE_FUTURE(tap);
    struct rouse_chain chain = rouse_chain(&a.future, &b.future);
    struct mock_task t = mock_task(&chain.future);
    tap_pour(&b, 2);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.woken, 0);
    tap_pour(&a, 1);
    EXPECT_TEXT(tap_all(&t), "1 pending");
    tap_end(&a, ROUSE_ERR_CLOSED);
    EXPECT_TEXT(tap_all(&t), "2 pending");
    tap_end(&b, ROUSE_ERR_CLOSED);
    EXPECT_CLOSED(&t);
}

TEST(chain_whose_first_fails_drops_the_second)
{
    struct tap a = ROUSE_FUTURE(tap, .end = ROUSE_ERR_LAGGED), b = ROUSE_FUTURE(tap);
    struct mock_task t = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    struct rouse_chain chain = rouse_chain(&a.future, &b.future);
    struct mock_task u = mock_task(&chain.future);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_LAGGED);
    EXPECT_EQ(tap_drops, 1);
}

TEST(chain_dropped_drops_both)
{
    struct tap a = ROUSE_FUTURE(tap), b = ROUSE_FUTURE(tap);
    struct rouse_chain chain = rouse_chain(&a.future, &b.future);
    struct mock_task t = mock_task(&chain.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&chain.future);
    EXPECT_EQ(tap_drops, 1);
    EXPECT(rouse_is_done(&b.future));
    EXPECT_EQ(t.live, 0);
}

/* ---- Zip ------------------------------------------------------------------------------------- */

static void expect_pair(struct mock_task *task, struct rouse_zip *zip, int first, int second)
{
    EXPECT_EQ(mock_poll(task).status, ROUSE_ITEM_);
    const struct rouse_pair *pair = &ROUSE_ITEM_OF(struct rouse_pair, *zip);
    EXPECT_EQ(*(const int *)pair->first, first);
    EXPECT_EQ(*(const int *)pair->second, second);
}

TEST(zip_keeps_an_item_until_its_partner_comes)
{
    struct tap a = ROUSE_FUTURE(tap), b = ROUSE_FUTURE(tap);
    struct rouse_zip zip = rouse_zip(&a.future, &b.future);
    struct mock_task t = mock_task(&zip.future);
    tap_pour(&a, 1);
    tap_pour(&a, 2);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(a.taken, 1);
    tap_pour(&b, 10);
    expect_pair(&t, &zip, 1, 10);
    tap_pour(&b, 20);
    expect_pair(&t, &zip, 2, 20);
    tap_end(&b, ROUSE_ERR_CLOSED);
    EXPECT_CLOSED(&t);
    EXPECT_EQ(tap_drops, 1);
}

TEST(zip_dropped_drops_both)
{
    struct tap a = ROUSE_FUTURE(tap), b = ROUSE_FUTURE(tap);
    struct rouse_zip zip = rouse_zip(&a.future, &b.future);
    struct mock_task t = mock_task(&zip.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&zip.future);
    EXPECT_EQ(tap_drops, 2);
    EXPECT_EQ(t.live, 0);
}

/* ---- Merge ----------------------------------------------------------------------------------- */

TEST(merge_of_ready_streams_takes_turns)
{
    int a[] = {1, 4, 6}, b[] = {2, 5}, c[] = {3};
    struct rouse_from_array one = rouse_from_array(ROUSE_ARRAY(a)),
                            two = rouse_from_array(ROUSE_ARRAY(b)),
                            three = rouse_from_array(ROUSE_ARRAY(c));
    struct rouse_merge merge = rouse_merge(ROUSE_LIST(&one.future, &two.future, &three.future));
    struct mock_task t = mock_task(&merge.future);
    for (int i = 1; i <= 6; i++) {
        EXPECT_INT(&t, merge, i);
        EXPECT_EQ(merge.index, i < 4 ? i - 1 : i < 6 ? i - 4 : 0);
    }
    EXPECT_CLOSED(&t);
}

TEST(merge_gives_items_as_they_come_until_all_are_closed)
{
    struct tap a = ROUSE_FUTURE(tap), b = ROUSE_FUTURE(tap);
    struct rouse_merge merge = rouse_merge(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&merge.future);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&a, 1);
    EXPECT_EQ(t.woken, 1);
    EXPECT_TEXT(tap_all(&t), "1 pending");
    tap_pour(&b, 2);
    EXPECT_EQ(t.woken, 2);
    EXPECT_TEXT(tap_all(&t), "2 pending");
    tap_end(&a, ROUSE_ERR_CLOSED);
    EXPECT_TEXT(tap_all(&t), "pending");
    tap_pour(&b, 3);
    EXPECT_TEXT(tap_all(&t), "3 pending");
    tap_end(&b, ROUSE_ERR_CLOSED);
    EXPECT_EQ(t.woken, 5);
    EXPECT_CLOSED(&t);
    EXPECT_EQ(t.live, 0);
}

TEST(merge_does_not_starve_the_neighbour_of_a_busy_stream)
{
    int n = 7;
    struct rouse_repeat busy = rouse_repeat(&n);
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_merge merge = rouse_merge(ROUSE_LIST(&busy.future, &tap.future));
    struct mock_task t = mock_task(&merge.future);
    EXPECT_INT(&t, merge, 7);
    EXPECT_INT(&t, merge, 7);
    tap_pour(&tap, 1);
    EXPECT_INT(&t, merge, 1);
    EXPECT_INT(&t, merge, 7);
    rouse_drop(&merge.future);
}

TEST(merge_skips_closed_and_pending_streams_for_one_that_is_ready)
{
    int n = 5;
    struct rouse_from_array none = rouse_stream_empty(), once = rouse_stream_once(&n);
    struct rouse_pending pending = rouse_pending();
    struct rouse_merge merge = rouse_merge(ROUSE_LIST(&pending.future, &none.future, &once.future));
    struct mock_task t = mock_task(&merge.future);
    EXPECT_TEXT(tap_all(&t), "5 pending");
    EXPECT_EQ(merge.index, 2);
    rouse_drop(&merge.future);
}

TEST(merge_of_a_failing_stream_drops_the_others)
{
    struct tap a = ROUSE_FUTURE(tap), b = ROUSE_FUTURE(tap), c = ROUSE_FUTURE(tap);
    struct rouse_merge merge = rouse_merge(ROUSE_LIST(&a.future, &b.future, &c.future));
    struct mock_task t = mock_task(&merge.future);
    EXPECT_PENDING(mock_poll(&t));
    tap_end(&b, ROUSE_ERR_LAGGED);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_LAGGED);
    EXPECT_EQ(tap_drops, 2);
    EXPECT_EQ(t.live, 0);
}

TEST(merge_borrows_a_long_list_and_is_closed_at_once_without_one)
{
    enum { MANY = ROUSE_LIST_MAX + 2 };
    struct rouse_range ranges[MANY];
    struct rouse_future *list[MANY];
    for (int i = 0; i < MANY; i++) {
        ranges[i] = rouse_range(i, i + 1);
        list[i] = &ranges[i].future;
    }
    struct rouse_merge merge = rouse_merge(list, MANY), none = rouse_merge(NULL, 0);
    struct mock_task t = mock_task(&merge.future), u = mock_task(&none.future);
    for (int64_t i = 0; i < MANY; i++) {
        EXPECT_EQ(mock_poll(&t).status, ROUSE_ITEM_);
        EXPECT_EQ(ROUSE_ITEM_OF(int64_t, merge), i);
    }
    EXPECT_CLOSED(&t);
    EXPECT_CLOSED(&u);
}

TEST(merge_passes_over_entries_that_are_null_as_a_join_does)
{
    struct rouse_range range = rouse_range(7, 8);
    struct rouse_merge merge = rouse_merge(ROUSE_LIST(NULL, &range.future, NULL));
    struct rouse_merge none = rouse_merge(ROUSE_LIST(NULL, NULL));
    struct mock_task t = mock_task(&merge.future), u = mock_task(&none.future);
    EXPECT_EQ(mock_poll(&t).status, ROUSE_ITEM_);
    EXPECT_EQ(ROUSE_ITEM_OF(int64_t, merge), 7);
    EXPECT_EQ(merge.index, 1);
    EXPECT_CLOSED(&t);
    EXPECT_CLOSED(&u);
}

/* ---- Flatten --------------------------------------------------------------------------------- */

struct nest {
    struct rouse_future future;
    struct tap out;
    int left;
    rouse_status end;
};
ROUSE_STREAM(nest)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--)
        ROUSE_EMIT(ROUSE_FUTURE(tap, .items = {self->left, 10 * self->left}, .poured = 2,
                                .end = self->end));
    ROUSE_END;
}

TEST(flatten_gives_the_items_of_one_stream_after_the_other)
{
    struct nest nest = ROUSE_FUTURE(nest, .left = 3, .end = ROUSE_ERR_CLOSED);
    struct rouse_flatten flat = rouse_flatten(&nest.future);
    struct mock_task t = mock_task(&flat.future);
    EXPECT_TEXT(tap_all(&t), "3 30 2 20 1 10 ROUSE_ERR_CLOSED");
}

TEST(flatten_waits_for_the_inner_stream_and_drops_it_first)
{
    struct nest nest = ROUSE_FUTURE(nest, .left = 3);
    struct rouse_flatten flat = rouse_flatten(&nest.future);
    struct mock_task t = mock_task(&flat.future);
    EXPECT_TEXT(tap_all(&t), "3 30 pending");
    EXPECT_EQ(t.live, 1);
    rouse_drop(&flat.future);
    EXPECT_EQ(tap_drops, 1);
    EXPECT_EQ(t.live, 0);
    EXPECT(rouse_is_done(&nest.future));
}

TEST(flatten_ends_with_the_failure_of_an_inner_stream)
{
    struct nest nest = ROUSE_FUTURE(nest, .left = 3, .end = ROUSE_ERR_LAGGED);
    struct rouse_flatten flat = rouse_flatten(&nest.future);
    struct mock_task t = mock_task(&flat.future);
    EXPECT_TEXT(tap_all(&t), "3 30 ROUSE_ERR_LAGGED");
    EXPECT(rouse_is_done(&nest.future));
}

/* ---- Then ------------------------------------------------------------------------------------ */

static void gate_of(void *data, const void *item, void *out)
{
    (void)data;
    *(struct gate *)out = ROUSE_FUTURE(gate, .out = 10 * *(const int *)item);
}

TEST(then_awaits_a_future_of_each_item_before_it_asks_for_the_next)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct gate gate = {.out = 0};
    struct rouse_then then = rouse_then(&tap.future, gate_of, NULL, &gate);
    struct mock_task t = mock_task(&then.future);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&tap, 1);
    tap_pour(&tap, 2);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&gate, ROUSE_OK);
    EXPECT_EQ(mock_poll(&t).status, ROUSE_ITEM_);
    EXPECT_EQ(ROUSE_ITEM_OF(struct gate, then).out, 10);
    EXPECT_EQ(tap.taken, 1);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(tap.taken, 2);
    gate_open(&gate, -1001);
    EXPECT_READY(mock_poll(&t), -1001);
    EXPECT_EQ(tap_drops, 1);
    EXPECT_EQ(t.live, 0);
}

TEST(then_dropped_drops_the_future_and_the_source)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct gate gate = {.out = 0};
    struct rouse_then then = rouse_then(&tap.future, gate_of, NULL, &gate);
    struct mock_task t = mock_task(&then.future);
    tap_pour(&tap, 1);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&then.future);
    EXPECT_EQ(gates_dropped(), 1);
    EXPECT_EQ(tap_drops, 1);
    EXPECT_EQ(t.live, 0);
}
