/* retry, under a clock turned by hand. */
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
/* In the hostile build every await suspends once before it polls. */
static struct rouse_polled poll_on(struct mock_task *task)
{
    struct rouse_polled polled;
    unsigned woken;
    do {
        woken = task->woken;
        polled = mock_poll(task);
    } while (rouse_is_pending(polled) && task->woken != woken);
    return polled;
}

struct attempts {
    struct gate gate;
    unsigned makes;
    unsigned fails; /* so many attempts */
    bool hang, out_of_memory;
};
static struct rouse_future *attempt(void *data)
{
    struct attempts *attempts = data;
    ROUSE_PUT(attempts->gate, gate());
    attempts->makes++;
    attempts->gate.open = !attempts->hang;
    attempts->gate.result = attempts->makes > attempts->fails ? ROUSE_OK : -1000;
    return attempts->out_of_memory ? NULL : &attempts->gate.future;
}

TEST(retry_makes_the_attempt_anew_after_growing_pauses)
{
    struct attempts attempts = {.fails = 3};
    struct rouse_retry_policy policy = {.base_ns = 10, .max_ns = 30};
    struct rouse_retry f = rouse_retry(attempt, &attempts, &policy);
    struct mock_task t = task_of(&f.future);
    uint64_t when[] = {0, 10, 30, 60}; /* 10, 20, then no more than 30 */
    open_runtime();
    for (unsigned i = 0; i < 4; i++) {
        rouse_fake_host_advance(&host, when[i] - host.clock_ns);
        if (i > 0 && when[i] > 1)
            EXPECT_EQ(attempts.makes, i);
        struct rouse_polled polled = poll_on(&t);
        EXPECT_EQ(attempts.makes, i + 1);
        EXPECT_EQ(rouse_is_pending(polled), i < 3);
    }
    EXPECT_EQ(f.future.status, ROUSE_OK);
    EXPECT_EQ(f.out, 4);
    rouse_runtime_drop(&rt);
}

TEST(retry_gives_up_after_the_last_attempt_and_fails_like_it)
{
    struct attempts attempts = {.fails = 9};
    struct rouse_retry_policy policy = {.attempts = 2, .base_ns = 10};
    struct rouse_retry f = rouse_retry(attempt, &attempts, &policy);
    struct mock_task t = task_of(&f.future);
    open_runtime();
    EXPECT_PENDING(poll_on(&t));
    rouse_fake_host_advance(&host, 10);
    EXPECT_READY(poll_on(&t), -1000);
    EXPECT_EQ(f.out, 2);
    rouse_runtime_drop(&rt);
}

static bool not_1000(void *data, rouse_status status)
{
    (void)data;
    return status != -1000;
}

TEST(retry_of_a_failure_that_is_not_worth_it_fails_at_once)
{
    struct attempts attempts = {.fails = 9};
    struct rouse_retry_policy policy = {.again = not_1000};
    struct rouse_retry f = rouse_retry(attempt, &attempts, &policy);
    struct mock_task t = task_of(&f.future);
    open_runtime();
    EXPECT_READY(poll_on(&t), -1000);
    EXPECT_EQ(f.out, 1);
    rouse_runtime_drop(&rt);
}

TEST(retry_ends_an_attempt_that_takes_too_long)
{
    struct attempts attempts = {.hang = true};
    struct rouse_retry_policy policy = {.attempts = 2, .attempt_ns = 5, .base_ns = 10};
    struct rouse_retry f = rouse_retry(attempt, &attempts, &policy);
    struct mock_task t = task_of(&f.future);
    open_runtime();
    EXPECT_PENDING(poll_on(&t));
    rouse_fake_host_advance(&host, 5);
    EXPECT_PENDING(poll_on(&t));
    EXPECT(rouse_is_done(&attempts.gate.future));
    EXPECT_EQ(attempts.makes, 1);
    rouse_fake_host_advance(&host, 10);
    EXPECT_PENDING(poll_on(&t));
    EXPECT_EQ(attempts.makes, 2);
    rouse_fake_host_advance(&host, 5);
    EXPECT_READY(poll_on(&t), ROUSE_ERR_TIMEOUT);
    EXPECT_EQ(t.live, 0);
    rouse_runtime_drop(&rt);
}

