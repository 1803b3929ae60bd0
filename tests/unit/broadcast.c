/* broadcast, polled by hand. */
#include "test.h"

static struct rouse_broadcast b;
static struct rouse_broadcast_receiver rx, rx2;
static int slots[4], got, got2;
static uint64_t missed;

static void begin(size_t capacity)
{
    (rouse_broadcast_init)(&b, slots, sizeof slots[0], capacity);
    rouse_broadcast_receiver_init(&rx, &b);
    rouse_broadcast_receiver_init(&rx2, &b);
}

static void send(int first, int last)
{
    for (; first <= last; first++)
        EXPECT_EQ(rouse_broadcast_send(&b, &first), ROUSE_OK);
}

static int next(struct rouse_broadcast_receiver *receiver)
{
    int item = -1;
    EXPECT_EQ(rouse_broadcast_try_recv(receiver, &item, NULL), ROUSE_OK);
    return item;
}

static uint64_t lag(struct rouse_broadcast_receiver *receiver)
{
    EXPECT_EQ(rouse_broadcast_try_recv(receiver, &got, &missed), ROUSE_ERR_LAGGED);
    return missed;
}

static void expect_empty(struct rouse_broadcast_receiver *receiver)
{
    EXPECT_EQ(rouse_broadcast_try_recv(receiver, &got, &missed), ROUSE_ERR_EMPTY);
}

TEST(every_receiver_gets_every_item)
{
    begin(4);
    MOCK(rouse_broadcast_recv, a, rouse_broadcast_recv(&rx, &got));
    MOCK(rouse_broadcast_recv, c, rouse_broadcast_recv(&rx2, &got2));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(c));
    send(1, 2);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_EQ(c_task.woken, 1);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_READY(POLL(c), ROUSE_OK);
    EXPECT_EQ(got + got2, 2);
    EXPECT_EQ(next(&rx), 2);
    EXPECT_EQ(next(&rx2), 2);
    expect_empty(&rx);
}

TEST(receiver_sees_only_what_is_sent_after_it_came)
{
    begin(2);
    send(1, 1);
    rouse_broadcast_receiver_init(&rx2, &b);
    expect_empty(&rx2);
    send(2, 2);
    EXPECT_EQ(next(&rx2), 2);
    EXPECT_EQ(next(&rx), 1);
    EXPECT_EQ(next(&rx), 2);
}

TEST(receiver_within_the_capacity_misses_nothing)
{
    begin(4);
    send(1, 4);
    EXPECT_EQ(rouse_broadcast_len(&rx), 4);
    for (int i = 1; i <= 4; i++)
        EXPECT_EQ(next(&rx), i);
    expect_empty(&rx);
}

TEST(slow_receiver_learns_how_many_it_missed_and_goes_on_with_the_oldest)
{
    begin(2);
    send(1, 5);
    EXPECT_EQ(rouse_broadcast_len(&rx), 5);
    MOCK(rouse_broadcast_recv, a, rouse_broadcast_recv(&rx, &got));
    EXPECT_READY(POLL(a), ROUSE_ERR_LAGGED);
    EXPECT_EQ(a.out, 3);
    EXPECT_EQ(rouse_broadcast_len(&rx), 2);
    EXPECT_EQ(next(&rx), 4);
    EXPECT_EQ(next(&rx), 5);
    expect_empty(&rx);
    send(6, 8);
    EXPECT_EQ(lag(&rx), 1);
    EXPECT_EQ(next(&rx), 7);
}

TEST(lag_is_each_receivers_own)
{
    begin(2);
    send(1, 1);
    EXPECT_EQ(next(&rx), 1);
    send(2, 3);
    EXPECT_EQ(lag(&rx2), 1);
    EXPECT_EQ(next(&rx), 2);
    EXPECT_EQ(next(&rx2), 2);
}

TEST(lag_again_before_what_was_left_is_read)
{
    begin(2);
    send(1, 3);
    EXPECT_EQ(lag(&rx), 1);
    send(4, 5);
    EXPECT_EQ(lag(&rx), 2);
    EXPECT_EQ(next(&rx), 4);
}

TEST(single_slot_holds_the_latest)
{
    begin(1);
    send(1, 1);
    EXPECT_EQ(next(&rx), 1);
    send(2, 4);
    EXPECT_EQ(lag(&rx), 2);
    EXPECT_EQ(next(&rx), 4);
    EXPECT_EQ(rouse_broadcast_try_recv(&rx2, &got, NULL), ROUSE_ERR_LAGGED);
    EXPECT_EQ(next(&rx2), 4);
}

