/* Adapters that look at the clock: throttle, debounce, timeout and chunks in time. */
#include "tap.h"

static struct rouse_runtime rt;
static struct rouse_fake_host host;

static struct mock_task timed(struct rouse_future *f)
{
    if (!rt.host) {
        rouse_fake_host_init(&host);
        EXPECT_EQ(rouse_runtime_init(&rt, &(struct rouse_options){.host = &host.host}), ROUSE_OK);
    }
    struct mock_task task = mock_task(f);
    task.runtime = &rt;
    return task;
}

/* Turns the clock; nothing may be left in the wheel by the end of a test. */
static void pass(uint64_t ns)
{
    rouse_fake_host_advance(&host, ns);
    rouse_turn(&rt);
}

static void expect_no_timer(struct mock_task *task)
{
    unsigned woken = task->woken;
    pass(100 * ROUSE_S);
    EXPECT_EQ(task->woken, woken);
    EXPECT_EQ(task->live, 0);
    rouse_runtime_drop(&rt);
}

/* ---- Throttle -------------------------------------------------------------------------------- */

TEST(throttle_asks_for_the_next_item_only_after_its_time)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_throttle slow = rouse_throttle(&tap.future, 100);
    struct mock_task t = timed(&slow.future);
    for (int i = 1; i <= 3; i++)
        tap_pour(&tap, i);
    EXPECT_TEXT(tap_all(&t), "1 pending");
    pass(99);
    EXPECT_EQ(t.woken, 0);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(tap.taken, 1);
    pass(1);
    EXPECT_EQ(t.woken, 1);
    EXPECT_INT(&t, slow, 2);
    pass(500); /* counted from the item, not from when the next is asked for */
    EXPECT_INT(&t, slow, 3);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&slow.future);
    EXPECT_EQ(tap_drops, 1);
    expect_no_timer(&t);
}

TEST(throttle_in_a_task_goes_on_after_its_time)
{
    struct rouse_range range = rouse_range(0, 3);
    struct rouse_throttle slow = rouse_throttle(&range.future, 100);
    struct rouse_count all = rouse_count(&slow.future);
    timed(&all.future);
    EXPECT_EQ(rouse_block_on(&rt, &all.future), ROUSE_OK);
    EXPECT_EQ(all.out, 3);
    EXPECT_EQ(rouse_now(&rt), 300);
}

TEST(throttle_ends_only_after_its_time)
{
    struct tap tap = ROUSE_FUTURE(tap, .end = ROUSE_ERR_CLOSED);
    struct rouse_throttle slow = rouse_throttle(&tap.future, 100);
    struct mock_task t = timed(&slow.future);
    tap_pour(&tap, 1);
    EXPECT_TEXT(tap_all(&t), "1 pending");
    pass(100);
    EXPECT_CLOSED(&t);
    expect_no_timer(&t);
}

TEST(throttle_for_ever_does_not_overflow)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_throttle slow = rouse_throttle(&tap.future, UINT64_MAX);
    struct mock_task t = timed(&slow.future);
    pass(ROUSE_S);
    tap_pour(&tap, 1);
    EXPECT_TEXT(tap_all(&t), "1 pending");
    pass(100 * ROUSE_S);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&slow.future);
    expect_no_timer(&t);
}

TEST(throttle_needs_a_clock_unless_it_waits_for_nothing)
{
    int n = 1;
    struct rouse_repeat one = rouse_repeat(&n), two = rouse_repeat(&n);
    struct rouse_throttle zero = rouse_throttle(&one.future, 0);
    struct rouse_throttle some = rouse_throttle(&two.future, 1);
    struct mock_task t = mock_task(&zero.future), u = mock_task(&some.future);
    EXPECT_INT(&t, zero, 1);
    EXPECT_INT(&t, zero, 1);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_NOT_SUPPORTED);
    rouse_drop(&zero.future);
}

/* ---- Debounce -------------------------------------------------------------------------------- */

