/* watch, polled by hand. */
#include "test.h"

static struct rouse_watch w;
static struct rouse_watch_receiver rx, rx2;
static int slot, got;

#define ITEM(n) (&(const int){n})

static void begin(void)
{
    rouse_watch_init(&w, &slot, sizeof slot, ITEM(1));
    rouse_watch_receiver_init(&rx, &w);
    rouse_watch_receiver_init(&rx2, &w);
}

static int now(void)
{
    return *(const int *)rouse_watch_borrow(&w);
}

TEST(receiver_has_seen_the_first_value_and_waits_for_the_next)
{
    begin();
    EXPECT_EQ(now(), 1);
    EXPECT(!rouse_watch_has_changed(&rx));
    MOCK(rouse_watch_changed, a, rouse_watch_changed(&rx, &got));
    EXPECT_PENDING(POLL(a));
    rouse_watch_set(&w, ITEM(2));
    EXPECT_EQ(a_task.woken, 1);
    EXPECT(rouse_watch_has_changed(&rx));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(got, 2);
    EXPECT(!rouse_watch_has_changed(&rx));
}

TEST(values_between_two_looks_are_one_change)
{
    begin();
    rouse_watch_set(&w, ITEM(2));
    (rouse_watch_set)(&w, ITEM(3));
    EXPECT_EQ(rouse_watch_try_changed(&rx, &got), ROUSE_OK);
    EXPECT_EQ(got, 3);
    EXPECT_EQ(rouse_watch_try_changed(&rx, &got), ROUSE_ERR_EMPTY);
    EXPECT_EQ(rouse_watch_try_changed(&rx2, NULL), ROUSE_OK);
    EXPECT_EQ(rouse_watch_try_changed(&rx2, NULL), ROUSE_ERR_EMPTY);
}

TEST(every_receiver_is_woken_and_each_sees_for_itself)
{
    begin();
    MOCK(rouse_watch_changed, a, rouse_watch_changed(&rx, NULL));
    MOCK(rouse_watch_changed, b, rouse_watch_changed(&rx2, &got));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_watch_set(&w, ITEM(2));
    EXPECT_EQ(a_task.woken + b_task.woken, 2);
    EXPECT_READY(POLL(a), ROUSE_OK);
    rouse_drop(&b.future); /* woken, did not look: the change is still there */
    EXPECT_EQ(rouse_watch_try_changed(&rx2, &got), ROUSE_OK);
    EXPECT_EQ(got, 2);
}

TEST(last_value_is_seen_after_the_close)
{
    begin();
    rouse_watch_set(&w, ITEM(2));
    EXPECT(!rouse_watch_is_closed(&w));
    rouse_watch_close(&w);
    EXPECT(rouse_watch_is_closed(&w));
    MOCK(rouse_watch_changed, a, rouse_watch_changed(&rx, &got));
    MOCK(rouse_watch_changed, b, rouse_watch_changed(&rx, &got));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(got, 2);
    EXPECT_READY(POLL(b), ROUSE_ERR_CLOSED);
    EXPECT_EQ(rouse_watch_try_changed(&rx, &got), ROUSE_ERR_CLOSED);
    EXPECT_EQ(now(), 2);
}

TEST(close_wakes_every_receiver)
{
    begin();
    MOCK(rouse_watch_changed, a, rouse_watch_changed(&rx, &got));
    MOCK(rouse_watch_changed, b, rouse_watch_changed(&rx2, &got));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_watch_close(&w);
    EXPECT_EQ(a_task.woken + b_task.woken, 2);
    EXPECT_READY(POLL(a), ROUSE_ERR_CLOSED);
    rouse_drop(&b.future);
    EXPECT_EQ(b_task.live, 0);
}

TEST(what_was_seen_can_be_marked_either_way)
{
    begin();
    rouse_watch_mark_changed(&rx);
    EXPECT(rouse_watch_has_changed(&rx));
    EXPECT_EQ(rouse_watch_try_changed(&rx, &got), ROUSE_OK);
    EXPECT_EQ(got, 1);
    rouse_watch_set(&w, ITEM(2));
    rouse_watch_mark_unchanged(&rx);
    EXPECT_EQ(rouse_watch_try_changed(&rx, &got), ROUSE_ERR_EMPTY);
}