TEST(closed_broadcast_gives_what_it_has_and_then_closed)
{
    begin(2);
    send(1, 3);
    EXPECT(!rouse_broadcast_is_closed(&b));
    rouse_broadcast_close(&b);
    EXPECT(rouse_broadcast_is_closed(&b));
    EXPECT_EQ(rouse_broadcast_send(&b, &got), ROUSE_ERR_CLOSED);
    EXPECT_EQ(lag(&rx), 1);
    EXPECT_EQ(next(&rx), 2);
    EXPECT_EQ(next(&rx), 3);
    MOCK(rouse_broadcast_recv, a, rouse_broadcast_recv(&rx, &got));
    EXPECT_READY(POLL(a), ROUSE_ERR_CLOSED);
    rouse_broadcast_receiver_init(&rx2, &b);
    EXPECT_EQ(rouse_broadcast_try_recv(&rx2, &got, NULL), ROUSE_ERR_CLOSED);
}

TEST(close_wakes_every_receiver)
{
    begin(2);
    MOCK(rouse_broadcast_recv, a, rouse_broadcast_recv(&rx, &got));
    MOCK(rouse_broadcast_recv, c, rouse_broadcast_recv(&rx2, &got));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(c));
    rouse_broadcast_close(&b);
    EXPECT_EQ(a_task.woken + c_task.woken, 2);
    EXPECT_READY(POLL(a), ROUSE_ERR_CLOSED);
    EXPECT_READY(POLL(c), ROUSE_ERR_CLOSED);
}

TEST(waiting_receiver_dropped_leaves_and_loses_nothing)
{
    begin(2);
    MOCK(rouse_broadcast_recv, a, rouse_broadcast_recv(&rx, &got));
    EXPECT_PENDING(POLL(a));
    rouse_drop(&a.future);
    EXPECT_EQ(a_task.live, 0);
    MOCK(rouse_broadcast_recv, c, rouse_broadcast_recv(&rx, &got));
    EXPECT_PENDING(POLL(c));
    send(1, 1);
    EXPECT_EQ(a_task.woken, 0);
    rouse_drop(&c.future); /* woken, did not poll */
    EXPECT_EQ(next(&rx), 1);
}

TEST(receiver_polled_by_another_task_wakes_that_one)
{
    begin(2);
    struct rouse_broadcast_recv r = rouse_broadcast_recv(&rx, &got);
    struct mock_task first = mock_task(&r.future), second = mock_task(&r.future);
    EXPECT_PENDING(mock_poll(&first));
    EXPECT_PENDING(mock_poll(&second));
    send(1, 1);
    EXPECT_EQ(first.woken, 0);
    EXPECT_EQ(second.woken, 1);
    EXPECT_READY(mock_poll(&second), ROUSE_OK);
}

TEST(copied_receiver_goes_on_from_the_same_place)
{
    begin(4);
    send(1, 2);
    EXPECT_EQ(next(&rx), 1);
    rx2 = rx;
    EXPECT_EQ(next(&rx), 2);
    EXPECT_EQ(next(&rx2), 2);
}

/* ---- a waker whose end sends ------------------------------------------------------------------
 */

static void send_one(void *data)
{
    (void)data;
    send(9, 9);
}

static void nothing(void *data)
{
    (void)data;
}

static struct rouse_waker busy_clone(void *data);
static const struct rouse_waker_table busy = {busy_clone, nothing, nothing, send_one};
static struct rouse_waker busy_clone(void *data)
{
    return (struct rouse_waker){&busy, data};
}

TEST(waker_that_sends_when_it_is_dropped_is_tolerated)
{
    begin(4);
    struct rouse_context cx = {.waker = {&busy, NULL}};
    struct rouse_broadcast_recv a = rouse_broadcast_recv(&rx, &got);
    struct rouse_broadcast_recv c = rouse_broadcast_recv(&rx2, &got2);
    MOCK(rouse_broadcast_recv, d, rouse_broadcast_recv(&rx2, &got2));
    EXPECT_PENDING(rouse_poll(&a.future, &cx));
    EXPECT_PENDING(rouse_poll(&c.future, &cx));
    rouse_drop(&a.future);
    EXPECT_EQ(next(&rx), 9);
    rouse_drop(&c.future);
    EXPECT_READY(POLL(d), ROUSE_OK);
    rouse_broadcast_close(&b);
}