TEST(debounce_gives_the_last_item_once_it_was_quiet)
{
    int storage;
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_debounce calm = rouse_debounce(&tap.future, 100, &storage, sizeof storage);
    struct mock_task t = timed(&calm.future);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&tap, 1);
    EXPECT_PENDING(mock_poll(&t));
    pass(60);
    tap_pour(&tap, 2);
    tap_pour(&tap, 3);
    EXPECT_PENDING(mock_poll(&t));
    pass(60); /* 120 after the first */
    EXPECT_PENDING(mock_poll(&t));
    pass(40);
    EXPECT_INT(&t, calm, 3);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&calm.future);
    EXPECT_EQ(tap_drops, 1);
    expect_no_timer(&t);
}

TEST(debounce_gives_what_it_holds_before_it_says_how_the_source_ended)
{
    int storage;
    struct tap tap = ROUSE_FUTURE(tap, .end = ROUSE_ERR_LAGGED);
    struct rouse_debounce calm = rouse_debounce(&tap.future, 100, &storage, sizeof storage);
    struct mock_task t = timed(&calm.future);
    tap_pour(&tap, 1);
    EXPECT_TEXT(tap_all(&t), "1 ROUSE_ERR_LAGGED");
    expect_no_timer(&t);
}

TEST(next_of_a_debounce_dropped_in_the_quiet_loses_nothing)
{
    int storage;
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_debounce calm = rouse_debounce(&tap.future, 100, &storage, sizeof storage);
    struct rouse_next first = rouse_next(&calm.future), second = rouse_next(&calm.future);
    struct mock_task t = timed(&first.future), u = timed(&second.future);
    tap_pour(&tap, 1);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&first.future);
    pass(100);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_EQ(*(const int *)second.out, 1);
    rouse_drop(&calm.future);
    expect_no_timer(&u);
}

TEST(debounce_without_a_clock_is_not_supported)
{
    int storage;
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_debounce calm = rouse_debounce(&tap.future, 100, &storage, sizeof storage);
    struct mock_task t = mock_task(&calm.future);
    tap_pour(&tap, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT_EQ(tap_drops, 1);
    EXPECT_EQ(t.live, 0);
}

/* ---- Timeout --------------------------------------------------------------------------------- */

TEST(stream_timeout_counts_from_when_an_item_is_asked_for)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_stream_timeout limit = rouse_stream_timeout(&tap.future, 100);
    struct mock_task t = timed(&limit.future);
    for (int i = 1; i <= 3; i++) {
        EXPECT_PENDING(mock_poll(&t));
        EXPECT_PENDING(mock_poll(&t));
        pass(90);
        tap_pour(&tap, i);
        EXPECT_INT(&t, limit, i);
        pass(500); /* the reader takes its time */
    }
    EXPECT_PENDING(mock_poll(&t));
    pass(100);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_TIMEOUT);
    EXPECT_EQ(tap_drops, 1);
    expect_no_timer(&t);
}

TEST(item_that_comes_with_the_timeout_counts)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_stream_timeout limit = rouse_stream_timeout(&tap.future, 100);
    struct mock_task t = timed(&limit.future);
    EXPECT_PENDING(mock_poll(&t));
    pass(100);
    tap_pour(&tap, 1);
    EXPECT_INT(&t, limit, 1);
    tap_end(&tap, ROUSE_ERR_CLOSED);
    EXPECT_CLOSED(&t);
    expect_no_timer(&t);
}

TEST(stream_goes_on_after_a_timeout_around_next)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_next next = rouse_next(&tap.future);
    struct rouse_timeout limit = rouse_timeout(&next.future, 100);
    struct mock_task t = timed(&limit.future);
    EXPECT_PENDING(mock_poll(&t));
    pass(100);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_TIMEOUT);
    tap_pour(&tap, 1);
    next = rouse_next(&tap.future);
    limit = rouse_timeout(&next.future, 100);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(*(const int *)next.out, 1);
    rouse_drop(&tap.future);
    expect_no_timer(&t);
}

