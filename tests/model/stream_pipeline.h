/* stream_pipeline.h: random pipelines, each with the array it stands for. */
#ifndef STREAM_PIPELINE_H
#define STREAM_PIPELINE_H

#include "test.h"

enum { MAX_ITEMS = 64, MAX_STAGES = 6, MAX_SLOTS = 4 };

static uint64_t seed, state;
static unsigned begun, ended; /* of everything that suspends */

static unsigned dice(unsigned sides)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (unsigned)(state >> 33) % sides;
}

static void check(bool right, const char *what)
{
    if (right)
        return;
    fprintf(stderr, "model: %s in the round of --seed %llu\n", what, (unsigned long long)seed);
    exit(EXIT_FAILURE);
}

/* ---- What suspends at random ----------------------------------------------------------------- */

static struct rouse_polled suspended(struct rouse_context *cx)
{
    rouse_waker_wake_by_ref(&cx->waker);
    return ROUSE_PENDING;
}

struct source {
    struct rouse_future future;
    int items[MAX_ITEMS], out;
    unsigned count, taken;
};
ROUSE_STREAM(source)
{
    ROUSE_BEGIN;
    begun++;
    for (; self->taken < self->count; self->taken++) {
        while (dice(3) == 0)
            ROUSE_YIELD;
        ROUSE_EMIT(self->items[self->taken]);
    }
    ROUSE_FINALLY;
    ended += ROUSE_STARTED;
    ROUSE_END;
}

struct job {
    struct rouse_future future;
    int out;
    unsigned left;
    bool started;
};
static struct rouse_polled job_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct job *self = (struct job *)(void *)f;
    begun += !self->started;
    self->started = true;
    if (self->left-- > 0)
        return suspended(cx);
    ended++;
    return ROUSE_READY(ROUSE_OK);
}
static void job_drop(struct rouse_future *f)
{
    (void)f;
    ended++;
}
static const struct rouse_type job_type = {"job", __FILE__, sizeof(struct job), job_poll, job_drop};

/* ---- What stages do with items ---------------------------------------------------------------
 */

static int value(const void *item)
{
    return *(const int *)item;
}
static int twisted(int n)
{
    return (n * 7 + 3) % 101;
}
static void twist(void *data, const void *item, void *out)
{
    (void)data;
    *(int *)out = twisted(value(item));
}
static bool below(void *limit, const void *item)
{
    return value(item) < value(limit);
}
static bool twist_below(void *limit, const void *item, void *out)
{
    twist(NULL, item, out);
    return below(limit, item);
}
struct sums {
    int sum, limit;
};
static bool sum_up(void *data, const void *item, void *out)
{
    struct sums *sums = data;
    *(int *)out = sums->sum += value(item);
    return sums->sum < sums->limit;
}
static void from_enumerated(void *data, const void *item, void *out)
{
    const struct rouse_enumerated *pair = item;
    (void)data;
    *(int *)out = (int)pair->index + value(pair->item);
}
static void from_pair(void *data, const void *item, void *out)
{
    const struct rouse_pair *pair = item;
    (void)data;
    *(int *)out = value(pair->first) - value(pair->second);
}
static void from_chunk(void *data, const void *item, void *out)
{
    const struct rouse_chunk *chunk = item;
    int sum = (int)chunk->count;
    (void)data;
    for (size_t i = 0; i < chunk->count; i++)
        sum += ((const int *)chunk->items)[i];
    *(int *)out = sum;
}
static void from_job(void *data, const void *item, void *out)
{
    (void)data;
    *(int *)out = ((const struct job *)item)->out;
}
static void make_job(void *data, const void *item, void *slot)
{
    (void)data;
    *(struct job *)slot = ROUSE_FUTURE(job, .out = twisted(value(item)), .left = dice(3));
}
static const int small[] = {1, 2, 3};
static void make_stream(void *data, const void *item, void *out)
{
    (void)data;
    *(struct rouse_from_array *)out =
        rouse_from_array(small, sizeof *small, (size_t)abs(value(item)) % 4);
}

/* ---- A pipeline, and the array it stands for --------------------------------------------------
 */

struct stage {
    union {
        struct rouse_future future;
        struct rouse_map map;
        struct rouse_filter filter;
        struct rouse_filter_map filter_map;
        struct rouse_scan scan;
        struct rouse_take take;
        struct rouse_skip skip;
        struct rouse_take_while take_while;
        struct rouse_skip_while skip_while;
        struct rouse_chain chain;
        struct rouse_zip zip;
        struct rouse_merge merge;
        struct rouse_enumerate enumerate;
        struct rouse_chunks chunks;
        struct rouse_then then;
        struct rouse_buffer_ordered ordered;
        struct rouse_buffer_unordered unordered;
        struct rouse_flatten flatten;
    };
    struct rouse_map convert;      /* of items that are no ints */
    struct rouse_from_array inner; /* of a flatten */
    struct source other;           /* of a stage with two sources */
    struct job slots[MAX_SLOTS];
    struct sums sums;
    int limit, out, room[MAX_ITEMS];
};

struct pipeline {
    struct source source;
    struct stage stages[MAX_STAGES];
    struct rouse_future *end;
    int model[4 * MAX_ITEMS];
    unsigned count;
    bool shuffled; /* only what comes out is known, not in which order */
};

static struct source random_source(void)
{
    struct source source = ROUSE_FUTURE(source, .count = dice(MAX_ITEMS / 4));
    for (unsigned i = 0; i < source.count; i++)
        source.items[i] = (int)dice(100);
    return source;
}

static void converted(struct pipeline *p, struct stage *s, rouse_transform function)
{
    s->convert = rouse_map(&s->future, function, NULL, &s->out);
    p->end = &s->convert.future;
}

