/* Futures of time, under the fake host. */
#include "test.h"

static struct rouse_fake_host host;
static struct rouse_runtime rt;

static void begin(void)
{
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &(struct rouse_options){.host = &host.host}), ROUSE_OK);
}

static void end(void)
{
    rouse_runtime_drop(&rt);
}

static void advance(uint64_t ns)
{
    rouse_fake_host_advance(&host, ns);
}

static rouse_status poll_with(struct rouse_future *f, struct mock_task *t)
{
    t->future = f;
    t->runtime = &rt;
    return mock_poll(t).status;
}

TEST(sleep_wakes_when_due_and_never_early)
{
    begin();
    struct rouse_sleep f = rouse_sleep(10 * ROUSE_MS);
    struct mock_task t = {0};
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_PENDING_);
    advance(0);
    EXPECT_EQ(host.deadline_ns, 10 * ROUSE_MS);
    EXPECT_EQ(host.wake_ats, 1);
    advance(10 * ROUSE_MS - 1);
    EXPECT_EQ(t.woken, 0);
    advance(1);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_OK);
    EXPECT_EQ(host.deadline_ns, ROUSE_NEVER);
    EXPECT_EQ(t.live, 0);
    end();
}

/* Pitfalls 19 and 20. */
TEST(sleep_of_zero_is_done_at_once_and_forever_saturates)
{
    begin();
    host.clock_ns = UINT64_C(1) << 57; /* far beyond 2^36 ms */
    struct rouse_sleep zero = rouse_sleep(0), forever = rouse_sleep(UINT64_MAX);
    struct rouse_sleep next = rouse_sleep(1), past = rouse_sleep_until(5);
    struct mock_task t = {0}, u = {0}, v = {0};
    EXPECT_EQ(poll_with(&zero.future, &t), ROUSE_OK);
    EXPECT_EQ(poll_with(&past.future, &t), ROUSE_OK);
    EXPECT_EQ(poll_with(&forever.future, &u), ROUSE_PENDING_);
    EXPECT_EQ(poll_with(&next.future, &v), ROUSE_PENDING_);
    advance(1);
    EXPECT_EQ(v.woken, 1);
    struct rouse_sleep reset = rouse_sleep(1), until = rouse_sleep_until(UINT64_MAX);
    struct mock_task w = {0}, x = {0};
    EXPECT_EQ(poll_with(&reset.future, &w), ROUSE_PENDING_);
    EXPECT_EQ(poll_with(&until.future, &x), ROUSE_PENDING_);
    rouse_sleep_reset(&rt, &reset, UINT64_MAX);
    advance(UINT64_C(100) * 365 * 86400 * ROUSE_S);
    EXPECT_EQ(u.woken + w.woken + x.woken, 0);
    EXPECT(host.deadline_ns < ROUSE_NEVER); /* something is waited for */
    rouse_drop(&reset.future);
    rouse_drop(&until.future);
    rouse_drop(&next.future);
    rouse_drop(&forever.future);
    end();
}

/* Pitfall 23. */
TEST(dropped_sleep_leaves_no_timer_behind)
{
    begin();
    struct rouse_sleep f = rouse_sleep(ROUSE_S);
    struct mock_task t = {0};
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_PENDING_);
    advance(0);
    rouse_drop(&f.future);
    EXPECT_EQ(t.live, 0);
    advance(0);
    EXPECT_EQ(host.deadline_ns, ROUSE_NEVER);
    advance(2 * ROUSE_S);
    EXPECT_EQ(t.woken, 0);
    end();
}

/* Pitfall 25. */
TEST(a_clock_that_steps_back_stands_still)
{
    begin();
    host.clock_ns = 5 * ROUSE_S;
    EXPECT_EQ(rouse_now(&rt), 5 * ROUSE_S);
    host.clock_ns = ROUSE_S;
    EXPECT_EQ(rouse_now(&rt), 5 * ROUSE_S);
    struct rouse_sleep f = rouse_sleep(ROUSE_S);
    struct mock_task t = {0};
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_PENDING_);
    advance(4 * ROUSE_S); /* equal to what it was */
    EXPECT_EQ(t.woken, 0);
    advance(ROUSE_S);
    EXPECT_EQ(t.woken, 1);
    rouse_drop(&f.future);
    end();
}

