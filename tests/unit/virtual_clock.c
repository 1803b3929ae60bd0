/* Clocks that jump from deadline to deadline. */
#include "test.h"

static struct rouse_runtime rt;

struct ticker {
    struct rouse_future future;
    struct rouse_interval every;
    struct rouse_sleep nap;
    struct rouse_timeout limit;
    struct rouse_pending never;
    rouse_status status;
    int ticks;
};
ROUSE_ASYNC(ticker)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->every, rouse_interval(ROUSE_S, ROUSE_SKIP)) {
        if (++self->ticks == 60)
            break;
    }
    ROUSE_AWAIT_INIT(self->nap, rouse_sleep_init, 3600 * ROUSE_S);
    ROUSE_PUT(self->never, rouse_pending());
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout(&self->never.future, ROUSE_S));
    EXPECT_EQ(rouse_now(rouse_runtime_of(cx)), 3661 * ROUSE_S);
    ROUSE_FINALLY;
    rouse_drop(&self->every.future);
    ROUSE_END;
}

TEST(virtual_clock_jumps_from_deadline_to_deadline)
{
    struct rouse_options options = {0};
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    struct ticker f = ROUSE_FUTURE(ticker);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_EQ(f.status, ROUSE_ERR_TIMEOUT);
    struct rouse_pending never = rouse_pending();
    EXPECT_EQ(rouse_block_on(&rt, &never.future), ROUSE_ERR_DEADLOCK);
    rouse_runtime_drop(&rt);
}

TEST(virtual_clock_jumps_while_a_remote_exists)
{
    struct rouse_options options = {0};
    struct rouse_remote remote;
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_remote_init(&remote, &rt);
    struct rouse_sleep nap = rouse_sleep(ROUSE_S);
    EXPECT_EQ(rouse_block_on(&rt, &nap.future), ROUSE_OK);
    EXPECT_EQ(rouse_now(&rt), ROUSE_S);
    rouse_remote_drop(&remote);
    rouse_runtime_drop(&rt);
}

TEST(fake_host_waits_by_jumping_to_the_deadline)
{
    struct rouse_fake_host host;
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &(struct rouse_options){.host = &host.host}), ROUSE_OK);
    struct ticker f = ROUSE_FUTURE(ticker);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_EQ(host.waits, 62);
    rouse_runtime_drop(&rt);
}
