/* shared and lazy. */
// needs: malloc
#include "gate.h"

TEST(shared_result_reaches_all_who_wait)
{
    struct gate child = gate();
    struct rouse_shared shared;
    rouse_shared_init(&shared, &child.future);
    struct rouse_shared_wait a = rouse_shared_wait(&shared), b = rouse_shared_wait(&shared);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    EXPECT_EQ(gate_polls(&child), 1); /* the second waiter found it under way */
    gate_open(&child, -1500);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(u.woken, 1);
    EXPECT_READY(mock_poll(&u), -1500);
    EXPECT_READY(mock_poll(&t), -1500);
    EXPECT_EQ(gate_polls(&child), 2);
    struct rouse_shared_wait late = rouse_shared_wait(&shared);
    struct mock_task v = mock_task(&late.future);
    EXPECT_READY(mock_poll(&v), -1500);
    EXPECT_EQ(t.live + u.live, 0);
    rouse_shared_drop(&shared);
    EXPECT_EQ(gate_drops(&child), 0);
}

TEST(waiter_that_drives_is_dropped_and_another_goes_on)
{
    struct gate child = gate();
    struct rouse_shared shared;
    rouse_shared_init(&shared, &child.future);
    struct rouse_shared_wait a = rouse_shared_wait(&shared), b = rouse_shared_wait(&shared);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t)); /* polls the child */
    EXPECT_PENDING(mock_poll(&u));
    rouse_drop(&a.future);
    EXPECT_EQ(t.live, 0);
    gate_open(&child, ROUSE_OK);
    EXPECT_EQ(u.woken, 1);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    rouse_shared_drop(&shared);
}

TEST(waiter_that_nobody_polls_holds_up_no_other)
{
    struct gate child = gate();
    struct rouse_shared shared;
    rouse_shared_init(&shared, &child.future);
    struct rouse_shared_wait a = rouse_shared_wait(&shared), b = rouse_shared_wait(&shared);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    for (unsigned i = 1; i <= 3; i++) { /* a's task is woken each time, and does something else */
        gate_knock(&child);
        EXPECT_EQ(u.woken, i);
        EXPECT_PENDING(mock_poll(&u));
        EXPECT_EQ(gate_polls(&child), 1 + i);
    }
    EXPECT_EQ(t.woken, 1);
    gate_open(&child, ROUSE_OK);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    rouse_shared_drop(&shared);
}

TEST(all_waiters_leave_and_the_child_stays_for_the_next)
{
    struct gate child = gate();
    struct rouse_shared shared;
    rouse_shared_init(&shared, &child.future);
    struct rouse_shared_wait a = rouse_shared_wait(&shared);
    struct mock_task t = mock_task(&a.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&a.future);
    EXPECT_EQ(gate_drops(&child), 0);
    gate_open(&child, ROUSE_OK); /* nobody is there to poll it */
    struct rouse_shared_wait b = rouse_shared_wait(&shared);
    struct mock_task u = mock_task(&b.future);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    rouse_shared_drop(&shared);
}

TEST(dropped_shared_drops_the_child_and_tells_those_who_wait)
{
    struct gate child = gate();
    struct rouse_shared shared = {0};
    rouse_shared_drop(&shared); /* zero is empty */
    rouse_shared_init(&shared, &child.future);
    struct rouse_shared_wait a = rouse_shared_wait(&shared);
    struct mock_task t = mock_task(&a.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_shared_drop(&shared);
    EXPECT_EQ(gate_drops(&child), 1);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_CANCELLED);
    rouse_shared_drop(&shared);
}

TEST(child_that_wakes_itself_wakes_who_polled_it)
{
    struct rouse_yield child = rouse_yield();
    struct rouse_shared shared;
    rouse_shared_init(&shared, &child.future);
    struct rouse_shared_wait a = rouse_shared_wait(&shared);
    struct mock_task t = mock_task(&a.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(t.woken, 1);
    rouse_shared_drop(&shared);
}

/* Drops another waiter of the same shared future while it is polled. */
struct dropper {
    struct rouse_future future;
    struct rouse_future *victim;
};
static struct rouse_polled dropper_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)cx;
    rouse_drop(((struct dropper *)(void *)f)->victim);
    return ROUSE_READY(ROUSE_OK);
}
static const struct rouse_type dropper_type = {"dropper", __FILE__, sizeof(struct dropper),
                                               dropper_poll, NULL};

TEST(child_may_drop_another_waiter_while_it_is_polled)
{
    struct dropper child = ROUSE_FUTURE(dropper);
    struct rouse_shared shared;
    rouse_shared_init(&shared, &child.future);
    struct rouse_shared_wait a = rouse_shared_wait(&shared), b = rouse_shared_wait(&shared);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    shared.woken = false;
    EXPECT_PENDING(mock_poll(&u));
    shared.woken = true;
    child.victim = &b.future;
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT(rouse_is_done(&b.future));
    EXPECT_EQ(u.live, 0);
    rouse_shared_drop(&shared);
}