TEST(reset_moves_a_sleep_in_place)
{
    begin();
    struct rouse_sleep f = rouse_sleep(ROUSE_S), g = rouse_sleep(ROUSE_S), made = rouse_sleep(9);
    struct mock_task t = {0}, u = {0};
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_PENDING_);
    EXPECT_EQ(poll_with(&g.future, &u), ROUSE_PENDING_);
    rouse_sleep_reset(&rt, &f, 3 * ROUSE_S);
    rouse_sleep_reset(&rt, &made, 2 * ROUSE_S); /* not polled yet: absolute from now on */
    advance(2 * ROUSE_S);
    EXPECT_EQ(t.woken, 0);
    EXPECT_EQ(u.woken, 1);
    struct mock_task v = {0};
    EXPECT_EQ(poll_with(&made.future, &v), ROUSE_OK);
    rouse_sleep_reset(&rt, &f, ROUSE_S); /* the past: due now */
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_OK);
    rouse_sleep_reset(&rt, &g, 5 * ROUSE_S); /* fired, not looked at: not done yet */
    EXPECT_EQ(poll_with(&g.future, &u), ROUSE_PENDING_);
    advance(3 * ROUSE_S);
    EXPECT_EQ(u.woken, 2);
    EXPECT_EQ(poll_with(&g.future, &u), ROUSE_OK);
    end();
}

TEST(sleep_under_an_executor_without_a_clock_is_not_supported)
{
    struct rouse_sleep f = rouse_sleep(1), until = rouse_sleep_until(1), built;
    rouse_sleep_init(&built, 1);
    struct mock_task t = mock_task(&f.future), u = mock_task(&built.future);
    struct mock_task v = mock_task(&until.future);
    EXPECT_READY(mock_poll(&v), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_NOT_SUPPORTED);
}

TEST(time_is_read_once_per_turn)
{
    begin();
    struct rouse_sleep f[3];
    struct mock_task t[3] = {0};
    for (int i = 0; i < 3; i++) {
        f[i] = rouse_sleep((uint64_t)(i + 1) * ROUSE_MS);
        EXPECT_EQ(poll_with(&f[i].future, &t[i]), ROUSE_PENDING_);
    }
    unsigned before = host.nows;
    host.clock_ns += 3 * ROUSE_MS;
    rouse_turn(&rt);
    EXPECT_EQ(host.nows, before + 1);
    for (int i = 0; i < 3; i++) {
        EXPECT_EQ(t[i].woken, 1);
        rouse_drop(&f[i].future);
    }
    end();
}

/* ---- timeout --------------------------------------------------------------------------------- */

TEST(timeout_drops_the_child_when_time_is_up)
{
    begin();
    struct rouse_sleep child = rouse_sleep(ROUSE_S);
    struct rouse_timeout f = rouse_timeout(&child.future, ROUSE_MS);
    struct mock_task t = {0};
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_PENDING_);
    advance(ROUSE_MS);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_ERR_TIMEOUT);
    EXPECT(rouse_is_done(&child.future));
    EXPECT_EQ(child.future.status, ROUSE_ERR_CANCELLED);
    EXPECT_EQ(t.live, 0);
    end();
}

TEST(timeout_keep_leaves_the_child_pending)
{
    begin();
    struct rouse_sleep child = rouse_sleep(ROUSE_S);
    struct rouse_timeout f = rouse_timeout_keep(&child.future, ROUSE_MS);
    struct mock_task t = {0}, u = {0};
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_PENDING_);
    advance(ROUSE_MS);
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_ERR_TIMEOUT);
    EXPECT(!rouse_is_done(&child.future));
    EXPECT_EQ(poll_with(&child.future, &u), ROUSE_PENDING_);
    advance(ROUSE_S);
    EXPECT_EQ(u.woken, 1);
    rouse_drop(&child.future);
    end();
}

TEST(timeout_in_time_gives_the_childs_status_also_in_the_same_turn)
{
    begin();
    struct rouse_sleep child = rouse_sleep(ROUSE_MS);
    struct rouse_timeout f = rouse_timeout(&child.future, ROUSE_MS);
    struct rouse_ready failing = rouse_ready(-1400);
    struct rouse_timeout g = rouse_timeout(&failing.future, ROUSE_MS);
    struct mock_task t = {0}, u = {0};
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_PENDING_);
    advance(ROUSE_MS);
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_OK);
    EXPECT_EQ(poll_with(&g.future, &u), -1400);
    end();
}

TEST(dropped_timeout_drops_child_and_timer)
{
    begin();
    struct rouse_sleep child = rouse_sleep(ROUSE_S);
    struct rouse_timeout f = rouse_timeout(&child.future, ROUSE_MS);
    struct mock_task t = {0};
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_PENDING_);
    rouse_drop(&f.future);
    EXPECT(rouse_is_done(&child.future));
    EXPECT_EQ(t.live, 0);
    end();
}

struct failing {
    struct rouse_future future;
};
ROUSE_ASYNC(failing)
{
    ROUSE_BEGIN;
    ROUSE_FAIL_WITH(-1401, "inside");
    ROUSE_END;
}
struct limited {
    struct rouse_future future;
    struct failing child;
    struct rouse_timeout limit;
};
ROUSE_ASYNC(limited)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->child, ROUSE_FUTURE(failing));
    ROUSE_AWAIT(self->limit, rouse_timeout(&self->child.future, ROUSE_S));
    ROUSE_END;
}

