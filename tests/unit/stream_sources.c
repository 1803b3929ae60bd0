/* Where streams begin; one item of one; and streams that are only borrowed. */
#include "tap.h"

TEST(array_once_and_empty_give_what_they_hold)
{
    int numbers[] = {1, 2, 3};
    struct rouse_from_array array = rouse_from_array(ROUSE_ARRAY(numbers));
    struct rouse_from_array once = rouse_stream_once(&numbers[1]);
    struct rouse_from_array empty = rouse_stream_empty();
    struct mock_task t = mock_task(&array.future), u = mock_task(&once.future),
                     v = mock_task(&empty.future);
    EXPECT_TEXT(tap_all(&t), "1 2 3 ROUSE_ERR_CLOSED");
    EXPECT_TEXT(tap_all(&u), "2 ROUSE_ERR_CLOSED");
    EXPECT_TEXT(tap_all(&v), "ROUSE_ERR_CLOSED");
}

TEST(repeat_gives_the_same_item_for_ever)
{
    int number = 7;
    struct rouse_repeat repeat = rouse_repeat(&number);
    struct mock_task t = mock_task(&repeat.future);
    for (int i = 0; i < 100; i++)
        EXPECT_INT(&t, repeat, 7);
    rouse_drop(&repeat.future);
}

TEST(range_counts_up_to_but_not_to_its_end)
{
    struct rouse_range range = rouse_range(-1, 1), empty = rouse_range(1, 1);
    struct mock_task t = mock_task(&range.future), u = mock_task(&empty.future);
    EXPECT_EQ(mock_poll(&t).status, ROUSE_ITEM_);
    EXPECT_EQ(range.out, -1);
    EXPECT_EQ(mock_poll(&t).status, ROUSE_ITEM_);
    EXPECT_EQ(ROUSE_ITEM_OF(int64_t, range), 0);
    EXPECT_CLOSED(&t);
    EXPECT_CLOSED(&u);
}

static bool halve(void *state, void *out)
{
    int *n = state;
    *(int *)out = *n;
    *n /= 2;
    return *(int *)out > 0;
}

TEST(unfold_gives_what_its_function_makes_until_it_says_no)
{
    int state = 5, out;
    struct rouse_unfold unfold = rouse_unfold(halve, &state, &out);
    struct mock_task t = mock_task(&unfold.future);
    EXPECT_TEXT(tap_all(&t), "5 2 1 ROUSE_ERR_CLOSED");
}

TEST(pending_is_a_stream_that_gives_nothing)
{
    struct rouse_pending pending = rouse_pending();
    struct rouse_next next = rouse_next(&pending.future);
    struct mock_task t = mock_task(&next.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&next.future);
    rouse_drop(&pending.future);
}

TEST(interval_is_a_stream_for_adapters)
{
    static struct rouse_runtime rt;
    struct rouse_fake_host host;
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &(struct rouse_options){.host = &host.host}), ROUSE_OK);
    struct rouse_interval every = rouse_interval(ROUSE_MS, ROUSE_BURST);
    struct rouse_take two = rouse_take(&every.future, 2);
    struct mock_task t = mock_task(&two.future);
    t.runtime = &rt;
    EXPECT_PENDING(mock_poll(&t));
    rouse_fake_host_advance(&host, 2 * ROUSE_MS);
    rouse_turn(&rt);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(mock_poll(&t).status, ROUSE_ITEM_);
    EXPECT_EQ(ROUSE_ITEM_OF(uint64_t, two), ROUSE_MS);
    EXPECT_EQ(mock_poll(&t).status, ROUSE_ITEM_);
    EXPECT_EQ(ROUSE_ITEM_OF(uint64_t, two), 2 * ROUSE_MS);
    EXPECT_CLOSED(&t);
    EXPECT(rouse_is_done(&every.future));
    rouse_runtime_drop(&rt);
}

/* ---- A stream of futures --------------------------------------------------------------------- */

struct gates {
    struct gate gate;
    int made, item;
};

