/* Adapters that look at one item at a time, and those that say where a stream begins and ends. */
#include "tap.h"

static int numbers[] = {1, 2, 3, 4, 5, 6};

/* A stream over `numbers` in `source`, and the adapter made of it, run to its end. */
#define EXPECT_STREAM(expected, type, ...)                                       \
    do {                                                                         \
        struct rouse_from_array source = rouse_from_array(ROUSE_ARRAY(numbers)); \
        struct rouse_future *stream = &source.future;                            \
        struct type made = __VA_ARGS__;                                          \
        struct mock_task task = mock_task(&made.future);                         \
        EXPECT_TEXT(tap_all(&task), expected);                                   \
        EXPECT(rouse_is_done(&source.future));                                   \
    } while (0)

static bool below(void *limit, const void *item)
{
    return *(const int *)item < *(const int *)limit;
}
static bool even_square(void *data, const void *item, void *out)
{
    square(data, item, out);
    return is_even(NULL, item);
}
static bool sum_to_ten(void *sum, const void *item, void *out)
{
    add(sum, item);
    *(int *)out = *(int *)sum;
    return *(int *)sum <= 10;
}
static void say(void *data, const void *item)
{
    (void)data;
    test_say("see %d", *(const int *)item);
}

TEST(adapters_give_what_they_make_of_each_item)
{
    int out, sum = 0, three = 3;
    EXPECT_STREAM("1 4 9 16 25 36 ROUSE_ERR_CLOSED", rouse_map,
                  rouse_map(stream, square, NULL, &out));
    EXPECT_STREAM("2 4 6 ROUSE_ERR_CLOSED", rouse_filter, rouse_filter(stream, is_even, NULL));
    EXPECT_STREAM("4 16 36 ROUSE_ERR_CLOSED", rouse_filter_map,
                  rouse_filter_map(stream, even_square, NULL, &out));
    EXPECT_STREAM("1 3 6 10 ROUSE_ERR_CLOSED", rouse_scan,
                  rouse_scan(stream, sum_to_ten, &sum, &out));
    EXPECT_STREAM("1 2 ROUSE_ERR_CLOSED", rouse_take_while,
                  rouse_take_while(stream, below, &three));
    EXPECT_STREAM("3 4 5 6 ROUSE_ERR_CLOSED", rouse_skip_while,
                  rouse_skip_while(stream, below, &three));
    EXPECT_STREAM("1 2 ROUSE_ERR_CLOSED", rouse_take, rouse_take(stream, 2));
    EXPECT_STREAM("ROUSE_ERR_CLOSED", rouse_take, rouse_take(stream, 0));
    EXPECT_STREAM("1 2 3 4 5 6 ROUSE_ERR_CLOSED", rouse_take, rouse_take(stream, 7));
    EXPECT_STREAM("5 6 ROUSE_ERR_CLOSED", rouse_skip, rouse_skip(stream, 4));
    EXPECT_STREAM("ROUSE_ERR_CLOSED", rouse_skip, rouse_skip(stream, 7));
    EXPECT_STREAM("see 1 1 see 2 2 see 3 3 see 4 4 see 5 5 see 6 6 ROUSE_ERR_CLOSED", rouse_inspect,
                  rouse_inspect(stream, say, NULL));
}

TEST(enumerate_counts_from_zero)
{
    struct rouse_from_array source = rouse_from_array(ROUSE_ARRAY(numbers));
    struct rouse_enumerate pairs = rouse_enumerate(&source.future);
    struct mock_task t = mock_task(&pairs.future);
    for (size_t i = 0; i < 6; i++) {
        EXPECT_EQ(mock_poll(&t).status, ROUSE_ITEM_);
        const struct rouse_enumerated *pair = &ROUSE_ITEM_OF(struct rouse_enumerated, pairs);
        EXPECT_EQ(pair->index, i);
        EXPECT(pair->item == &numbers[i]); /* not copied */
    }
    EXPECT_CLOSED(&t);
}

TEST(skip_while_asks_no_more_once_it_has_begun)
{
    int limit = 2;
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_skip_while rest = rouse_skip_while(&tap.future, below, &limit);
    struct mock_task t = mock_task(&rest.future);
    tap_pour(&tap, 1);
    EXPECT_TEXT(tap_all(&t), "pending");
    tap_pour(&tap, 2);
    tap_pour(&tap, 1);
    tap_end(&tap, ROUSE_ERR_CLOSED);
    EXPECT_TEXT(tap_all(&t), "2 1 ROUSE_ERR_CLOSED");
}

TEST(take_ends_when_the_item_after_its_last_is_asked_for)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_take one = rouse_take(&tap.future, 1);
    struct mock_task t = mock_task(&one.future);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&tap, 1);
    tap_pour(&tap, 2);
    EXPECT_INT(&t, one, 1);
    EXPECT_EQ(tap_drops, 0); /* the item must stay readable */
    EXPECT_CLOSED(&t);
    EXPECT_EQ(tap_drops, 1);
}

TEST(failure_of_the_source_is_the_end_of_every_adapter)
{
    int out;
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_filter evens = rouse_filter(&tap.future, is_even, NULL);
    struct rouse_map map = rouse_map(&evens.future, square, NULL, &out);
    struct rouse_skip skip = rouse_skip(&map.future, 1);
    struct rouse_take take = rouse_take(&skip.future, 5);
    struct mock_task t = mock_task(&take.future);
    for (int i = 1; i < 5; i++)
        tap_pour(&tap, i);
    tap_end(&tap, ROUSE_ERR_LAGGED);
    EXPECT_TEXT(tap_all(&t), "16 ROUSE_ERR_LAGGED");
    EXPECT_EQ(tap_drops, 0);
}

