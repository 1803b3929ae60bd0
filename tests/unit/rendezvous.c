/* channel of capacity 0, polled by hand. */
#include "test.h"

static struct rouse_channel ch;
static int got, got2;

static void begin(void)
{
    rouse_channel_init(&ch, NULL, sizeof got, 0);
}

#define ITEM(n) (&(const int){n})

TEST(send_is_done_when_a_receiver_has_taken_the_item)
{
    begin();
    MOCK(rouse_send, s, rouse_send(&ch, ITEM(7)));
    EXPECT_PENDING(POLL(s));
    EXPECT_PENDING(POLL(s));
    EXPECT_EQ(rouse_channel_len(&ch), 1);
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    EXPECT_READY(POLL(r), ROUSE_OK);
    EXPECT_EQ(got, 7);
    EXPECT_EQ(s_task.woken, 1);
    EXPECT_READY(POLL(s), ROUSE_OK);
}

TEST(receiver_that_came_first_is_woken_by_the_sender)
{
    begin();
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    MOCK(rouse_send, s, rouse_send(&ch, ITEM(7)));
    EXPECT_PENDING(POLL(r));
    EXPECT_PENDING(POLL(s));
    EXPECT_EQ(r_task.woken, 1);
    EXPECT_EQ(rouse_try_recv(&ch, &got2), ROUSE_ERR_EMPTY); /* it is promised to r */
    EXPECT_READY(POLL(r), ROUSE_OK);
    EXPECT_READY(POLL(s), ROUSE_OK);
}

TEST(sender_that_leaves_takes_its_item_along_and_the_receiver_keeps_its_place)
{
    begin();
    MOCK(rouse_recv, a, rouse_recv(&ch, &got));
    MOCK(rouse_recv, b, rouse_recv(&ch, &got2));
    MOCK(rouse_send, s, rouse_send(&ch, ITEM(1)));
    MOCK(rouse_send, t, rouse_send(&ch, ITEM(2)));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(s));
    EXPECT_EQ(a_task.woken, 1);
    rouse_drop(&s.future);
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(t));
    EXPECT_EQ(a_task.woken, 2);
    EXPECT_EQ(b_task.woken, 0);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(got, 2);
    EXPECT_READY(POLL(t), ROUSE_OK);
    rouse_drop(&b.future);
}

TEST(of_two_receivers_woken_the_first_gets_the_only_item_left)
{
    int items[3];
    begin();
    MOCK(rouse_recv_many, a, rouse_recv_many(&ch, items, 3));
    MOCK(rouse_recv, b, rouse_recv(&ch, &got));
    MOCK(rouse_send, s, rouse_send(&ch, ITEM(1)));
    MOCK(rouse_send, t, rouse_send(&ch, ITEM(2)));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(s));
    EXPECT_PENDING(POLL(t));
    EXPECT_EQ(a_task.woken + b_task.woken, 2);
    rouse_drop(&s.future);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(a.out, 1);
    EXPECT_EQ(items[0], 2);
    EXPECT_PENDING(POLL(b));
    EXPECT_READY(POLL(t), ROUSE_OK);
    rouse_drop(&b.future);
}

TEST(receiver_that_leaves_lets_the_next_have_the_item)
{
    begin();
    MOCK(rouse_recv, a, rouse_recv(&ch, &got));
    MOCK(rouse_recv, b, rouse_recv(&ch, &got));
    MOCK(rouse_send, s, rouse_send(&ch, ITEM(1)));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(s));
    rouse_drop(&a.future);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_READY(POLL(b), ROUSE_OK);
    rouse_drop(&s.future); /* its item was taken: nothing to undo */
    EXPECT_EQ(rouse_channel_len(&ch), 0);
}

TEST(recv_many_takes_from_all_senders_in_line)
{
    int items[3] = {0};
    begin();
    MOCK(rouse_send, s, rouse_send(&ch, ITEM(1)));
    MOCK(rouse_send, t, rouse_send(&ch, ITEM(2)));
    EXPECT_PENDING(POLL(s));
    EXPECT_PENDING(POLL(t));
    MOCK(rouse_recv_many, many, rouse_recv_many(&ch, items, 3));
    EXPECT_READY(POLL(many), ROUSE_OK);
    EXPECT_EQ(many.out, 2);
    EXPECT_EQ(items[1], 2);
    EXPECT_READY(POLL(s), ROUSE_OK);
    EXPECT_READY(POLL(t), ROUSE_OK);
}

TEST(close_refuses_the_senders_in_line_and_ends_the_receivers)
{
    begin();
    MOCK(rouse_send, s, rouse_send(&ch, ITEM(1)));
    EXPECT_PENDING(POLL(s));
    rouse_channel_close(&ch);
    EXPECT_EQ(s_task.woken, 1);
    EXPECT_READY(POLL(s), ROUSE_ERR_CLOSED);
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    EXPECT_READY(POLL(r), ROUSE_ERR_CLOSED);
}

TEST(close_between_the_two_leaves_the_item_with_its_sender)
{
    begin();
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    MOCK(rouse_send, s, rouse_send(&ch, ITEM(1)));
    EXPECT_PENDING(POLL(r));
    EXPECT_PENDING(POLL(s));
    rouse_channel_drop(&ch);
    EXPECT_READY(POLL(r), ROUSE_ERR_CLOSED);
    EXPECT_READY(POLL(s), ROUSE_ERR_CLOSED);
}

TEST(what_cannot_wait_cannot_meet_except_a_sender_in_line)
{
    begin();
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_ERR_FULL);
    EXPECT_EQ(rouse_try_reserve(&ch, 1), ROUSE_ERR_INVALID);
    MOCK(rouse_reserve, p, rouse_reserve(&ch));
    EXPECT_READY(POLL(p), ROUSE_ERR_INVALID);
    MOCK(rouse_reserve, none, rouse_reserve_many(&ch, 0));
    EXPECT_READY(POLL(none), ROUSE_ERR_INVALID);
    MOCK(rouse_send, s, rouse_send(&ch, ITEM(1)));
    EXPECT_PENDING(POLL(s));
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_READY(POLL(s), ROUSE_OK);
}