TEST(dropped_retry_drops_its_attempt_or_its_pause)
{
    struct attempts hangs = {.hang = true}, fails = {.fails = 9};
    struct rouse_retry f = rouse_retry(attempt, &hangs, NULL);
    struct rouse_retry g = rouse_retry(attempt, &fails, NULL);
    struct mock_task t = task_of(&f.future), u = task_of(&g.future);
    open_runtime();
    EXPECT_PENDING(poll_on(&t));
    EXPECT_PENDING(poll_on(&u));
    EXPECT_EQ(t.live + u.live, 2);
    rouse_drop(&f.future);
    rouse_drop(&g.future);
    EXPECT_EQ(gate_drops(&hangs.gate), 1);
    EXPECT_EQ(t.live + u.live, 0);
    rouse_runtime_drop(&rt);
}

TEST(retry_without_memory_for_an_attempt_says_so)
{
    struct attempts attempts = {.out_of_memory = true};
    struct rouse_retry f = rouse_retry(attempt, &attempts, NULL);
    struct mock_task t = task_of(&f.future);
    open_runtime();
    EXPECT_READY(poll_on(&t), ROUSE_ERR_NO_MEMORY);
    rouse_drop(&attempts.gate.future);
    rouse_runtime_drop(&rt);
}

/* How long the pause after the first failure is. */
static uint64_t jittered(uint32_t percent)
{
    struct attempts attempts = {.fails = 9};
    struct rouse_retry_policy policy = {.base_ns = 1000 * 1000, .jitter = percent};
    struct rouse_retry f = rouse_retry(attempt, &attempts, &policy);
    struct mock_task t = task_of(&f.future);
    EXPECT_PENDING(poll_on(&t));
    uint64_t pause = f.pause.deadline_ns - host.clock_ns;
    rouse_drop(&f.future);
    return pause;
}

TEST(retry_with_jitter_leaves_out_a_part_of_each_pause)
{
    bool differ = false;
    open_runtime();
    uint64_t first = jittered(50);
    EXPECT_EQ(jittered(0), 1000 * 1000);
    for (int i = 0; i < 100; i++) {
        uint64_t pause = jittered(50);
        EXPECT(pause >= 500 * 1000);
        EXPECT(pause <= 1000 * 1000);
        EXPECT(jittered(500) <= 1000 * 1000); /* more than all of it is all of it */
        differ = differ || pause != first;
    }
    EXPECT(differ);
    rouse_runtime_drop(&rt);
}

TEST(pause_that_grows_beyond_time_itself_saturates)
{
    struct attempts attempts = {.fails = 9};
    struct rouse_retry_policy policy = {.base_ns = UINT64_MAX / 2, .factor = 3};
    struct rouse_retry f = rouse_retry(attempt, &attempts, &policy);
    struct mock_task t = task_of(&f.future);
    open_runtime();
    EXPECT_PENDING(poll_on(&t));
    rouse_fake_host_advance(&host, UINT64_MAX / 2);
    EXPECT_PENDING(poll_on(&t));
    EXPECT(f.pause_ns == UINT64_MAX);
    rouse_drop(&f.future);
    policy.max_ns = 7; /* less than the first pause */
    struct rouse_retry g = rouse_retry(attempt, &attempts, &policy);
    EXPECT_EQ(g.pause_ns, 7);
    rouse_drop(&g.future);
    rouse_runtime_drop(&rt);
}

/* The chain of the last attempt's failure. */
struct failing {
    struct rouse_future future;
};
ROUSE_ASYNC(failing)
{
    ROUSE_BEGIN;
    ROUSE_FAIL_WITH(-1001, "as agreed");
    ROUSE_END;
}
struct caller {
    struct rouse_future future;
    struct failing failing;
    struct rouse_retry retry;
    rouse_status status;
};
static struct rouse_future *make_failing(void *data)
{
    struct caller *caller = data;
    ROUSE_PUT(caller->failing, ROUSE_FUTURE(failing));
    return &caller->failing.future;
}
ROUSE_ASYNC(caller)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->status, self->retry,
                    rouse_retry(make_failing, self, &(struct rouse_retry_policy){.attempts = 2}));
    test_say("%s: %s, %s", rouse_error(cx)->frames[0].function, rouse_error(cx)->message,
             rouse_error(cx)->frames[1].function);
    ROUSE_END;
}

TEST(retry_keeps_the_chain_of_the_last_failure)
{
    struct rouse_options options = {0};
    struct caller caller = ROUSE_FUTURE(caller);
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, &caller.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "failing: as agreed, rouse_retry");
    rouse_runtime_drop(&rt);
}
