/* notify and join, polled by hand. */
#include "test.h"

TEST(notify_before_a_wait_is_kept_once)
{
    struct rouse_notify n;
    rouse_notify_init(&n);
    rouse_notify_one(&n);
    rouse_notify_one(&n);
    struct rouse_notify_wait a = rouse_notify_wait(&n), b = rouse_notify_wait(&n);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_PENDING(mock_poll(&u));
    EXPECT_PENDING(mock_poll(&u));
    rouse_notify_one(&n);
    EXPECT_EQ(u.woken, 1);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
}

TEST(notified_waiter_dropped_before_it_polls_passes_its_turn_on)
{
    struct rouse_notify n;
    rouse_notify_init(&n);
    struct rouse_notify_wait a = rouse_notify_wait(&n), b = rouse_notify_wait(&n);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    rouse_notify_one(&n);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(u.woken, 0);
    rouse_drop(&a.future);
    EXPECT_EQ(u.woken, 1);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
}

TEST(waiter_dropped_while_waiting_leaves_the_queue)
{
    struct rouse_notify n;
    rouse_notify_init(&n);
    struct rouse_notify_wait a = rouse_notify_wait(&n), b = rouse_notify_wait(&n);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    rouse_drop(&a.future);
    EXPECT_EQ(t.live, 0);
    rouse_notify_one(&n);
    EXPECT_EQ(u.woken, 1);
    rouse_drop(&b.future); /* nobody is left: the event is kept */
    struct rouse_notify_wait c = rouse_notify_wait(&n);
    struct mock_task v = mock_task(&c.future);
    EXPECT_READY(mock_poll(&v), ROUSE_OK);
}

TEST(notify_all_wakes_those_that_wait_and_keeps_nothing)
{
    struct rouse_notify n;
    rouse_notify_init(&n);
    struct rouse_notify_wait a = rouse_notify_wait(&n), b = rouse_notify_wait(&n);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    rouse_notify_all(&n);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    rouse_drop(&b.future); /* was for all: nothing is passed on */
    struct rouse_notify_wait c = rouse_notify_wait(&n);
    struct mock_task v = mock_task(&c.future);
    EXPECT_PENDING(mock_poll(&v));
    rouse_drop(&c.future);
}

/* ---- join ------------------------------------------------------------------------------------ */

TEST(join_is_done_when_all_are_and_keeps_their_statuses)
{
    struct rouse_yield a = rouse_yield();
    struct rouse_ready b = rouse_ready(-1500);
    struct rouse_join f = rouse_join(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(a.future.status, ROUSE_OK);
    EXPECT_EQ(b.future.status, -1500);
}

TEST(join_of_nothing_is_done)
{
    struct rouse_join f = rouse_join(NULL, 0);
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
}

TEST(dropped_join_drops_every_child_of_a_long_list)
{
    struct rouse_pending children[20];
    struct rouse_future *list[20];
    for (int i = 0; i < 20; i++) {
        children[i] = rouse_pending();
        list[i] = &children[i].future;
    }
    struct rouse_join f = rouse_join(list, 20);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&f.future);
    for (int i = 0; i < 20; i++)
        EXPECT(rouse_is_done(&children[i].future));
}
