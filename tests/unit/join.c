/* join, polled by hand. */
#include "gate.h"

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

TEST(join_polls_no_child_that_is_done)
{
    struct gate a = gate(), b = gate();
    struct rouse_join f = rouse_join(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&a, ROUSE_OK);
    EXPECT_EQ(t.woken, 1);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(gate_polls(&a), 2);
    EXPECT_EQ(gate_polls(&b), 3);
    gate_open(&b, ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(gate_polls(&a), 2);
}

TEST(join_counts_a_child_that_was_done_before)
{
    struct rouse_ready a = rouse_ready(-1500);
    struct gate b = gate();
    struct mock_task t = mock_task(&a.future);
    EXPECT_READY(mock_poll(&t), -1500);
    struct rouse_join f = rouse_join(ROUSE_LIST(&a.future, &b.future));
    struct mock_task u = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&u));
    gate_open(&b, ROUSE_OK);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_EQ(a.future.status, -1500);
}

/* Uses up the budget of every poll: there is always something to do. */
struct busy {
    struct rouse_future future;
    int left;
};
static struct rouse_polled busy_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct busy *self = (struct busy *)(void *)f;
    while (rouse_spend(cx))
        if (--self->left == 0)
            return ROUSE_READY(ROUSE_OK);
    return ROUSE_PENDING;
}
static const struct rouse_type busy_type = {"busy", __FILE__, sizeof(struct busy), busy_poll, NULL};

TEST(join_begins_behind_the_child_that_used_up_the_budget)
{
    struct busy a = ROUSE_FUTURE(busy, .left = 1000), b = ROUSE_FUTURE(busy, .left = 5);
    struct rouse_join f = rouse_join(ROUSE_LIST(&a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    struct rouse_context cx = mock_context(&t);
    cx.budget = 10;
    EXPECT_PENDING(rouse_poll(&f.future, &cx)); /* a leaves nothing for b */
    EXPECT_EQ(b.left, 5);
    cx.budget = 10;
    EXPECT_PENDING(rouse_poll(&f.future, &cx)); /* b first; a takes what is left */
    EXPECT(rouse_is_done(&b.future));
    EXPECT(a.left < 1000 - 9);
    rouse_drop(&f.future);
}

TEST(join_behind_the_last_child_begins_with_the_first)
{
    struct busy a = ROUSE_FUTURE(busy, .left = 3), b = ROUSE_FUTURE(busy, .left = 1000);
    struct rouse_join f = rouse_join(ROUSE_LIST(&b.future, &a.future, &b.future));
    struct mock_task t = mock_task(&f.future);
    struct rouse_context cx = mock_context(&t);
    f.children.first = 1;
    cx.budget = 10;
    EXPECT_PENDING(rouse_poll(&f.future, &cx)); /* a is done, the second b uses it up */
    EXPECT(rouse_is_done(&a.future));
    EXPECT_EQ(f.children.first, 0);
    rouse_drop(&f.future);
}
