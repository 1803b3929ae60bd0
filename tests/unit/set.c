/* set: only the woken are polled, and nothing is lost when things come and go. */
#include "gate.h"
#include "set_by_hand.h"

TEST(empty_set_is_closed_and_may_be_filled_again)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct rouse_ready a = rouse_ready(-1500);
    begin();
    rouse_set_init(&set);
    EXPECT_READY(poll_set(&w, &set), ROUSE_ERR_CLOSED);
    rouse_set_add(&set, &a.future);
    EXPECT_EQ(rouse_set_count(&set), 1);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &a.future);
    EXPECT_EQ(a.future.status, -1500);
    EXPECT_EQ(rouse_set_count(&set), 0);
    EXPECT_READY(poll_set(&w, &set), ROUSE_ERR_CLOSED);
    EXPECT(w.next.out == NULL);
    end();
}

TEST(set_polls_only_the_woken_in_the_order_of_their_wakes)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate g[5];
    begin();
    rouse_set_init(&set);
    for (int i = 0; i < 5; i++) {
        g[i] = gate();
        rouse_set_add(&set, &g[i].future);
    }
    EXPECT_PENDING(poll_set(&w, &set));
    gate_open(&g[3], ROUSE_OK);
    gate_open(&g[1], ROUSE_OK);
    EXPECT_EQ(w.task.woken, 1); /* once per poll */
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &g[3].future);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &g[1].future);
    EXPECT_PENDING(poll_set(&w, &set));
    for (int i = 0; i < 5; i++)
        EXPECT_EQ(gate_polls(&g[i]), i == 1 || i == 3 ? 2 : 1);
    rouse_drop(&w.next.future);
    rouse_set_drop(&set);
    EXPECT_EQ(gate_drops(&g[0]) + gate_drops(&g[1]) + gate_drops(&g[2]), 2);
    end();
}

TEST(member_in_its_own_node_allocates_nothing)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate a = gate();
    struct rouse_set_node node = {0};
    begin();
    rouse_set_init(&set);
    memory = (struct test_memory){.fail_at = 1};
    rouse_set_add_in(&set, &node, &a.future);
    EXPECT_PENDING(poll_set(&w, &set));
    gate_open(&a, ROUSE_OK);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(!memory.failed);
    a = gate();
    rouse_set_add_in(&set, &node, &a.future); /* the node is free again */
    EXPECT_PENDING(poll_set(&w, &set));
    rouse_drop(&w.next.future);
    rouse_set_drop(&set);
    EXPECT_EQ(gate_drops(&a), 1);
    end();
}

TEST(set_without_memory_says_so_once_no_other_member_is_done_and_tries_again)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate a = gate(), b = gate();
    struct rouse_set_node node = {0};
    begin();
    rouse_set_init(&set);
    rouse_set_add_in(&set, &node, &a.future);
    rouse_set_add(&set, &b.future);
    a.open = b.open = true;
    memory.calls = 0;
    memory.fail_at = 1;
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &a.future);
    EXPECT_READY(poll_set(&w, &set), ROUSE_ERR_NO_MEMORY);
    EXPECT_EQ(gate_polls(&b), 0);
    EXPECT_EQ(rouse_set_count(&set), 1);
    memory.fail_at = 0;
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &b.future);
    end();
}

TEST(set_of_a_foreign_executor_takes_the_callers_nodes_only)
{
    struct rouse_set set;
    struct rouse_ready a = rouse_ready(ROUSE_OK), b = rouse_ready(ROUSE_OK);
    struct rouse_set_node node = {0};
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    struct rouse_set_next next = rouse_set_next(&set);
    struct mock_task t = mock_task(&next.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT(rouse_set_remove(&set, &a.future));
    rouse_set_add_in(&set, &node, &b.future);
    struct rouse_set_next again = rouse_set_next(&set);
    struct mock_task u = mock_task(&again.future);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT(again.out == &b.future);
}

TEST(member_added_while_somebody_waits_wakes_the_set)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate a = gate(), b = gate(), c = gate();
    struct rouse_set_node node = {0};
    begin();
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    EXPECT_PENDING(poll_set(&w, &set));
    b.open = c.open = true;
    rouse_set_add(&set, &b.future);
    EXPECT_EQ(w.task.woken, 1);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &b.future);
    EXPECT_PENDING(poll_set(&w, &set));
    rouse_set_add_in(&set, &node, &c.future);
    EXPECT_EQ(w.task.woken, 1);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &c.future);
    rouse_set_drop(&set);
    end();
}

TEST(dropped_wait_loses_nothing)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate a = gate();
    begin();
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    EXPECT_PENDING(poll_set(&w, &set));
    rouse_drop(&w.next.future);
    EXPECT_EQ(w.task.live, 0);
    gate_open(&a, ROUSE_OK); /* nobody waits */
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &a.future);
    end();
}

