/* channel, polled by hand. */
#include "test.h"

static struct rouse_channel ch;
static int slots[4], got, got2;

static void begin(size_t capacity)
{
    rouse_channel_init(&ch, slots, sizeof slots[0], capacity);
}

#define ITEM(n) (&(const int){n})

TEST(recv_pending_then_send_wakes)
{
    begin(1);
    MOCK(rouse_recv, recv, (rouse_recv)(&ch, &got));
    EXPECT_PENDING(POLL(recv));
    EXPECT_EQ(recv_task.woken, 0);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(7)), ROUSE_OK);
    EXPECT_EQ(recv_task.woken, 1);
    EXPECT_READY(POLL(recv), ROUSE_OK);
    EXPECT_EQ(got, 7);
}

TEST(items_come_out_in_the_order_they_went_in_however_often_the_ring_wraps)
{
    begin(3);
    int next = 0;
    for (int i = 0; i < 10; i++) {
        while (rouse_try_send(&ch, ITEM(next)) == ROUSE_OK)
            next++;
        EXPECT_EQ(rouse_channel_len(&ch), 3);
        EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
        EXPECT_EQ(got, i);
    }
    EXPECT_EQ(rouse_channel_len(&ch), 2);
    EXPECT_EQ(rouse_channel_room(&ch), 1);
    EXPECT_EQ(rouse_channel_capacity(&ch), 3);
}

TEST(full_channel_lets_senders_wait_in_line)
{
    begin(1);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    MOCK(rouse_send, a, rouse_send(&ch, ITEM(2)));
    MOCK(rouse_send, b, (rouse_send)(&ch, ITEM(3)));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_EQ(b_task.woken, 0);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(9)), ROUSE_ERR_FULL); /* the room is a's */
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_EQ(got, 2);
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_EQ(got, 3);
}

TEST(sender_with_room_dropped_before_it_polls_passes_it_on_and_sends_nothing)
{
    begin(1);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    MOCK(rouse_send, a, rouse_send(&ch, ITEM(2)));
    MOCK(rouse_send, b, rouse_send(&ch, ITEM(3)));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    rouse_drop(&a.future);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_EQ(got, 3);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_ERR_EMPTY);
}

TEST(waiting_sender_dropped_leaves_the_line)
{
    begin(1);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    MOCK(rouse_send, a, rouse_send(&ch, ITEM(2)));
    MOCK(rouse_reserve, b, rouse_reserve(&ch));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_drop(&a.future);
    EXPECT_EQ(a_task.live, 0);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_EQ(a_task.woken, 0);
    EXPECT_EQ(b_task.woken, 1);
    rouse_drop(&b.future);
    EXPECT_EQ(rouse_channel_room(&ch), 1);
}

TEST(receivers_share_the_items_in_the_order_they_came)
{
    begin(4);
    MOCK(rouse_recv, a, rouse_recv(&ch, &got));
    MOCK(rouse_recv, b, rouse_recv(&ch, &got2));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_EQ(b_task.woken, 0);
    int late;
    EXPECT_EQ(rouse_try_recv(&ch, &late), ROUSE_ERR_EMPTY); /* it was promised to a */
    EXPECT_EQ(rouse_try_send(&ch, ITEM(2)), ROUSE_OK);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_EQ(got, 1);
    EXPECT_EQ(got2, 2);
}

TEST(receiver_woken_for_an_item_and_dropped_leaves_it_to_the_next)
{
    begin(4);
    MOCK(rouse_recv, a, rouse_recv(&ch, &got));
    MOCK(rouse_recv, b, rouse_recv(&ch, &got));
    MOCK(rouse_recv, c, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(c));
    rouse_drop(&b.future); /* only waits */
    EXPECT_EQ(rouse_try_send(&ch, ITEM(5)), ROUSE_OK);
    EXPECT_EQ(a_task.woken, 1);
    rouse_drop(&a.future);
    EXPECT_EQ(c_task.woken, 1);
    rouse_drop(&c.future);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK); /* nobody behind it: it is still there */
    EXPECT_EQ(got, 5);
}

