/* permits to send, polled by hand. */
#include "test.h"

static struct rouse_channel ch;
static int slots[4], got;

static void begin(size_t capacity)
{
    rouse_channel_init(&ch, slots, sizeof slots[0], capacity);
}

#define ITEM(n) (&(const int){n})

TEST(reserved_room_is_nobody_elses_until_it_is_used)
{
    begin(1);
    MOCK(rouse_reserve, a, rouse_reserve(&ch));
    MOCK(rouse_reserve, b, (rouse_reserve)(&ch));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(rouse_channel_room(&ch), 0);
    EXPECT_EQ(rouse_channel_len(&ch), 0);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_ERR_FULL);
    EXPECT_PENDING(POLL(b));
    rouse_permit_send(&ch, ITEM(7));
    EXPECT_EQ(b_task.woken, 0);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_EQ(got, 7);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_READY(POLL(b), ROUSE_OK);
    (rouse_permit_send)(&ch, ITEM(8));
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
}

TEST(permit_given_back_unused_goes_to_the_first_in_line)
{
    begin(2);
    EXPECT_EQ(rouse_try_reserve(&ch, 2), ROUSE_OK);
    MOCK(rouse_reserve, a, rouse_reserve(&ch));
    MOCK(rouse_send, b, rouse_send(&ch, ITEM(1)));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_permit_release(&ch, 1);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_EQ(b_task.woken, 0);
    (rouse_permit_release)(&ch, 1);
    EXPECT_READY(POLL(b), ROUSE_OK);
    rouse_drop(&a.future);
    EXPECT_EQ(rouse_channel_room(&ch), 1);
}

TEST(several_permits_come_all_at_once_or_not)
{
    begin(3);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    MOCK(rouse_reserve, all, rouse_reserve_many(&ch, 3));
    MOCK(rouse_reserve, one, rouse_reserve(&ch));
    EXPECT_PENDING(POLL(all));
    EXPECT_PENDING(POLL(one)); /* behind it, although there is room */
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_READY(POLL(all), ROUSE_OK);
    for (int i = 0; i < 3; i++)
        rouse_permit_send(&ch, ITEM(i));
    EXPECT_EQ(rouse_channel_len(&ch), 3);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_OK);
    EXPECT_READY(POLL(one), ROUSE_OK);
}

TEST(waiting_for_many_dropped_lets_those_behind_have_what_there_is)
{
    begin(3);
    EXPECT_EQ(rouse_try_send(&ch, ITEM(1)), ROUSE_OK);
    MOCK(rouse_reserve, all, rouse_reserve_many(&ch, 3));
    MOCK(rouse_send, one, rouse_send(&ch, ITEM(2)));
    EXPECT_PENDING(POLL(all));
    EXPECT_PENDING(POLL(one));
    rouse_drop(&all.future);
    EXPECT_EQ(one_task.woken, 1);
    EXPECT_READY(POLL(one), ROUSE_OK);
}

TEST(no_permits_at_all_are_had_at_once)
{
    begin(1);
    EXPECT_EQ(rouse_try_reserve(&ch, 1), ROUSE_OK);
    EXPECT_EQ(rouse_try_reserve(&ch, 0), ROUSE_OK);
    MOCK(rouse_reserve, none, rouse_reserve_many(&ch, 0));
    EXPECT_READY(POLL(none), ROUSE_OK);
    rouse_channel_close(&ch);
    EXPECT_EQ(rouse_try_reserve(&ch, 0), ROUSE_ERR_CLOSED);
}

TEST(more_permits_than_the_capacity_are_refused)
{
    begin(1);
    MOCK(rouse_reserve, two, rouse_reserve_many(&ch, 2));
    MOCK(rouse_reserve, all, rouse_reserve_many(&ch, SIZE_MAX));
    EXPECT_READY(POLL(two), ROUSE_ERR_INVALID);
    EXPECT_READY(POLL(all), ROUSE_ERR_INVALID);
    EXPECT_EQ(rouse_try_reserve(&ch, 2), ROUSE_ERR_INVALID);
    EXPECT_EQ(rouse_try_reserve(&ch, SIZE_MAX), ROUSE_ERR_INVALID);
    EXPECT_EQ(rouse_try_reserve(&ch, 1), ROUSE_OK);
    EXPECT_EQ(rouse_try_reserve(&ch, 1), ROUSE_ERR_FULL);
}

TEST(permit_from_before_the_close_still_sends_and_the_receiver_waits_for_it)
{
    begin(2);
    EXPECT_EQ(rouse_try_reserve(&ch, 2), ROUSE_OK);
    rouse_channel_close(&ch);
    EXPECT_EQ(rouse_try_recv(&ch, &got), ROUSE_ERR_EMPTY);
    MOCK(rouse_recv, a, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(a));
    rouse_permit_send(&ch, ITEM(5));
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(got, 5);
    MOCK(rouse_recv, b, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(b)); /* one permit is left */
    rouse_permit_release(&ch, 1);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_READY(POLL(b), ROUSE_ERR_CLOSED);
}

TEST(last_permit_used_on_a_closed_channel_ends_the_other_receivers_when_taken)
{
    begin(1);
    EXPECT_EQ(rouse_try_reserve(&ch, 1), ROUSE_OK);
    rouse_channel_close(&ch);
    MOCK(rouse_recv, a, rouse_recv(&ch, &got));
    MOCK(rouse_recv, b, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_permit_send(&ch, ITEM(5));
    EXPECT_EQ(b_task.woken, 0);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_READY(POLL(b), ROUSE_ERR_CLOSED);
}

TEST(reservation_that_fails_by_the_close_gives_nothing_back)
{
    begin(2);
    EXPECT_EQ(rouse_try_reserve(&ch, 1), ROUSE_OK);
    MOCK(rouse_reserve, two, rouse_reserve_many(&ch, 2));
    EXPECT_PENDING(POLL(two));
    rouse_channel_close(&ch);
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(r));
    EXPECT_READY(POLL(two), ROUSE_ERR_CLOSED);
    EXPECT_EQ(r_task.woken, 0);
    rouse_permit_release(&ch, 1);
    EXPECT_EQ(r_task.woken, 1);
    EXPECT_READY(POLL(r), ROUSE_ERR_CLOSED);
}

TEST(reservation_dropped_with_its_permit_ends_a_closed_channel)
{
    begin(1);
    EXPECT_EQ(rouse_try_reserve(&ch, 1), ROUSE_OK);
    MOCK(rouse_reserve, a, rouse_reserve(&ch));
    EXPECT_PENDING(POLL(a));
    rouse_permit_release(&ch, 1);
    rouse_channel_close(&ch);
    MOCK(rouse_recv, r, rouse_recv(&ch, &got));
    EXPECT_PENDING(POLL(r));
    rouse_drop(&a.future);
    EXPECT_EQ(r_task.woken, 1);
    EXPECT_READY(POLL(r), ROUSE_ERR_CLOSED);
}