static bool add(void *data, void *value)
{
    *(int *)value += *(int *)data;
    return *(int *)data > 0;
}

TEST(value_changed_in_place_is_told_only_if_the_function_says_so)
{
    begin();
    int more = 4, less = -2;
    MOCK(rouse_watch_changed, a, rouse_watch_changed(&rx, &got));
    EXPECT_PENDING(POLL(a));
    rouse_watch_modify(&w, add, &less);
    EXPECT_EQ(a_task.woken, 0);
    EXPECT_EQ(now(), -1);
    (rouse_watch_modify)(&w, add, &more);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(got, 3);
}

static bool at_least(void *data, void *value)
{
    return *(int *)value >= *(int *)data;
}

TEST(wait_for_is_done_when_the_value_is_right_seen_or_not)
{
    begin();
    int one = 1, three = 3;
    MOCK(rouse_watch_wait_for, at_once, rouse_watch_wait_for(&rx, at_least, &one, &got));
    EXPECT_READY(POLL(at_once), ROUSE_OK);
    EXPECT_EQ(got, 1);
    MOCK(rouse_watch_wait_for, a, rouse_watch_wait_for(&rx, at_least, &three, &got));
    EXPECT_PENDING(POLL(a));
    rouse_watch_set(&w, ITEM(2));
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_PENDING(POLL(a));
    EXPECT(!rouse_watch_has_changed(&rx)); /* it was looked at */
    rouse_watch_set(&w, ITEM(3));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(got, 3);
}

TEST(wait_for_on_a_closed_watch_judges_the_last_value)
{
    begin();
    int one = 1, nine = 9;
    MOCK(rouse_watch_wait_for, a, rouse_watch_wait_for(&rx, at_least, &nine, NULL));
    MOCK(rouse_watch_wait_for, gone, rouse_watch_wait_for(&rx, at_least, &nine, NULL));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(gone));
    rouse_drop(&gone.future);
    rouse_watch_close(&w);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_READY(POLL(a), ROUSE_ERR_CLOSED);
    MOCK(rouse_watch_wait_for, b, rouse_watch_wait_for(&rx, at_least, &one, &got));
    EXPECT_READY(POLL(b), ROUSE_OK);
}

TEST(receiver_polled_by_another_task_wakes_that_one)
{
    begin();
    struct rouse_watch_changed a = rouse_watch_changed(&rx, &got);
    struct mock_task first = mock_task(&a.future), second = mock_task(&a.future);
    EXPECT_PENDING(mock_poll(&first));
    EXPECT_PENDING(mock_poll(&second));
    rouse_watch_set(&w, ITEM(2));
    EXPECT_EQ(first.woken, 0);
    EXPECT_EQ(second.woken, 1);
    EXPECT_READY(mock_poll(&second), ROUSE_OK);
}

/* ---- budget -------------------------------------------------------------------------------------
 */

struct glutton {
    struct rouse_future future;
    struct rouse_watch_changed changed;
    int rounds;
};
ROUSE_ASYNC(glutton)
{
    ROUSE_BEGIN;
    for (;;) {
        rouse_watch_mark_changed(&rx);
        ROUSE_AWAIT(self->changed, rouse_watch_changed(&rx, &got));
        self->rounds++;
    }
    ROUSE_END;
}

TEST(receiver_that_always_has_something_still_yields)
{
    static struct rouse_runtime rt;
    struct rouse_fake_host host;
    rouse_fake_host_init(&host);
    struct rouse_options options = {.host = &host.host};
    static ROUSE_TASK(glutton) slot_of_task;
    begin();
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    struct rouse_task *task = rouse_spawn_in(&rt, &slot_of_task, ROUSE_FUTURE(glutton));
    EXPECT(rouse_turn(&rt));
    EXPECT(ROUSE_OUTPUT(glutton, task)->rounds < 200);
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}