TEST(len_counts_items_and_is_closed_asks_for_the_close_only)
{
    begin(2);
    EXPECT_EQ(rouse_channel_len(&ch), 0);
    EXPECT_EQ(rouse_channel_room(&ch), 2);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(2)), ROUSE_OK);
    EXPECT_EQ(rouse_channel_len(&ch), 2);
    EXPECT(!rouse_channel_is_closed(&ch)); /* full is not closed */
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_EQ(rouse_channel_len(&ch), 1);
    EXPECT_EQ(rouse_try_reserve(&ch, 1), ROUSE_OK);
    EXPECT_EQ(rouse_channel_len(&ch), 1); /* a permit is no item */
    EXPECT_EQ(rouse_channel_room(&ch), 0);
    rouse_permit_release(&ch, 1);
    rouse_channel_close(&ch);
    EXPECT(rouse_channel_is_closed(&ch));
    EXPECT_EQ(rouse_channel_len(&ch), 1);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_EQ(rouse_channel_len(&ch), 0);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_ERR_CLOSED);
}

TEST(closed_channel_gives_what_it_has_and_then_closed)
{
    begin(4);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    rouse_channel_close(&ch);
    rouse_channel_close(&ch);
    EXPECT(rouse_channel_is_closed(&ch));
    EXPECT_EQ(rouse_channel_len(&ch), 1);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(2)), ROUSE_ERR_CLOSED);
    MOCK(rouse_send, late, rouse_send(&ch, ITEM(2)));
    EXPECT_READY(POLL(late), ROUSE_ERR_CLOSED);
    MOCK(rouse_recv, a, rouse_recv(&ch, &got));
    MOCK(rouse_recv, b, rouse_recv(&ch, &got));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_READY(POLL(b), ROUSE_ERR_CLOSED);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_ERR_CLOSED);
}

TEST(close_wakes_every_receiver)
{
    begin(4);
    MOCK(rouse_recv, a, rouse_recv(&ch, &got));
    MOCK(rouse_recv, b, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_channel_close(&ch);
    EXPECT_EQ(a_task.woken + b_task.woken, 2);
    EXPECT_READY(POLL(a), ROUSE_ERR_CLOSED);
    rouse_drop(&b.future);
}

TEST(close_wakes_every_sender)
{
    begin(1);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    MOCK(rouse_send, a, rouse_send(&ch, ITEM(2)));
    MOCK(rouse_reserve, b, rouse_reserve(&ch));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_channel_close(&ch);
    EXPECT_EQ(a_task.woken + b_task.woken, 2);
    EXPECT_READY(POLL(a), ROUSE_ERR_CLOSED);
    EXPECT_READY(POLL(b), ROUSE_ERR_CLOSED);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_ERR_CLOSED);
}

TEST(sender_that_had_room_before_the_close_may_still_send)
{
    begin(1);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    MOCK(rouse_send, a, rouse_send(&ch, ITEM(2)));
    EXPECT_PENDING(POLL(a));
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    rouse_channel_close(&ch);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_ERR_EMPTY); /* a may send, or leave */
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    MOCK(rouse_recv, s, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(r));
    EXPECT_PENDING(POLL(s));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(r_task.woken, 1);
    EXPECT_READY(POLL(r), ROUSE_OK);
    EXPECT_EQ(got, 2);
    EXPECT_EQ(s_task.woken, 1);
    EXPECT_READY(POLL(s), ROUSE_ERR_CLOSED);
}

TEST(sender_with_room_that_leaves_a_closed_channel_ends_it)
{
    begin(1);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    MOCK(rouse_send, a, rouse_send(&ch, ITEM(2)));
    EXPECT_PENDING(POLL(a));
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    rouse_channel_close(&ch);
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(r));
    rouse_drop(&a.future);
    EXPECT_EQ(r_task.woken, 1);
    EXPECT_READY(POLL(r), ROUSE_ERR_CLOSED);
}

TEST(dropped_channel_forgets_its_items_and_tells_everybody)
{
    begin(1);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    MOCK(rouse_send, a, rouse_send(&ch, ITEM(2)));
    EXPECT_PENDING(POLL(a));
    rouse_channel_drop(&ch);
    rouse_channel_drop(&ch);
    EXPECT_READY(POLL(a), ROUSE_ERR_CLOSED);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_ERR_CLOSED);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_ERR_CLOSED);
}

TEST(zero_is_empty_and_may_be_dropped)
{
    static struct rouse_channel zero;
    rouse_channel_drop(&zero);
    rouse_channel_drop(&zero);
}