TEST(timeout_keeps_the_chain_of_the_child_whose_status_it_returns)
{
    begin();
    struct limited f = ROUSE_FUTURE(limited);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), -1401);
    EXPECT_TEXT(rouse_last_error(&rt)->message, "inside");
    EXPECT_EQ(rouse_last_error(&rt)->frame_count, 2);
    end();
}

TEST(fake_host_says_when_nothing_is_left_and_counts_interrupts)
{
    begin();
    struct rouse_pending never = rouse_pending();
    EXPECT_EQ(rouse_block_on(&rt, &never.future), ROUSE_ERR_DEADLOCK);
    struct rouse_remote remote;
    rouse_remote_init(&remote, &rt);
    rouse_remote_wake(&remote);
    rouse_remote_wake(&remote);
    EXPECT_EQ(host.interrupts, 1);
    EXPECT(!rouse_turn(&rt));
    rouse_remote_drop(&remote);
    end();
}

TEST(timeout_of_a_clockless_executor_drops_the_child)
{
    struct rouse_pending child = rouse_pending();
    struct rouse_timeout f = rouse_timeout(&child.future, 1);
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT(rouse_is_done(&child.future));
}

/* ---- interval -------------------------------------------------------------------------------- */

/* Ticks of 10 ms; after the second the program is away for 35 ms. Pitfall 24. */
static void tick_times(enum rouse_missed missed, uint64_t due[6])
{
    begin();
    struct rouse_interval f = rouse_interval(10 * ROUSE_MS, missed);
    struct mock_task t = {0};
    for (int i = 0; i < 6;) {
        rouse_status status = poll_with(&f.future, &t);
        if (status == ROUSE_ITEM_) {
            due[i++] = f.out / ROUSE_MS;
            if (i == 2)
                advance(35 * ROUSE_MS);
        } else {
            EXPECT_EQ(status, ROUSE_PENDING_);
            advance(ROUSE_MS);
        }
    }
    rouse_drop(&f.future);
    EXPECT_EQ(t.live, 0);
    end();
}

static void expect_ticks(enum rouse_missed missed, const uint64_t expected[6])
{
    uint64_t due[6];
    tick_times(missed, due);
    for (int i = 0; i < 6; i++)
        EXPECT_EQ(due[i], expected[i]);
}

TEST(interval_bursts_delays_or_skips_what_was_missed)
{
    expect_ticks(ROUSE_BURST, (const uint64_t[]){10, 20, 30, 40, 50, 60});
    expect_ticks(ROUSE_DELAY, (const uint64_t[]){10, 20, 30, 65, 75, 85});
    expect_ticks(ROUSE_SKIP, (const uint64_t[]){10, 20, 30, 60, 70, 80});
}

TEST(interval_does_not_drift_when_each_tick_is_late)
{
    begin();
    struct rouse_interval f = rouse_interval(10 * ROUSE_MS, ROUSE_BURST);
    struct mock_task t = {0};
    EXPECT_EQ(poll_with(&f.future, &t), ROUSE_PENDING_);
    for (uint64_t i = 1; i <= 1000; i++) {
        advance(10 * ROUSE_MS + (i == 1 ? 3 * ROUSE_MS : 0)); /* 3 ms late throughout */
        EXPECT_EQ(poll_with(&f.future, &t), ROUSE_ITEM_);
        EXPECT_EQ(f.out, i * 10 * ROUSE_MS);
        EXPECT_EQ(poll_with(&f.future, &t), ROUSE_PENDING_);
    }
    rouse_drop(&f.future);
    end();
}

TEST(interval_of_zero_is_invalid_and_single_ticks_can_be_dropped)
{
    begin();
    struct rouse_interval zero = rouse_interval(0, ROUSE_BURST);
    struct mock_task t = {0}, u = {0}, v = {0};
    EXPECT_EQ(poll_with(&zero.future, &t), ROUSE_ERR_INVALID);
    struct rouse_interval f = rouse_interval(10, ROUSE_SKIP);
    struct rouse_interval_tick tick = rouse_interval_tick(&f);
    EXPECT_EQ(poll_with(&tick.future, &u), ROUSE_PENDING_);
    rouse_drop(&tick.future);
    EXPECT_EQ(u.live, 0);
    advance(10); /* the schedule goes on although nobody waits */
    tick = rouse_interval_tick(&f);
    EXPECT_EQ(poll_with(&tick.future, &v), ROUSE_OK);
    EXPECT_EQ(tick.out, 10);
    rouse_drop(&f.future);
    end();
}