TEST(removed_member_is_handed_back_as_it_is)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate a = gate(), b = gate();
    begin();
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    rouse_set_add(&set, &b.future);
    EXPECT_PENDING(poll_set(&w, &set));
    EXPECT(a.future.parent == NULL && b.future.parent == NULL); /* they await nothing */
    EXPECT(rouse_set_remove(&set, &a.future));
    EXPECT(!rouse_set_remove(&set, &a.future));
    EXPECT_EQ(gate_drops(&a), 0);
    gate_knock(&a); /* a late wake: it is no member any more */
    gate_open(&a, ROUSE_OK);
    struct mock_task t = mock_task(&a.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    gate_open(&b, ROUSE_OK);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &b.future);
    end();
}

TEST(last_member_removed_while_somebody_waits_closes_the_set)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate a = gate();
    begin();
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    EXPECT_PENDING(poll_set(&w, &set));
    EXPECT(rouse_set_remove(&set, &a.future));
    EXPECT_EQ(w.task.woken, 1);
    EXPECT_READY(poll_set(&w, &set), ROUSE_ERR_CLOSED);
    rouse_drop(&a.future);
    end();
}

TEST(members_without_a_node_may_be_removed_in_any_order)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate g[4];
    begin();
    rouse_set_init(&set);
    for (int i = 0; i < 4; i++) {
        g[i] = gate();
        rouse_set_add(&set, &g[i].future);
    }
    EXPECT(rouse_set_remove(&set, &g[3].future)); /* the last */
    EXPECT(rouse_set_remove(&set, &g[0].future)); /* the first */
    rouse_set_add(&set, &g[3].future);            /* behind what is the last now */
    for (int i = 0; i < 4; i++)
        g[i].open = true;
    for (int i = 1; i < 4; i++) {
        EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
        EXPECT(w.next.out == &g[i].future);
    }
    rouse_set_add(&set, &g[0].future);
    EXPECT(rouse_set_remove(&set, &g[0].future)); /* the only one */
    EXPECT_READY(poll_set(&w, &set), ROUSE_ERR_CLOSED);
    rouse_set_add(&set, &g[0].future);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    end();
}

TEST(dropped_set_drops_every_member_in_whatever_state)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate g[4];
    begin();
    rouse_set_init(&set);
    for (int i = 0; i < 3; i++) {
        g[i] = gate();
        rouse_set_add(&set, &g[i].future);
    }
    EXPECT_PENDING(poll_set(&w, &set));
    rouse_drop(&w.next.future);
    gate_knock(&g[1]);
    g[3] = gate();
    rouse_set_add(&set, &g[3].future); /* never polled: it has nothing to drop */
    rouse_set_drop(&set);
    EXPECT_EQ(gate_drops(&g[0]) + gate_drops(&g[1]) + gate_drops(&g[2]), 3);
    for (int i = 0; i < 4; i++)
        EXPECT(rouse_is_done(&g[i].future));
    rouse_set_drop(&set);
    struct rouse_set zero = {0};
    rouse_set_drop(&zero);
    end();
}

TEST(member_that_was_done_before_is_given_out_and_not_polled)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate a = gate();
    struct mock_task t = mock_task(&a.future);
    begin();
    a.open = true;
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT_EQ(gate_polls(&a), 1);
    end();
}

TEST(waker_that_outlives_its_member_and_its_set_wakes_nobody)
{
    struct waiter w = {0};
    struct rouse_waker kept;
    begin();
    {
        struct rouse_set set;
        struct gate a = gate();
        rouse_set_init(&set);
        rouse_set_add(&set, &a.future);
        EXPECT_PENDING(poll_set(&w, &set));
        kept = rouse_waker_clone(&a.waker);
        EXPECT(rouse_waker_same(&kept, &a.waker));
        rouse_drop(&w.next.future);
        rouse_set_drop(&set);
    }
    EXPECT(memory.live_blocks > 0);
    rouse_waker_wake_by_ref(&kept);
    rouse_waker_wake(&kept);
    end();
}

/* A frame that is gone with its set, as when a program only drops what it put in. */
struct careless {
    struct rouse_future future;
    struct gate members[3];
    struct rouse_set set;
    struct rouse_set_next next;
    struct rouse_waker *kept;
};
ROUSE_ASYNC(careless)
{
    ROUSE_BEGIN;
    rouse_set_init(&self->set);
    for (int i = 0; i < 3; i++) {
        ROUSE_PUT(self->members[i], gate());
        rouse_set_add(&self->set, &self->members[i].future);
    }
    self->members[1].open = true;
    ROUSE_AWAIT(self->next, rouse_set_next(&self->set));
    *self->kept = rouse_waker_clone(&self->members[0].waker);
    ROUSE_AWAIT(self->next, rouse_set_next(&self->set));
    ROUSE_FINALLY;
    for (int i = 0; i < 3; i++)
        rouse_drop(&self->members[i].future);
    ROUSE_END;
}

TEST(set_that_nobody_empties_gives_its_memory_back_with_the_runtime)
{
    struct rouse_waker kept = {0};
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(careless, .kept = &kept));
    while (rouse_turn(&rt)) {
    }
    EXPECT(kept.table != NULL);
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
    EXPECT_EQ(memory.live_blocks, 1); /* the node of the waker that was kept */
    rouse_waker_wake_by_ref(&kept);
    rouse_waker_drop(&kept);
    EXPECT_EQ(memory.live_blocks, 0);
}