TEST(channel_dropped_under_a_receiver_that_was_woken_closes_it)
{
    begin(2);
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(r));
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    rouse_channel_drop(&ch);
    EXPECT_READY(POLL(r), ROUSE_ERR_CLOSED);
}

TEST(items_of_any_size_arrive_whole)
{
    static char storage[2][100];
    for (size_t size = 0; size <= 40; size++) {
        char in[40], out[40];
        for (size_t i = 0; i < sizeof in; i++)
            in[i] = (char)(size + i), out[i] = 0;
        rouse_channel_init(&ch, storage, size, 2);
        EXPECT_EQ(rouse_try_send(&ch, out), ROUSE_OK);
        EXPECT_EQ(rouse_try_send(&ch, in), ROUSE_OK);
        EXPECT_EQ(rouse_try_recv(&ch, out), ROUSE_OK);
        EXPECT_EQ(rouse_try_recv(&ch, out), ROUSE_OK);
        EXPECT(memcmp(in, out, size) == 0);
        EXPECT(size == 40 || out[size] == 0);
    }
}

struct point {
    int x, y;
};

TEST(item_may_be_a_literal_with_commas)
{
    struct point storage[2], out;
    rouse_channel_init(&ch, storage, sizeof out, 2);
    MOCK(rouse_send, a, rouse_send(&ch, &(struct point){1, 2}));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(rouse_try_reserve(&ch, 1), ROUSE_OK);
    rouse_permit_send(&ch, &(struct point){3, 4});
    EXPECT_EQ(rouse_try_recv(&ch, &out), ROUSE_OK);
    EXPECT_EQ(out.y, 2);
    EXPECT_EQ(rouse_try_recv(&ch, &out), ROUSE_OK);
    EXPECT_EQ(out.y, 4);
}

/* ---- several at a time -------------------------------------------------------------------------
 */

TEST(recv_many_waits_for_one_and_takes_all_there_are)
{
    int items[3] = {0};
    begin(4);
    MOCK(rouse_recv_many, a, rouse_recv_many(&ch, items, 3));
    EXPECT_PENDING(POLL(a));
    for (int i = 1; i <= 4; i++)
        EXPECT_EQ(rouse_try_send(&ch, ITEM(i)), ROUSE_OK);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(a.out, 3);
    EXPECT_EQ(items[2], 3);
    MOCK(rouse_recv_many, b, rouse_recv_many(&ch, items, 3));
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_EQ(b.out, 1);
    EXPECT_EQ(items[0], 4);
    MOCK(rouse_recv_many, none, rouse_recv_many(&ch, items, 0));
    EXPECT_READY(POLL(none), ROUSE_OK);
    EXPECT_EQ(none.out, 0);
}

TEST(recv_many_leaves_what_was_promised_to_others)
{
    int items[4] = {0};
    begin(4);
    MOCK(rouse_recv, a, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(a));
    for (int i = 1; i <= 3; i++)
        EXPECT_EQ(rouse_try_send(&ch, ITEM(i)), ROUSE_OK);
    MOCK(rouse_recv_many, many, rouse_recv_many(&ch, items, 4));
    EXPECT_READY(POLL(many), ROUSE_OK);
    EXPECT_EQ(many.out, 2);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(got, 3);
}

TEST(recv_many_frees_room_for_all_who_wait)
{
    int items[2];
    begin(2);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(2)), ROUSE_OK);
    MOCK(rouse_send, a, rouse_send(&ch, ITEM(3)));
    MOCK(rouse_send, b, rouse_send(&ch, ITEM(4)));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    MOCK(rouse_recv_many, many, rouse_recv_many(&ch, items, 2));
    EXPECT_READY(POLL(many), ROUSE_OK);
    EXPECT_EQ(a_task.woken + b_task.woken, 2);
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_READY(POLL(a), ROUSE_OK);
}

TEST(waiting_recv_many_dropped_leaves_the_line_and_closed_ends_it)
{
    int items[2];
    begin(2);
    MOCK(rouse_recv_many, a, rouse_recv_many(&ch, items, 2));
    MOCK(rouse_recv_many, b, rouse_recv_many(&ch, items, 2));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_drop(&a.future);
    rouse_channel_close(&ch);
    EXPECT_READY(POLL(b), ROUSE_ERR_CLOSED);
}
