/* metrics.h: what a runtime has done so far. Every build has the counters, and they cost nothing
   until you read them. Once enabled, the two histograms read the host's clock once per poll. */
#ifndef ROUSE_METRICS_H
#define ROUSE_METRICS_H

#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Histograms ---------------------------------------------------------------------------- */

/* Bucket n counts times from 2^n to 2^(n+1) - 1 ns; the first one also 0, the last one all longer
   times. */
enum { ROUSE_HISTOGRAM_BUCKETS = 40 };
struct rouse_histogram {
    uint64_t count, sum_ns, max_ns;
    uint64_t buckets[ROUSE_HISTOGRAM_BUCKETS];
};
/* The time that `part` (0 to 1) of all times did not exceed, rounded up to the end of its bucket.
 */
uint64_t rouse_histogram_quantile(const struct rouse_histogram *histogram, double part);

struct rouse_histograms {
    struct rouse_histogram poll;    /* how long polls of tasks took */
    struct rouse_histogram latency; /* from wake to poll, for about one task per turn */
    /* private */
    const struct rouse_task *probe, *tail;
    uint64_t woken_ns, began_ns;
    bool (*sliced)(struct rouse_runtime *rt);
};
/* Zeroes `storage` and fills it until you call this with NULL or the runtime ends. */
void rouse_metrics_enable(struct rouse_runtime *rt, struct rouse_histograms *storage);

/* ---- Counters ------------------------------------------------------------------------------ */

struct rouse_metrics {
    uint64_t polls; /* of tasks; a turn adds its polls when it ends */
    uint64_t wakes; /* how often a task became ready; more wakes before its poll do not count */
    uint64_t forced_yields; /* polls that used up their budget */
    uint64_t spawned;
    size_t tasks;  /* not finished */
    size_t queue;  /* tasks that are ready to run */
    size_t memory; /* bytes that the runtime has for tasks on the heap */
    const struct rouse_histograms *histograms; /* NULL: not enabled */
};
/* Call it at any time, also inside a poll. It walks the queue and the chunks of memory. */
void rouse_metrics(const struct rouse_runtime *rt, struct rouse_metrics *metrics);

#ifdef __cplusplus
}
#endif
#endif