static void next_gate(void *data, void *slot)
{
    struct gates *gates = data;
    gates->item = ++gates->made;
    *(struct gate *)slot = ROUSE_FUTURE(gate, .out = gates->made);
}

TEST(stream_of_awaits_one_future_per_item_until_one_fails)
{
    struct gates gates = {.made = 0};
    struct rouse_stream_of stream = rouse_stream_of(next_gate, &gates, &gates.gate, &gates.item);
    struct mock_task t = mock_task(&stream.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(gates.made, 1);
    gate_open(&gates.gate, ROUSE_OK);
    EXPECT_EQ(t.woken, 1);
    EXPECT_INT(&t, stream, 1);
    EXPECT_EQ(gates.made, 1); /* not before it is asked for */
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(gates.made, 2);
    gate_open(&gates.gate, ROUSE_ERR_CLOSED);
    EXPECT_CLOSED(&t);
}

TEST(stream_of_without_an_item_gives_the_done_future)
{
    struct gates gates = {.made = 0};
    struct rouse_stream_of stream = rouse_stream_of(next_gate, &gates, &gates.gate, NULL);
    struct mock_task t = mock_task(&stream.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&gates.gate, ROUSE_OK);
    EXPECT_EQ(mock_poll(&t).status, ROUSE_ITEM_);
    EXPECT_EQ(ROUSE_ITEM_OF(struct gate, stream).out, 1);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&stream.future);
    EXPECT_EQ(gates_dropped(), 1);
    EXPECT_EQ(t.live, 0);
}

/* ---- One item -------------------------------------------------------------------------------- */

TEST(next_dropped_while_it_waits_takes_nothing)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_next first = rouse_next(&tap.future), second = rouse_next(&tap.future);
    struct mock_task t = mock_task(&first.future), u = mock_task(&second.future);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&tap, 1);
    EXPECT_EQ(t.woken, 1);
    rouse_drop(&first.future);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_EQ(*(const int *)second.out, 1);
    EXPECT_EQ(ROUSE_ITEM_OF(int, tap), 1); /* still there */
    struct rouse_next third = rouse_next(&tap.future);
    struct mock_task v = mock_task(&third.future);
    tap_end(&tap, ROUSE_ERR_CLOSED);
    EXPECT_CLOSED(&v);
    EXPECT_EQ(tap_drops, 0);
}

TEST(next_of_a_stream_that_ended_says_again_how)
{
    struct tap tap = ROUSE_FUTURE(tap, .end = ROUSE_ERR_LAGGED);
    for (int i = 0; i < 2; i++) {
        struct rouse_next next = rouse_next(&tap.future);
        struct mock_task t = mock_task(&next.future);
        EXPECT_READY(mock_poll(&t), ROUSE_ERR_LAGGED);
    }
    EXPECT_EQ(tap.polls, 1);
}

TEST(maker_of_next_is_a_function_too)
{
    int n = 3;
    struct rouse_repeat source = rouse_repeat(&n);
    struct rouse_next next = (rouse_next)(&source.future);
    struct mock_task t = mock_task(&next.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(*(const int *)next.out, 3);
    rouse_drop(&source.future);
}

TEST(nth_skips_what_comes_before_it)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_nth nth = rouse_nth(&tap.future, 2);
    struct mock_task t = mock_task(&nth.future);
    tap_pour(&tap, 1);
    tap_pour(&tap, 2);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&tap, 3);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(*(const int *)nth.out, 3);
    struct rouse_nth none = rouse_nth(&tap.future, 0);
    struct mock_task u = mock_task(&none.future);
    tap_end(&tap, ROUSE_ERR_CLOSED);
    EXPECT_CLOSED(&u);
}