TEST(pipeline_dropped_while_it_waits_is_dropped_whole)
{
    int out;
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_map map = rouse_map(&tap.future, square, NULL, &out);
    struct rouse_skip skip = rouse_skip(&map.future, 1);
    struct mock_task t = mock_task(&skip.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&skip.future);
    EXPECT_EQ(tap_drops, 1);
    EXPECT_EQ(t.live, 0);
    EXPECT(rouse_is_done(&map.future));
}

TEST(pipeline_dropped_between_two_items_is_dropped_whole)
{
    int out;
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_map map = rouse_map(&tap.future, square, NULL, &out);
    struct rouse_inspect seen = rouse_inspect(&map.future, say, NULL);
    struct mock_task t = mock_task(&seen.future);
    tap_pour(&tap, 3);
    EXPECT_INT(&t, seen, 9);
    rouse_drop(&seen.future);
    EXPECT_EQ(tap_drops, 1);
    EXPECT(rouse_is_done(&map.future));
}

/* ---- Until an event -------------------------------------------------------------------------- */

TEST(take_until_ends_when_its_event_comes)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct gate gate = ROUSE_FUTURE(gate);
    struct rouse_take_until until = rouse_take_until(&tap.future, &gate.future);
    struct mock_task t = mock_task(&until.future);
    tap_pour(&tap, 1);
    EXPECT_INT(&t, until, 1);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&gate, -1001);
    EXPECT_EQ(t.woken, 1);
    EXPECT_CLOSED(&t);
    EXPECT_EQ(tap_drops, 1);
    EXPECT_EQ(t.live, 0);
}

TEST(take_until_whose_source_ends_drops_its_event)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct gate gate = ROUSE_FUTURE(gate);
    struct rouse_take_until until = rouse_take_until(&tap.future, &gate.future);
    struct mock_task t = mock_task(&until.future);
    tap_end(&tap, ROUSE_ERR_LAGGED);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_LAGGED);
    EXPECT_EQ(gates_dropped(), 1);
    EXPECT_EQ(t.live, 0);
}

TEST(take_until_dropped_drops_both)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct gate gate = ROUSE_FUTURE(gate);
    struct rouse_take_until until = rouse_take_until(&tap.future, &gate.future);
    struct mock_task t = mock_task(&until.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&until.future);
    EXPECT_EQ(tap_drops + gates_dropped(), 2);
    EXPECT_EQ(t.live, 0);
}

/* ---- Peeking --------------------------------------------------------------------------------- */

static rouse_status poll_once(struct rouse_future *f)
{
    static struct mock_task task; /* its waker stays behind in the stream */
    task = mock_task(f);
    rouse_status status = mock_poll(&task).status;
    rouse_drop(f);
    return status;
}

TEST(peeked_item_stays_the_next_item)
{
    struct rouse_from_array source = rouse_from_array(ROUSE_ARRAY(numbers));
    struct rouse_peekable stream = rouse_peekable(&source.future);
    struct mock_task t = mock_task(&stream.future);
    for (int i = 0; i < 2; i++) {
        struct rouse_peek peek = rouse_peek(&stream);
        EXPECT_EQ(poll_once(&peek.future), ROUSE_OK);
        EXPECT_EQ(*(const int *)peek.out, 1);
    }
    EXPECT_TEXT(tap_all(&t), "1 2 3 4 5 6 ROUSE_ERR_CLOSED");
    struct rouse_peek end = rouse_peek(&stream);
    EXPECT_EQ(poll_once(&end.future), ROUSE_ERR_CLOSED);
}

TEST(peek_at_the_end_is_closed)
{
    struct rouse_from_array none = rouse_stream_empty();
    struct rouse_peekable stream = rouse_peekable(&none.future);
    for (int i = 0; i < 2; i++) {
        struct rouse_peek peek = rouse_peek(&stream);
        EXPECT_EQ(poll_once(&peek.future), ROUSE_ERR_CLOSED);
    }
}

TEST(next_if_takes_the_item_or_leaves_it)
{
    int three = 3;
    struct rouse_from_array source = rouse_from_array(ROUSE_ARRAY(numbers));
    struct rouse_peekable stream = rouse_peekable(&source.future);
    struct mock_task t = mock_task(&stream.future);
    for (int i = 1; i < 3; i++) {
        struct rouse_peek next = rouse_next_if(&stream, below, &three);
        EXPECT_EQ(poll_once(&next.future), ROUSE_OK);
        EXPECT_EQ(*(const int *)next.out, i);
    }
    struct rouse_peek none = rouse_next_if(&stream, below, &three);
    EXPECT_EQ(poll_once(&none.future), ROUSE_OK);
    EXPECT(none.out == NULL);
    EXPECT_TEXT(tap_all(&t), "3 4 5 6 ROUSE_ERR_CLOSED");
}

TEST(peek_dropped_while_it_waits_takes_nothing)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_peekable stream = rouse_peekable(&tap.future);
    struct rouse_peek peek = rouse_peek(&stream);
    struct mock_task t = mock_task(&stream.future);
    EXPECT_EQ(poll_once(&peek.future), ROUSE_PENDING_);
    tap_pour(&tap, 1);
    struct rouse_peek again = rouse_peek(&stream);
    EXPECT_EQ(poll_once(&again.future), ROUSE_OK);
    EXPECT_INT(&t, stream, 1);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&stream.future);
    EXPECT_EQ(tap_drops, 1);
}

TEST(peekable_only_ever_peeked_at_owns_its_source)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_peekable stream = rouse_peekable(&tap.future);
    struct rouse_peek peek = rouse_peek(&stream);
    tap_pour(&tap, 1);
    EXPECT_EQ(poll_once(&peek.future), ROUSE_OK);
    rouse_drop(&stream.future);
    EXPECT_EQ(tap_drops, 1);
}
