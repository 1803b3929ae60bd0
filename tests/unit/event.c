/* event and wait group, polled by hand. */
#include "test.h"

TEST(event_set_lets_all_go_who_wait_and_all_who_come)
{
    struct rouse_event e;
    rouse_event_init(&e);
    MOCK(rouse_event_wait, a, rouse_event_wait(&e));
    MOCK(rouse_event_wait, b, (rouse_event_wait)(&e));
    MOCK(rouse_event_wait, c, rouse_event_wait(&e));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT(!rouse_event_is_set(&e));
    rouse_event_set(&e);
    rouse_event_set(&e);
    EXPECT(rouse_event_is_set(&e));
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_READY(POLL(c), ROUSE_OK);
}

TEST(event_reset_before_a_woken_waiter_polls_still_happened)
{
    struct rouse_event e;
    rouse_event_init(&e);
    MOCK(rouse_event_wait, a, rouse_event_wait(&e));
    MOCK(rouse_event_wait, b, rouse_event_wait(&e));
    EXPECT_PENDING(POLL(a));
    rouse_event_set(&e);
    rouse_event_reset(&e);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_PENDING(POLL(b));
    rouse_drop(&b.future);
    EXPECT_EQ(b_task.live, 0);
}

TEST(wait_group_is_done_when_all_work_is)
{
    struct rouse_wait_group g;
    rouse_wait_group_init(&g);
    MOCK(rouse_wait_group_wait, none, rouse_wait_group_wait(&g));
    EXPECT_READY(POLL(none), ROUSE_OK);
    rouse_wait_group_add(&g, 2);
    MOCK(rouse_wait_group_wait, a, rouse_wait_group_wait(&g));
    MOCK(rouse_wait_group_wait, b, rouse_wait_group_wait(&g));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_wait_group_done(&g);
    EXPECT_EQ(a_task.woken, 0);
    (rouse_wait_group_done)(&g);
    EXPECT_EQ(a_task.woken, 1);
    rouse_wait_group_add(&g, 1); /* of the next round */
    EXPECT_READY(POLL(a), ROUSE_OK);
    rouse_drop(&b.future);
    MOCK(rouse_wait_group_wait, c, rouse_wait_group_wait(&g));
    EXPECT_PENDING(POLL(c));
    rouse_drop(&c.future);
}