TEST(borrowed_stream_outlives_what_was_made_of_it)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_by_ref ref = rouse_by_ref(&tap.future);
    struct rouse_take one = rouse_take(&ref.future, 1);
    struct mock_task t = mock_task(&one.future), u = mock_task(&tap.future);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&tap, 1);
    tap_pour(&tap, 2);
    EXPECT_TEXT(tap_all(&t), "1 ROUSE_ERR_CLOSED");
    EXPECT_EQ(tap_drops, 0);
    EXPECT_TEXT(tap_all(&u), "2 pending");
    struct rouse_by_ref again = rouse_by_ref(&tap.future);
    struct mock_task v = mock_task(&again.future);
    tap_end(&tap, ROUSE_ERR_CLOSED);
    EXPECT_CLOSED(&v);
}

/* ---- Budget ---------------------------------------------------------------------------------- */

static bool never(void *data, const void *item)
{
    (void)data, (void)item;
    return false;
}
static bool no_map(void *data, const void *item, void *out)
{
    (void)data, (void)item, (void)out;
    return false;
}
static void ignore(void *data, const void *item)
{
    (void)data, (void)item;
}

/* Polls with a budget of 10: a stream that is always ready must let others run. */
static void expect_yields(struct rouse_future *f)
{
    struct mock_task t = mock_task(f);
    struct rouse_context cx = mock_context(&t);
    cx.budget = 10;
    EXPECT_PENDING(rouse_poll(f, &cx));
    EXPECT_EQ(t.woken, 1);
    rouse_drop(f);
}

TEST(whatever_takes_many_items_in_one_poll_respects_the_budget)
{
    int n = 1, out, many[64];
#define EXPECT_YIELDS(type, ...)                       \
    do {                                               \
        struct rouse_repeat source = rouse_repeat(&n); \
        struct rouse_future *stream = &source.future;  \
        struct type taker = __VA_ARGS__;               \
        expect_yields(&taker.future);                  \
        rouse_drop(stream);                            \
    } while (0)
    EXPECT_YIELDS(rouse_nth, rouse_nth(stream, 100));
    EXPECT_YIELDS(rouse_filter, rouse_filter(stream, never, NULL));
    EXPECT_YIELDS(rouse_skip_while, rouse_skip_while(stream, is_even, (n = 2, NULL)));
    EXPECT_YIELDS(rouse_filter_map, rouse_filter_map(stream, no_map, NULL, &out));
    EXPECT_YIELDS(rouse_skip, rouse_skip(stream, 100));
    EXPECT_YIELDS(rouse_chunks, rouse_chunks(stream, ROUSE_ARRAY(many)));
    EXPECT_YIELDS(rouse_chunks_timeout, rouse_chunks_timeout(stream, 1, ROUSE_ARRAY(many)));
    EXPECT_YIELDS(rouse_debounce, rouse_debounce(stream, 1, &out, sizeof out));
    EXPECT_YIELDS(rouse_count, rouse_count(stream));
    EXPECT_YIELDS(rouse_collect, rouse_collect(stream, ROUSE_ARRAY(many)));
    EXPECT_YIELDS(rouse_for_each, rouse_for_each(stream, ignore, NULL));
}

static void empty_stream(void *data, const void *item, void *out)
{
    (void)data, (void)item;
    *(struct rouse_from_array *)out = rouse_stream_empty();
}
static void done_future(void *data, const void *item, void *out)
{
    (void)data, (void)item;
    *(struct rouse_ready *)out = rouse_ready(ROUSE_OK);
}

TEST(streams_of_streams_and_of_futures_respect_the_budget)
{
    int n = 1;
    struct rouse_from_array inner;
    struct rouse_repeat source = rouse_repeat(&n), other = rouse_repeat(&n);
    struct rouse_map map = rouse_map(&source.future, empty_stream, NULL, &inner);
    struct rouse_flatten flat = rouse_flatten(&map.future);
    expect_yields(&flat.future);
    struct rouse_ready slots[2] = {{.result = 0}};
    struct rouse_for_each_concurrent each =
        rouse_for_each_concurrent(&other.future, done_future, NULL, ROUSE_ARRAY(slots));
    expect_yields(&each.future);
}
