/* What a runtime counts, and the histograms that are kept once asked for. */
#include "test.h"
// needs: malloc

static struct rouse_runtime rt;
static struct rouse_fake_host host;

static void begin(void)
{
    rouse_fake_host_init(&host);
    struct rouse_options options = {.host = &host.host, .budget = 8};
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
}

static struct rouse_metrics read_metrics(void)
{
    struct rouse_metrics metrics;
    rouse_metrics(&rt, &metrics);
    return metrics;
}

TEST(a_runtime_that_has_done_nothing_has_counted_nothing)
{
    begin();
    struct rouse_metrics m = read_metrics();
    EXPECT_EQ(m.polls + m.wakes + m.forced_yields + m.spawned, 0);
    EXPECT_EQ(m.tasks + m.queue + m.memory, 0);
    EXPECT(!m.histograms);
    rouse_runtime_drop(&rt);
}

TEST(tasks_wakes_and_polls_are_counted)
{
    begin();
    struct rouse_task *first = rouse_spawn(&rt, rouse_yield());
    struct rouse_task *second = rouse_spawn(&rt, rouse_pending());
    EXPECT_EQ(read_metrics().queue, 2);
    EXPECT_EQ(read_metrics().wakes, 2);
    EXPECT(rouse_turn(&rt));
    EXPECT_EQ(read_metrics().polls, 2);
    EXPECT_EQ(read_metrics().wakes, 3);
    EXPECT(!rouse_turn(&rt));
    EXPECT_EQ(read_metrics().polls, 3);
    EXPECT_EQ(read_metrics().tasks, 1);
    EXPECT_EQ(read_metrics().spawned, 2);
    EXPECT(read_metrics().memory > 0);
    rouse_task_detach(first);
    rouse_task_abort(second);
    rouse_task_detach(second);
    rouse_runtime_drop(&rt);
}

TEST(a_task_aborted_while_it_is_ready_was_woken_and_not_polled)
{
    static ROUSE_TASK(rouse_yield) slot;
    begin();
    struct rouse_task *heap = rouse_spawn(&rt, rouse_yield());
    struct rouse_task *placed = rouse_spawn_in(&rt, &slot, rouse_yield());
    rouse_task_abort(heap);
    rouse_task_abort(placed);
    rouse_task_detach(heap);
    rouse_task_detach(placed);
    EXPECT(!rouse_turn(&rt));
    EXPECT_EQ(read_metrics().wakes, 2);
    EXPECT_EQ(read_metrics().polls, 0);
    EXPECT_EQ(read_metrics().queue, 0);
    rouse_runtime_drop(&rt);
}

static struct rouse_polled spend_all(void *data, struct rouse_context *cx)
{
    int *rounds = data;
    if (++*rounds == 3)
        return ROUSE_READY(ROUSE_OK);
    while (rouse_spend(cx)) {
    }
    return ROUSE_PENDING;
}

TEST(polls_that_use_their_budget_up_are_counted)
{
    int rounds = 0;
    begin();
    struct rouse_poll_fn f = rouse_poll_fn(spend_all, &rounds);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_EQ(read_metrics().forced_yields, 2);
    rouse_runtime_drop(&rt);
}

static struct rouse_polled give_histograms_up(void *data, struct rouse_context *cx)
{
    (void)data;
    rouse_metrics_enable(cx->runtime, NULL);
    return ROUSE_READY(ROUSE_OK);
}

/* ---- Histograms ---------------------------------------------------------------------------- */

static struct rouse_histograms all;

static struct rouse_polled take_1000_ns(void *data, struct rouse_context *cx)
{
    int *polls = data;
    host.clock_ns += 1000;
    if (++*polls == 2)
        return ROUSE_READY(ROUSE_OK);
    rouse_waker_wake_by_ref(&cx->waker);
    return ROUSE_PENDING;
}

