/* notify, polled by hand. */
#include "test.h"

static struct rouse_notify n;

TEST(notify_before_a_wait_is_kept_once)
{
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

TEST(several_notified_waiters_go_in_the_order_they_came)
{
    rouse_notify_init(&n);
    MOCK(rouse_notify_wait, a, rouse_notify_wait(&n));
    MOCK(rouse_notify_wait, b, rouse_notify_wait(&n));
    MOCK(rouse_notify_wait, c, rouse_notify_wait(&n));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(c));
    rouse_notify_one(&n);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_EQ(b_task.woken, 0);
    EXPECT_READY(POLL(a), ROUSE_OK);
    rouse_notify_one(&n);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_EQ(c_task.woken, 0);
    EXPECT_READY(POLL(b), ROUSE_OK);
    rouse_drop(&c.future);
}

TEST(notify_last_wakes_who_came_last_and_its_drop_passes_on_from_the_end)
{
    rouse_notify_init(&n);
    MOCK(rouse_notify_wait, a, rouse_notify_wait(&n));
    MOCK(rouse_notify_wait, b, rouse_notify_wait(&n));
    MOCK(rouse_notify_wait, c, rouse_notify_wait(&n));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(c));
    rouse_notify_last(&n);
    EXPECT_EQ(c_task.woken, 1);
    rouse_drop(&c.future);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_EQ(a_task.woken, 0);
    EXPECT_READY(POLL(b), ROUSE_OK);
    rouse_notify_last(&n);
    EXPECT_READY(POLL(a), ROUSE_OK);
    rouse_notify_last(&n); /* nobody waits: kept */
    MOCK(rouse_notify_wait, d, rouse_notify_wait(&n));
    EXPECT_READY(POLL(d), ROUSE_OK);
}

TEST(notified_waiter_dropped_with_nobody_behind_it_leaves_the_event_kept)
{
    rouse_notify_init(&n);
    MOCK(rouse_notify_wait, a, rouse_notify_wait(&n));
    EXPECT_PENDING(POLL(a));
    rouse_notify_one(&n);
    rouse_drop(&a.future);
    MOCK(rouse_notify_wait, b, rouse_notify_wait(&n));
    EXPECT_READY(POLL(b), ROUSE_OK);
}

TEST(wait_that_was_made_but_never_polled_stands_in_no_line)
{
    rouse_notify_init(&n);
    struct rouse_notify_wait a = rouse_notify_wait(&n);
    MOCK(rouse_notify_wait, b, rouse_notify_wait(&n));
    EXPECT_PENDING(POLL(b));
    rouse_notify_one(&n);
    EXPECT_EQ(b_task.woken, 1);
    rouse_drop(&a.future); /* had nothing to give back */
    EXPECT_READY(POLL(b), ROUSE_OK);
}

TEST(first_poll_takes_what_was_kept_and_leaves_nothing_for_the_next)
{
    rouse_notify_init(&n);
    rouse_notify_one(&n);
    MOCK(rouse_notify_wait, a, rouse_notify_wait(&n));
    MOCK(rouse_notify_wait, b, rouse_notify_wait(&n));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_PENDING(POLL(b));
    rouse_drop(&b.future);
}

TEST(waiter_polled_by_another_task_wakes_that_one)
{
    rouse_notify_init(&n);
    struct rouse_notify_wait a = rouse_notify_wait(&n);
    struct mock_task first = mock_task(&a.future), second = mock_task(&a.future);
    EXPECT_PENDING(mock_poll(&first));
    EXPECT_PENDING(mock_poll(&second));
    rouse_notify_one(&n);
    EXPECT_EQ(first.woken, 0);
    EXPECT_EQ(second.woken, 1);
    EXPECT_READY(mock_poll(&second), ROUSE_OK);
    EXPECT_EQ(first.live, 0);
}

/* ---- wakers that run code at once ------------------------------------------------------------ */

static struct rouse_notify_wait victims[3];
static unsigned ran;

static void drop_all_victims(void *data)
{
    (void)data;
    ran++;
    for (int i = 0; i < 3; i++)
        rouse_drop(&victims[i].future);
}

static void nothing(void *data)
{
    (void)data;
}

static struct rouse_waker cruel_clone(void *data);
static const struct rouse_waker_table cruel = {cruel_clone, drop_all_victims, drop_all_victims,
                                               nothing};
static struct rouse_waker cruel_clone(void *data)
{
    return (struct rouse_waker){&cruel, data};
}

TEST(wake_that_drops_everyone_who_waits_is_tolerated)
{
    rouse_notify_init(&n);
    struct rouse_context cx = {.waker = {&cruel, NULL}};
    for (int i = 0; i < 3; i++) {
        victims[i] = rouse_notify_wait(&n);
        EXPECT_PENDING(rouse_poll(&victims[i].future, &cx));
    }
    rouse_notify_all(&n);
    EXPECT_EQ(ran, 1);
    MOCK(rouse_notify_wait, a, rouse_notify_wait(&n));
    EXPECT_PENDING(POLL(a)); /* was for all: nothing is kept */
    rouse_drop(&a.future);
}

static void poll_all_victims(void *data)
{
    struct rouse_context cx = {.waker = rouse_waker_noop()};
    (void)data;
    ran++;
    for (int i = 0; i < 3; i++)
        if (!rouse_is_done(&victims[i].future))
            EXPECT_READY(rouse_poll(&victims[i].future, &cx), ROUSE_OK);
}

static struct rouse_waker eager_clone(void *data);
static const struct rouse_waker_table eager = {eager_clone, poll_all_victims, poll_all_victims,
                                               nothing};
static struct rouse_waker eager_clone(void *data)
{
    return (struct rouse_waker){&eager, data};
}

TEST(wake_that_polls_everyone_at_once_finds_all_notified)
{
    rouse_notify_init(&n);
    struct rouse_context cx = {.waker = {&eager, NULL}};
    for (int i = 0; i < 3; i++) {
        victims[i] = rouse_notify_wait(&n);
        EXPECT_PENDING(rouse_poll(&victims[i].future, &cx));
    }
    rouse_notify_all(&n);
    EXPECT_EQ(ran, 1);
}
