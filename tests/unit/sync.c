/* join, polled by hand. */
#include "test.h"

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
