/* once, polled by hand. */
#include "test.h"

static struct rouse_once once;
static int value;

/* Suspends once, then sets the value or fails. */
struct init {
    struct rouse_future future;
    int value;
    rouse_status failure;
    struct rouse_yield yield;
};
ROUSE_ASYNC(init)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->yield, rouse_yield());
    if (self->failure)
        ROUSE_FAIL_WITH(self->failure, "no value %d", self->value);
    value = self->value;
    ROUSE_FINALLY;
    test_say(ROUSE_STARTED ? "%d" : "(%d)", self->value);
    ROUSE_END;
}

/* In hostile builds an await suspends once more. */
static struct rouse_polled settle(struct mock_task *task)
{
    struct rouse_polled polled = ROUSE_PENDING;
    for (int i = 0; i < 5; i++)
        if (!rouse_is_pending(polled = mock_poll(task)))
            return polled;
    return polled;
}

TEST(first_that_comes_initialises_and_the_others_share_it)
{
    rouse_once_init(&once);
    struct init i1 = ROUSE_FUTURE(init, .value = 1), i2 = ROUSE_FUTURE(init, .value = 2);
    struct init i3 = ROUSE_FUTURE(init, .value = 3);
    MOCK(rouse_once_get_or_init, a, rouse_once_get_or_init(&once, &i1.future));
    MOCK(rouse_once_get_or_init, b, rouse_once_get_or_init(&once, &i2.future));
    MOCK(rouse_once_get_or_init, c, rouse_once_get_or_init(&once, &i3.future));
    EXPECT(!rouse_once_is_set(&once));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_READY(settle(&a_task), ROUSE_OK);
    EXPECT(rouse_once_is_set(&once));
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_READY(POLL(c), ROUSE_OK);
    EXPECT_EQ(value, 1);
    EXPECT_TEXT(test_said(), "1 (2) (3)"); /* the others were dropped, their arguments freed */
}

TEST(failed_initialiser_passes_the_turn_on_and_its_caller_gets_the_failure)
{
    rouse_once_init(&once);
    struct init i1 = ROUSE_FUTURE(init, .failure = -1001), i2 = ROUSE_FUTURE(init, .value = 2);
    MOCK(rouse_once_get_or_init, a, rouse_once_get_or_init(&once, &i1.future));
    MOCK(rouse_once_get_or_init, b, rouse_once_get_or_init(&once, &i2.future));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_READY(settle(&a_task), -1001);
    EXPECT(!rouse_once_is_set(&once));
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_EQ(rouse_once_set(&once), ROUSE_ERR_FULL); /* b has the turn */
    EXPECT_READY(settle(&b_task), ROUSE_OK);
    EXPECT_EQ(value, 2);
}

TEST(dropped_initialiser_passes_the_turn_on)
{
    rouse_once_init(&once);
    struct init i1 = ROUSE_FUTURE(init, .value = 1), i2 = ROUSE_FUTURE(init, .value = 2);
    struct init i3 = ROUSE_FUTURE(init, .value = 3), i4 = ROUSE_FUTURE(init, .value = 4);
    MOCK(rouse_once_get_or_init, a, rouse_once_get_or_init(&once, &i1.future));
    MOCK(rouse_once_get_or_init, b, rouse_once_get_or_init(&once, &i2.future));
    MOCK(rouse_once_get_or_init, c, rouse_once_get_or_init(&once, &i3.future));
    MOCK(rouse_once_get_or_init, d, rouse_once_get_or_init(&once, &i4.future));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(c));
    EXPECT_PENDING(POLL(d));
    rouse_drop(&b.future); /* only waits */
    rouse_drop(&a.future); /* in the middle of its initialiser */
    EXPECT_EQ(c_task.woken, 1);
    rouse_drop(&c.future); /* has the turn, did not poll */
    EXPECT_EQ(d_task.woken, 1);
    EXPECT_READY(settle(&d_task), ROUSE_OK);
    EXPECT_EQ(value, 4);
}

TEST(when_the_last_that_wants_it_is_gone_the_next_begins_from_the_start)
{
    rouse_once_init(&once);
    struct init i1 = ROUSE_FUTURE(init, .value = 1), i2 = ROUSE_FUTURE(init, .value = 2);
    MOCK(rouse_once_get_or_init, a, rouse_once_get_or_init(&once, &i1.future));
    EXPECT_PENDING(POLL(a));
    rouse_drop(&a.future);
    MOCK(rouse_once_get_or_init, b, rouse_once_get_or_init(&once, &i2.future));
    EXPECT_READY(settle(&b_task), ROUSE_OK);
    EXPECT_EQ(value, 2);
}

TEST(set_by_hand_once_and_not_while_somebody_initialises)
{
    rouse_once_init(&once);
    struct init i1 = ROUSE_FUTURE(init, .value = 1), i2 = ROUSE_FUTURE(init, .value = 2);
    MOCK(rouse_once_get_or_init, a, rouse_once_get_or_init(&once, &i1.future));
    EXPECT_PENDING(POLL(a));
    EXPECT_EQ(rouse_once_set(&once), ROUSE_ERR_FULL);
    rouse_drop(&a.future);
    EXPECT_EQ(rouse_once_set(&once), ROUSE_OK);
    EXPECT_EQ(rouse_once_set(&once), ROUSE_ERR_FULL);
    MOCK(rouse_once_get_or_init, b, rouse_once_get_or_init(&once, &i2.future));
    EXPECT_READY(POLL(b), ROUSE_OK);
}

TEST(stream_as_initialiser_gives_one_item_and_is_dropped)
{
    static struct rouse_runtime rt;
    struct rouse_fake_host host;
    rouse_fake_host_init(&host);
    struct rouse_options options = {.host = &host.host};
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_once_init(&once);
    struct rouse_interval ticks = rouse_interval(ROUSE_MS, ROUSE_SKIP);
    MOCK(rouse_once_get_or_init, a, rouse_once_get_or_init(&once, &ticks.future));
    a_task.runtime = &rt;
    EXPECT_PENDING(POLL(a));
    host.clock_ns = ROUSE_MS;
    rouse_turn(&rt);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT(rouse_is_done(&ticks.future));
    rouse_runtime_drop(&rt);
}
