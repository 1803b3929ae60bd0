/* metrics.c: counters and histograms of a runtime. Counters are read from what the runtime keeps
   anyway. The latency is sampled: one task at a time, the probe, is followed from its wake to its
   poll, so tasks need not store the time of their wakes.

   Invariant: a probe that was set during a turn is polled in a later one. So if a turn begins
   without a probe, all ready tasks were woken since the last turn. */
#include <rouse/metrics.h>

#include "executor.h"
#include "slab.h"

/* ---- Histograms ---------------------------------------------------------------------------- */

static void count_time(struct rouse_histogram *histogram, uint64_t ns)
{
    int bucket = ns ? 63 - __builtin_clzll(ns) : 0;
    if (bucket >= ROUSE_HISTOGRAM_BUCKETS)
        bucket = ROUSE_HISTOGRAM_BUCKETS - 1;
    histogram->buckets[bucket]++;
    histogram->count++;
    histogram->sum_ns += ns;
    if (ns > histogram->max_ns)
        histogram->max_ns = ns;
}

uint64_t rouse_histogram_quantile(const struct rouse_histogram *histogram, double part)
{
    uint64_t seen = 0;
    for (int i = 0; i < ROUSE_HISTOGRAM_BUCKETS; i++) {
        seen += histogram->buckets[i];
        uint64_t end = (UINT64_C(2) << i) - 1;
        if (seen && (double)seen >= part * (double)histogram->count)
            return end < histogram->max_ns ? end : histogram->max_ns;
    }
    return 0; /* nothing was counted */
}

static void set_probe(struct rouse_histograms *all, const struct rouse_task *task, uint64_t now)
{
    all->probe = task;
    all->woken_ns = now;
}

/* `task` is polled next; NULL: the turn is over. Tasks that are woken now come behind `tail`. */
static void begin_poll(struct rouse_histograms *all, const struct rouse_task *task,
                       const struct rouse_task *tail, uint64_t now)
{
    if (task && all->probe == task) {
        count_time(&all->latency, now - all->woken_ns);
        all->probe = NULL;
    }
    all->tail = tail;
    all->began_ns = now;
}

/* The last task in the queue for the next turn; NULL: none. */
static const struct rouse_task *ready_tail(const struct rouse_runtime *rt)
{
    return rt->ready.head ? rt->ready.tail : NULL;
}

void rouse_i_meter(struct rouse_runtime *rt, const struct rouse_task *task,
                   enum rouse_i_metered what)
{
    struct rouse_histograms *all = rt->histograms;
    const struct rouse_task *tail = ready_tail(rt);
    uint64_t now = rt->host->calls->now(rt->host);
    if (what == ROUSE_I_UNLINKED && all->probe == task)
        all->probe = NULL;
    if (what != ROUSE_I_UNLINKED && !all->probe && tail)
        set_probe(all, tail, now);
    if (what == ROUSE_I_TURN)
        begin_poll(all, rt->running ? rt->running : rt->ready.head, tail, now);
}

/* Called when one poll has ended and the next begins. */
static bool between_polls(struct rouse_runtime *rt)
{
    struct rouse_histograms *all = rt->histograms;
    const struct rouse_task *tail = ready_tail(rt);
    uint64_t now = rt->host->calls->now(rt->host);
    count_time(&all->poll, now - all->began_ns);
    if (!all->probe && tail && tail != all->tail)
        set_probe(all, tail, now);
    begin_poll(all, rt->running, tail, now);
    return all->sliced && all->poll.count % ROUSE_I_SLICE_POLLS == 0 && all->sliced(rt);
}

void rouse_metrics_enable(struct rouse_runtime *rt, struct rouse_histograms *storage)
{
    rouse_i_slice(rt);
    rt->histograms = storage;
    if (!storage)
        return;
    *storage = (struct rouse_histograms){.sliced = rt->between,
                                         .began_ns = rt->host->calls->now(rt->host)};
    rt->between = between_polls;
    rt->between_mask = 0;
}

/* ---- Counters ------------------------------------------------------------------------------ */

static size_t queue_length(const struct rouse_task *task)
{
    size_t n = 0;
    for (; task; task = task->next)
        n++;
    return n;
}

static size_t held_bytes(const struct rouse_i_slab *slab)
{
    const struct rouse_i_node *node = slab->chunks.next; /* NULL without a heap spawn */
    size_t bytes = 0;
    for (; node && node != &slab->chunks; node = node->next)
        bytes += ROUSE_I_CONTAINER(node, const struct rouse_i_chunk, node)->size;
    return bytes;
}

void rouse_metrics(const struct rouse_runtime *rt, struct rouse_metrics *metrics)
{
    size_t queue = queue_length(rt->ready.head) + queue_length(rt->running);
    *metrics = (struct rouse_metrics){.polls = rt->popped - rt->stale,
                                      .wakes = rt->popped + queue,
                                      .forced_yields = rt->forced_yields,
                                      .spawned = rt->spawned,
                                      .tasks = rt->task_count,
                                      .queue = queue,
                                      .memory = held_bytes(&rt->slab),
                                      .histograms = rt->histograms};
}