TEST(stream_timeout_dropped_drops_source_and_timer)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_stream_timeout limit = rouse_stream_timeout(&tap.future, UINT64_MAX);
    struct mock_task t = timed(&limit.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&limit.future);
    EXPECT_EQ(tap_drops, 1);
    expect_no_timer(&t);
}

TEST(stream_timeout_without_a_clock_is_not_supported)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_stream_timeout limit = rouse_stream_timeout(&tap.future, 100);
    struct mock_task t = mock_task(&limit.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT_EQ(tap_drops, 1);
}

/* ---- Chunks in time -------------------------------------------------------------------------- */

static const char *chunk(struct mock_task *task)
{
    struct rouse_polled polled = mock_poll(task);
    if (polled.status != ROUSE_ITEM_)
        return rouse_is_pending(polled) ? "pending" : rouse_status_name(polled.status);
    const struct rouse_chunk *given = task->future->item;
    for (size_t i = 0; i < given->count; i++)
        test_say("%d", ((const int *)given->items)[i]);
    return test_said();
}

TEST(chunk_that_is_not_full_in_time_is_given_as_it_is)
{
    int room[3];
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_chunks_timeout chunks = rouse_chunks_timeout(&tap.future, 100, ROUSE_ARRAY(room));
    struct mock_task t = timed(&chunks.future);
    EXPECT_TEXT(chunk(&t), "pending");
    pass(500); /* time runs from the first item on */
    tap_pour(&tap, 1);
    EXPECT_TEXT(chunk(&t), "pending");
    pass(60);
    tap_pour(&tap, 2);
    EXPECT_TEXT(chunk(&t), "pending");
    pass(40);
    EXPECT_TEXT(chunk(&t), "1 2");
    for (int i = 3; i <= 6; i++)
        tap_pour(&tap, i);
    EXPECT_TEXT(chunk(&t), "3 4 5"); /* full: at once */
    EXPECT_TEXT(chunk(&t), "pending");
    tap_end(&tap, ROUSE_ERR_LAGGED);
    EXPECT_TEXT(chunk(&t), "6");
    EXPECT_TEXT(chunk(&t), "ROUSE_ERR_LAGGED");
    expect_no_timer(&t);
}

TEST(next_of_a_chunk_dropped_half_full_loses_nothing)
{
    int room[2];
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_chunks_timeout chunks = rouse_chunks_timeout(&tap.future, 100, ROUSE_ARRAY(room));
    struct rouse_next next = rouse_next(&chunks.future);
    struct mock_task t = timed(&next.future), u = timed(&chunks.future);
    tap_pour(&tap, 1);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&next.future);
    tap_pour(&tap, 2);
    EXPECT_TEXT(chunk(&u), "1 2");
    tap_pour(&tap, 3);
    EXPECT_TEXT(chunk(&u), "pending");
    rouse_drop(&chunks.future);
    EXPECT_EQ(tap_drops, 1);
    expect_no_timer(&u);
}

TEST(chunks_in_time_need_room_and_a_clock)
{
    int room[2];
    struct tap a = ROUSE_FUTURE(tap), b = ROUSE_FUTURE(tap);
    struct rouse_chunks_timeout none = rouse_chunks_timeout(&a.future, 100, room, sizeof *room, 0);
    struct rouse_chunks_timeout clockless = rouse_chunks_timeout(&b.future, 1, ROUSE_ARRAY(room));
    struct mock_task t = mock_task(&none.future), u = mock_task(&clockless.future);
    EXPECT_TEXT(chunk(&t), "ROUSE_ERR_INVALID");
    tap_pour(&b, 1);
    EXPECT_TEXT(chunk(&u), "ROUSE_ERR_NOT_SUPPORTED");
    EXPECT_EQ(tap_drops, 1);
}
