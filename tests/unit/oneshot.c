/* oneshot, polled by hand. */
#include "test.h"

static struct rouse_oneshot o;
static int slot, got;

static void begin(void)
{
    rouse_oneshot_init(&o, &slot, sizeof slot);
}

#define ITEM(n) (&(const int){n})

TEST(receiver_waits_and_send_wakes_it)
{
    begin();
    MOCK(rouse_oneshot_recv, r, rouse_oneshot_recv(&o, &got));
    EXPECT_PENDING(POLL(r));
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(1)), ROUSE_OK);
    EXPECT_EQ(r_task.woken, 1);
    EXPECT_READY(POLL(r), ROUSE_OK);
    EXPECT_EQ(got, 1);
}

TEST(item_sent_first_is_there_at_once)
{
    begin();
    EXPECT_EQ(rouse_oneshot_try_recv(&o, &got), ROUSE_ERR_EMPTY);
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(1)), ROUSE_OK);
    MOCK(rouse_oneshot_recv, r, (rouse_oneshot_recv)(&o, &got));
    EXPECT_READY(POLL(r), ROUSE_OK);
    EXPECT_EQ(got, 1);
}

TEST(second_send_is_refused_before_and_after_the_first_is_received)
{
    begin();
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(1)), ROUSE_OK);
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(2)), ROUSE_ERR_FULL);
    EXPECT_EQ(rouse_oneshot_try_recv(&o, &got), ROUSE_OK);
    EXPECT_EQ(got, 1);
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(3)), ROUSE_ERR_CLOSED);
}

TEST(second_receive_is_closed)
{
    begin();
    MOCK(rouse_oneshot_recv, a, rouse_oneshot_recv(&o, &got));
    MOCK(rouse_oneshot_recv, b, rouse_oneshot_recv(&o, &got));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(1)), ROUSE_OK);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_READY(POLL(b), ROUSE_ERR_CLOSED);
    EXPECT_EQ(rouse_oneshot_try_recv(&o, &got), ROUSE_ERR_CLOSED);
}

TEST(close_without_a_send_ends_the_receiver)
{
    begin();
    MOCK(rouse_oneshot_recv, r, rouse_oneshot_recv(&o, &got));
    EXPECT_PENDING(POLL(r));
    rouse_oneshot_close(&o);
    EXPECT(rouse_oneshot_is_closed(&o));
    EXPECT_EQ(r_task.woken, 1);
    EXPECT_READY(POLL(r), ROUSE_ERR_CLOSED);
    EXPECT_EQ(rouse_oneshot_try_recv(&o, &got), ROUSE_ERR_CLOSED);
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(1)), ROUSE_ERR_CLOSED);
}

TEST(item_sent_before_the_close_is_still_received)
{
    begin();
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(1)), ROUSE_OK);
    rouse_oneshot_close(&o);
    MOCK(rouse_oneshot_recv, r, rouse_oneshot_recv(&o, &got));
    EXPECT_READY(POLL(r), ROUSE_OK);
    EXPECT_EQ(rouse_oneshot_try_recv(&o, &got), ROUSE_ERR_CLOSED);
}

TEST(sender_hears_of_the_close)
{
    begin();
    MOCK(rouse_oneshot_closed, c, rouse_oneshot_closed(&o));
    MOCK(rouse_oneshot_closed, gone, rouse_oneshot_closed(&o));
    EXPECT(!rouse_oneshot_is_closed(&o));
    EXPECT_PENDING(POLL(c));
    EXPECT_PENDING(POLL(gone));
    rouse_drop(&gone.future);
    rouse_oneshot_close(&o);
    EXPECT_EQ(c_task.woken, 1);
    EXPECT_EQ(gone_task.live, 0);
    EXPECT_READY(POLL(c), ROUSE_OK);
    MOCK(rouse_oneshot_closed, late, rouse_oneshot_closed(&o));
    EXPECT_READY(POLL(late), ROUSE_OK);
}

TEST(dropped_receiver_loses_no_item)
{
    begin();
    MOCK(rouse_oneshot_recv, a, rouse_oneshot_recv(&o, &got));
    EXPECT_PENDING(POLL(a));
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(1)), ROUSE_OK);
    rouse_drop(&a.future); /* woken, did not poll */
    EXPECT_EQ(a_task.live, 0);
    MOCK(rouse_oneshot_recv, b, rouse_oneshot_recv(&o, &got));
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_EQ(got, 1);
}

TEST(receiver_polled_by_another_task_wakes_that_one)
{
    begin();
    struct rouse_oneshot_recv r = rouse_oneshot_recv(&o, &got);
    struct mock_task first = mock_task(&r.future), second = mock_task(&r.future);
    EXPECT_PENDING(mock_poll(&first));
    EXPECT_PENDING(mock_poll(&second));
    EXPECT_EQ(first.live, 0);
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(1)), ROUSE_OK);
    EXPECT_EQ(first.woken, 0);
    EXPECT_EQ(second.woken, 1);
    EXPECT_READY(mock_poll(&second), ROUSE_OK);
}

TEST(sender_polled_by_another_task_wakes_that_one)
{
    begin();
    struct rouse_oneshot_closed c = rouse_oneshot_closed(&o);
    struct mock_task first = mock_task(&c.future), second = mock_task(&c.future);
    EXPECT_PENDING(mock_poll(&first));
    EXPECT_PENDING(mock_poll(&second));
    rouse_oneshot_close(&o);
    EXPECT_EQ(first.woken, 0);
    EXPECT_EQ(second.woken, 1);
    EXPECT_READY(mock_poll(&second), ROUSE_OK);
}

/* ---- a waker that polls another waiter at once ------------------------------------------------
 */

static struct rouse_oneshot_recv receivers[2];
static rouse_status second;

static void poll_second(void *data)
{
    struct rouse_context cx = {.waker = rouse_waker_noop()};
    (void)data;
    if (!rouse_is_done(&receivers[1].future))
        second = rouse_poll(&receivers[1].future, &cx).status;
}

static void nothing(void *data)
{
    (void)data;
}

static struct rouse_waker eager_clone(void *data);
static const struct rouse_waker_table eager = {eager_clone, poll_second, poll_second, nothing};
static struct rouse_waker eager_clone(void *data)
{
    return (struct rouse_waker){&eager, data};
}

TEST(wake_that_polls_another_waiter_at_once_is_tolerated)
{
    begin();
    struct rouse_context cx = {.waker = {&eager, NULL}};
    for (int i = 0; i < 2; i++) {
        receivers[i] = rouse_oneshot_recv(&o, &got);
        EXPECT_PENDING(rouse_poll(&receivers[i].future, &cx));
    }
    EXPECT_EQ(rouse_oneshot_send(&o, ITEM(1)), ROUSE_OK);
    EXPECT_EQ(second, ROUSE_OK); /* and it is in no list any more */
    EXPECT_READY(rouse_poll(&receivers[0].future, &cx), ROUSE_ERR_CLOSED);
}