TEST(the_time_of_each_poll_and_of_a_wait_is_counted)
{
    int polls = 0;
    begin();
    rouse_metrics_enable(&rt, &all);
    struct rouse_task *task = rouse_spawn(&rt, rouse_poll_fn(take_1000_ns, &polls));
    host.clock_ns += 5000; /* the host takes its time */
    EXPECT(rouse_turn(&rt));
    host.clock_ns += 3000;
    EXPECT(!rouse_turn(&rt));
    EXPECT_EQ(read_metrics().histograms->poll.count, 2);
    EXPECT_EQ(all.poll.sum_ns, 2000);
    EXPECT_EQ(all.poll.max_ns, 1000);
    EXPECT_EQ(all.poll.buckets[9], 2); /* 512 to 1023 */
    EXPECT_EQ(all.latency.count, 2);
    EXPECT_EQ(all.latency.sum_ns, 8000);
    rouse_task_detach(task);
    rouse_metrics_enable(&rt, NULL);
    EXPECT(!read_metrics().histograms);
    rouse_runtime_drop(&rt);
}

TEST(a_probe_that_is_aborted_makes_room_for_the_next)
{
    static ROUSE_TASK(rouse_yield) slot;
    begin();
    rouse_metrics_enable(&rt, &all);
    struct rouse_task *placed = rouse_spawn_in(&rt, &slot, rouse_yield());
    rouse_task_abort(placed);
    rouse_task_detach(placed);
    EXPECT(!rouse_turn(&rt));
    EXPECT_EQ(all.latency.count, 0);
    struct rouse_ready now = rouse_ready(ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, &now.future), ROUSE_OK);
    EXPECT_EQ(all.latency.count, 1);
    rouse_runtime_drop(&rt);
}

TEST(histograms_may_be_given_up_inside_a_poll)
{
    begin();
    rouse_metrics_enable(&rt, &all);
    struct rouse_poll_fn f = rouse_poll_fn(give_histograms_up, NULL);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_EQ(all.poll.count, 0);
    rouse_runtime_drop(&rt);
}

TEST(a_quantile_is_the_end_of_its_bucket_or_the_most_there_was)
{
    struct rouse_histogram few = {.count = 4, .max_ns = 900, .buckets = {[3] = 3, [9] = 1}};
    EXPECT_EQ(rouse_histogram_quantile(&few, 0.5), 15);
    EXPECT_EQ(rouse_histogram_quantile(&few, 1), 900);
    EXPECT_EQ(rouse_histogram_quantile(&few, 0), 15);
    EXPECT_EQ(rouse_histogram_quantile(&(struct rouse_histogram){.count = 0}, 0.5), 0);
}

TEST(what_takes_longer_than_all_buckets_is_in_the_last)
{
    int polls = 1;
    begin();
    rouse_metrics_enable(&rt, &all);
    struct rouse_task *task = rouse_spawn(&rt, rouse_poll_fn(take_1000_ns, &polls));
    host.clock_ns += UINT64_C(1) << 50;
    EXPECT(!rouse_turn(&rt));
    EXPECT_EQ(all.latency.buckets[ROUSE_HISTOGRAM_BUCKETS - 1], 1);
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}

static struct rouse_polled ask_for_histograms(void *data, struct rouse_context *cx)
{
    (void)data;
    rouse_metrics_enable(cx->runtime, &all);
    host.clock_ns += 1000;
    return ROUSE_READY(ROUSE_OK);
}

TEST(a_poll_in_which_histograms_are_asked_for_counts_from_there)
{
    begin();
    struct rouse_poll_fn f = rouse_poll_fn(ask_for_histograms, NULL);
    host.clock_ns += 5000;
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_EQ(all.poll.sum_ns, 1000);
    rouse_runtime_drop(&rt);
}

static unsigned looks;

static bool count_a_look(struct rouse_host *unused)
{
    (void)unused;
    looks++;
    return true;
}

TEST(histograms_leave_the_slice_as_it_is)
{
    rouse_fake_host_init(&host);
    struct rouse_host_calls calls = *host.host.calls;
    calls.slice_over = count_a_look;
    host.host.calls = &calls;
    struct rouse_options options = {.host = &host.host};
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_metrics_enable(&rt, &all);
    for (int i = 0; i < 100; i++)
        rouse_task_detach(rouse_spawn(&rt, rouse_yield()));
    EXPECT(rouse_turn(&rt));
    EXPECT_EQ(looks, 1);
    EXPECT_EQ(read_metrics().polls, 64);
    EXPECT_EQ(all.poll.count, 64);
    rouse_runtime_drop(&rt);
}