static void add_item_stage(struct pipeline *p, struct stage *s)
{
    struct rouse_future *source = p->end;
    unsigned kind = dice(4), kept = 0;
    p->end = &s->future;
    for (unsigned i = 0; i < p->count; i++) {
        int n = p->model[i];
        p->model[kept] = kind == 0 || kind == 2 ? twisted(n) : n;
        if (kind == 3)
            p->model[kept] = n + (int)i;
        kept += kind == 0 || kind == 3 || n < s->limit;
    }
    p->count = kept;
    if (kind == 0)
        s->map = rouse_map(source, twist, NULL, &s->out);
    else if (kind == 1)
        s->filter = rouse_filter(source, below, &s->limit);
    else if (kind == 2)
        s->filter_map = rouse_filter_map(source, twist_below, &s->limit, &s->out);
    else {
        s->enumerate = rouse_enumerate(source);
        converted(p, s, from_enumerated);
    }
}

static void model_skip(struct pipeline *p, unsigned n)
{
    n = n < p->count ? n : p->count;
    p->count -= n;
    memmove(p->model, p->model + n, p->count * sizeof *p->model);
}

static void add_bound_stage(struct pipeline *p, struct stage *s)
{
    struct rouse_future *source = p->end;
    unsigned n = dice(MAX_ITEMS / 4), run = 0;
    p->end = &s->future;
    while (run < p->count && p->model[run] < s->limit)
        run++;
    switch (dice(5)) {
    case 0:
        s->take = rouse_take(source, n);
        p->count = p->count < n ? p->count : n;
        break;
    case 1:
        s->skip = rouse_skip(source, n);
        model_skip(p, n);
        break;
    case 2:
        s->take_while = rouse_take_while(source, below, &s->limit);
        p->count = run;
        break;
    case 3:
        s->skip_while = rouse_skip_while(source, below, &s->limit);
        model_skip(p, run);
        break;
    default:
        s->sums.limit = 500;
        s->scan = rouse_scan(source, sum_up, &s->sums, &s->out);
        for (unsigned i = 0, sum = 0; i < p->count; i++) {
            sum += (unsigned)p->model[i];
            if ((int)sum >= 500)
                p->count = i;
            else
                p->model[i] = (int)sum;
        }
    }
}

static void add_second_source(struct pipeline *p, struct stage *s)
{
    struct rouse_future *source = p->end;
    unsigned kind = p->count + MAX_ITEMS / 4 <= MAX_ITEMS ? dice(3) : 0, other;
    s->other = random_source();
    other = s->other.count;
    p->end = &s->future;
    if (kind == 0) {
        s->zip = rouse_zip(source, &s->other.future);
        p->count = p->count < other ? p->count : other;
        for (unsigned i = 0; i < p->count; i++)
            p->model[i] -= s->other.items[i];
        converted(p, s, from_pair);
        return;
    }
    memcpy(p->model + p->count, s->other.items, other * sizeof *p->model);
    p->count += other;
    if (kind == 1)
        s->chain = rouse_chain(source, &s->other.future);
    else
        s->merge = rouse_merge(ROUSE_LIST(source, &s->other.future));
    p->shuffled = kind == 2;
}

static void add_chunks(struct pipeline *p, struct stage *s)
{
    unsigned size = 1 + dice(5), chunks = 0;
    s->chunks = rouse_chunks(p->end, s->room, sizeof *s->room, size);
    for (unsigned i = 0; i < p->count; chunks++) {
        int sum = 0;
        for (unsigned end = i + size; i < end && i < p->count; i++)
            sum += 1 + p->model[i];
        p->model[chunks] = sum;
    }
    p->count = chunks;
    converted(p, s, from_chunk);
}

static void add_nested_stage(struct pipeline *p, struct stage *s)
{
    struct rouse_future *source = p->end;
    unsigned kind = dice(4), n = 0;
    int before[MAX_ITEMS];
    memcpy(before, p->model, p->count * sizeof *before);
    for (unsigned i = 0; kind < 3 && i < p->count; i++)
        p->model[i] = twisted(before[i]);
    if (kind == 0)
        s->then = rouse_then(source, make_job, NULL, &s->slots[0]);
    else if (kind == 1)
        s->ordered = rouse_buffer_ordered(source, make_job, NULL, s->slots, sizeof *s->slots,
                                          1 + dice(MAX_SLOTS));
    else if (kind == 2)
        s->unordered = rouse_buffer_unordered(source, make_job, NULL, ROUSE_ARRAY(s->slots));
    p->shuffled = kind == 2;
    if (kind < 3) {
        converted(p, s, from_job);
        return;
    }
    for (unsigned i = 0; i < p->count; i++)
        for (int inner = 0; inner < abs(before[i]) % 4; inner++)
            p->model[n++] = small[inner];
    p->count = n;
    s->convert = rouse_map(source, make_stream, NULL, &s->inner);
    s->flatten = rouse_flatten(&s->convert.future);
    p->end = &s->future;
}

static void build(struct pipeline *p)
{
    memset(p, 0, sizeof *p);
    p->source = random_source();
    p->end = &p->source.future;
    p->count = p->source.count;
    memcpy(p->model, p->source.items, sizeof p->source.items);
    /* What comes after a stage that shuffles would have to be known in order. */
    for (unsigned i = 0; i < MAX_STAGES && !p->shuffled && p->count <= MAX_ITEMS; i++) {
        struct stage *s = &p->stages[i];
        s->limit = (int)dice(120);
        switch (dice(5)) {
        case 0:
            add_item_stage(p, s);
            break;
        case 1:
            add_bound_stage(p, s);
            break;
        case 2:
            add_second_source(p, s);
            break;
        case 3:
            add_chunks(p, s);
            break;
        default:
            add_nested_stage(p, s);
        }
    }
}

#endif