/* ---- through the executor ----------------------------------------------------------------------
 */

struct failing {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(failing)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_FAIL_WITH(-1001, "as agreed");
    ROUSE_END;
}
struct user {
    struct rouse_future future;
    struct rouse_shared *shared;
    struct rouse_shared_wait wait;
    rouse_status status;
};
ROUSE_ASYNC(user)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->status, self->wait, rouse_shared_wait(self->shared));
    test_say("%s: %s", rouse_error(cx)->frames[0].function, rouse_error(cx)->message);
    ROUSE_END;
}
struct users {
    struct rouse_future future;
    struct failing failing;
    struct rouse_shared shared;
    struct user user[3];
    struct rouse_join all;
};
ROUSE_ASYNC(users)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->failing, ROUSE_FUTURE(failing));
    rouse_shared_init(&self->shared, &self->failing.future);
    for (int i = 0; i < 3; i++)
        ROUSE_PUT(self->user[i], ROUSE_FUTURE(user, .shared = &self->shared));
    ROUSE_AWAIT(self->all, rouse_join(ROUSE_LIST(&self->user[0].future, &self->user[1].future,
                                                 &self->user[2].future)));
    ROUSE_FINALLY;
    rouse_shared_drop(&self->shared);
    ROUSE_END;
}

TEST(shared_failure_reaches_all_with_its_chain)
{
    static struct rouse_runtime rt;
    struct rouse_options options = {0};
    struct users users = ROUSE_FUTURE(users);
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, &users.future), ROUSE_OK);
    rouse_runtime_drop(&rt);
    EXPECT_TEXT(test_said(), "failing: as agreed failing: as agreed failing: as agreed");
}

/* The task that began the work is gone: the other needs nothing of it. */
TEST(task_that_polled_first_is_aborted_and_the_other_is_served)
{
    static struct rouse_runtime rt;
    struct rouse_shared shared;
    struct gate child = gate();
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_OK);
    rouse_shared_init(&shared, &child.future);
    struct rouse_task *a = rouse_spawn(&rt, rouse_shared_wait(&shared));
    struct rouse_task *b = rouse_spawn(&rt, rouse_shared_wait(&shared));
    while (rouse_turn(&rt)) {
    }
    gate_knock(&child);
    rouse_task_abort(a);
    while (rouse_turn(&rt)) {
    }
    gate_open(&child, ROUSE_OK);
    while (rouse_turn(&rt)) {
    }
    EXPECT(rouse_task_is_finished(b));
    rouse_task_detach(a);
    rouse_task_detach(b);
    rouse_shared_drop(&shared);
    rouse_runtime_drop(&rt);
}

/* ---- lazy -------------------------------------------------------------------------------------
 */

struct making {
    struct gate gate;
    unsigned makes;
    bool out_of_memory;
};
static struct rouse_future *make_gate(void *data)
{
    struct making *making = data;
    making->makes++;
    making->gate = gate();
    return making->out_of_memory ? NULL : &making->gate.future;
}

TEST(lazy_makes_its_future_at_the_first_poll)
{
    struct making making = {.makes = 0};
    struct rouse_lazy f = rouse_lazy(make_gate, &making);
    struct mock_task t = mock_task(&f.future);
    EXPECT_EQ(making.makes, 0);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(making.makes, 1);
    gate_open(&making.gate, -1500);
    EXPECT_READY(mock_poll(&t), -1500);
}

TEST(lazy_that_was_never_polled_made_nothing)
{
    struct making making = {.makes = 0};
    struct rouse_lazy f = rouse_lazy(make_gate, &making);
    rouse_drop(&f.future);
    EXPECT_EQ(making.makes, 0);
}

TEST(dropped_lazy_drops_what_it_made)
{
    struct making making = {.makes = 0};
    struct rouse_lazy f = rouse_lazy(make_gate, &making);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&f.future);
    EXPECT_EQ(gate_drops(&making.gate), 1);
}

static struct rouse_future *make_range(void *slot)
{
    struct rouse_range *range = slot;
    *range = rouse_range(5, 7);
    return &range->future;
}

TEST(lazy_of_a_stream_is_that_stream)
{
    struct rouse_range range;
    struct rouse_lazy f = rouse_lazy(make_range, &range);
    struct mock_task t = mock_task(&f.future);
    for (int64_t i = 5; i < 7; i++) {
        EXPECT_READY(mock_poll(&t), ROUSE_ITEM_);
        EXPECT_EQ(ROUSE_ITEM_OF(int64_t, f), i);
    }
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_CLOSED);
}

TEST(lazy_without_memory_says_so)
{
    struct making making = {.out_of_memory = true};
    struct rouse_lazy f = rouse_lazy(make_gate, &making);
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NO_MEMORY);
}
