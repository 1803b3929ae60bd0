/* rate, under a clock turned by hand. */
#include "gate.h"

static struct rouse_runtime rt;
static struct rouse_fake_host host;
static void open_runtime(void)
{
    struct rouse_options options = {.host = &host.host};
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
}
static struct mock_task task_of(struct rouse_future *f)
{
    struct mock_task task = mock_task(f);
    task.runtime = &rt;
    return task;
}
TEST(rate_lets_a_burst_through_and_then_one_token_an_interval)
{
    struct rouse_rate rate;
    open_runtime();
    rouse_rate_init(&rate, 3, 10);
    for (int i = 0; i < 3; i++)
        EXPECT(rouse_rate_try_acquire(&rate, &rt, 1));
    EXPECT(!rouse_rate_try_acquire(&rate, &rt, 1));
    struct rouse_rate_acquire f = rouse_rate_acquire(&rate, 1);
    struct mock_task t = task_of(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_fake_host_advance(&host, 9);
    EXPECT_PENDING(mock_poll(&t)); /* never early */
    rouse_fake_host_advance(&host, 1);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(t.live, 0);
    rouse_fake_host_advance(&host, 1000); /* a full bucket holds no more than the burst */
    EXPECT(!rouse_rate_try_acquire(&rate, &rt, 4));
    EXPECT(rouse_rate_try_acquire(&rate, &rt, 3));
    EXPECT(!rouse_rate_try_acquire(&rate, &rt, 1));
    rouse_runtime_drop(&rt);
}

TEST(rate_serves_in_turn_who_wants_much_is_not_overtaken)
{
    struct rouse_rate rate;
    open_runtime();
    rouse_rate_init(&rate, 4, 10);
    EXPECT(rouse_rate_try_acquire(&rate, &rt, 3));
    struct rouse_rate_acquire much = rouse_rate_acquire(&rate, 3),
                              little = rouse_rate_acquire(&rate, 1);
    struct mock_task t = task_of(&much.future), u = task_of(&little.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u)); /* there is a token, but it is not its turn */
    EXPECT(!rouse_rate_try_acquire(&rate, &rt, 1));
    rouse_fake_host_advance(&host, 20);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(u.woken, 1);
    EXPECT_PENDING(mock_poll(&u));
    rouse_fake_host_advance(&host, 10);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    rouse_runtime_drop(&rt);
}

TEST(rate_waiter_dropped_passes_its_turn_on)
{
    struct rouse_rate rate;
    open_runtime();
    rouse_rate_init(&rate, 2, 10);
    EXPECT(rouse_rate_try_acquire(&rate, &rt, 2));
    struct rouse_rate_acquire a = rouse_rate_acquire(&rate, 2), b = rouse_rate_acquire(&rate, 1),
                              c = rouse_rate_acquire(&rate, 1);
    struct mock_task t = task_of(&a.future), u = task_of(&b.future), v = task_of(&c.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    EXPECT_PENDING(mock_poll(&v));
    rouse_drop(&b.future); /* from the middle: nobody's turn */
    EXPECT_EQ(v.woken, 0);
    rouse_drop(&a.future);
    EXPECT_EQ(v.woken, 1);
    EXPECT_PENDING(mock_poll(&v));
    rouse_fake_host_advance(&host, 10);
    EXPECT_READY(mock_poll(&v), ROUSE_OK);
    EXPECT_EQ(t.live + u.live + v.live, 0);
    rouse_runtime_drop(&rt);
}

TEST(rate_cannot_give_more_than_the_bucket_holds)
{
    struct rouse_rate rate, none, unlimited, endless;
    open_runtime();
    rouse_rate_init(&rate, 2, 10);
    rouse_rate_init(&none, 0, 10);
    rouse_rate_init(&unlimited, 1, 0);
    rouse_rate_init(&endless, UINT64_MAX, UINT64_MAX);
    struct rouse_rate_acquire f = rouse_rate_acquire(&rate, 3), g = rouse_rate_acquire(&none, 1);
    struct mock_task t = task_of(&f.future), u = task_of(&g.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_INVALID);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_INVALID);
    EXPECT(rouse_rate_try_acquire(&unlimited, &rt, UINT64_MAX));
    EXPECT(rouse_rate_try_acquire(&unlimited, &rt, UINT64_MAX));
    rouse_fake_host_advance(&host, 5);
    EXPECT(rouse_rate_try_acquire(&endless, &rt, UINT64_MAX));
    rouse_runtime_drop(&rt);
}

TEST(rate_under_a_foreign_executor_has_no_clock)
{
    struct rouse_rate rate;
    rouse_rate_init(&rate, 1, 10);
    struct rouse_rate_acquire f = rouse_rate_acquire(&rate, 1);
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NOT_SUPPORTED);
}
