/* The ring of records; in traced builds also what is written to it. */
#include "test.h"
// needs: malloc

static struct rouse_trace_record ring[64];
static char strings[256];
static struct rouse_trace trace;

TEST(a_record_is_32_bytes_and_buffers_are_checked)
{
    EXPECT_EQ(sizeof(struct rouse_trace_record), 32);
    EXPECT_EQ(offsetof(struct rouse_trace_record, t), 24);
    EXPECT_EQ(rouse_trace_init(&trace, NULL, 64, strings, sizeof strings), ROUSE_ERR_INVALID);
    EXPECT_EQ(rouse_trace_init(&trace, ring, 63, strings, sizeof strings), ROUSE_ERR_INVALID);
    EXPECT_EQ(rouse_trace_init(&trace, ring, 0, strings, sizeof strings), ROUSE_ERR_INVALID);
    EXPECT_EQ(rouse_trace_init(&trace, ring, 64, NULL, 1), ROUSE_ERR_INVALID);
    EXPECT_EQ(rouse_trace_init(&trace, ring, 64, strings, 0), ROUSE_ERR_INVALID);
    EXPECT_EQ(rouse_trace_init(&trace, ring, 64, strings, sizeof strings), ROUSE_OK);
    EXPECT(!rouse_trace_at(&trace, 0));
    EXPECT_TEXT(rouse_trace_text(&trace, 0), "");
    EXPECT_TEXT(rouse_trace_text(&trace, 999), "");
    EXPECT_TEXT(rouse_trace_kind_name(ROUSE_EVENT_FUT_CREATE), "fut.create");
    EXPECT_TEXT(rouse_trace_kind_name(200), "?");
}

struct traced {
    struct rouse_future future;
    struct rouse_sleep nap;
    struct rouse_pending never;
    struct rouse_timeout limit;
    struct rouse_task *child;
    struct rouse_task_join join;
    rouse_status status;
};
struct child {
    struct rouse_future future;
};
ROUSE_ASYNC(child)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_END;
}
ROUSE_ASYNC(traced)
{
    ROUSE_BEGIN;
    rouse_trace_log(cx->runtime, "hello");
    self->child = ROUSE_SPAWN(ROUSE_FUTURE(child));
    ROUSE_AWAIT(self->join, rouse_task_join(self->child));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_PUT(self->never, rouse_pending());
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout(&self->never.future, ROUSE_MS));
    ROUSE_FINALLY;
    rouse_task_detach(self->child);
    ROUSE_END;
}

static unsigned count_kind(enum rouse_trace_kind kind)
{
    unsigned count = 0;
    const struct rouse_trace_record *record;
    for (uint32_t i = 0; (record = rouse_trace_at(&trace, i)); i++)
        count += record->kind == kind;
    return count;
}

/* A little of everything. */
static void run_traced(struct rouse_trace_record *records, uint32_t capacity)
{
    struct rouse_runtime rt;
    struct rouse_options options = {.trace = &trace};
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_trace_init(&trace, records, capacity, strings, sizeof strings), ROUSE_OK);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    struct traced f = ROUSE_FUTURE(traced);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    struct rouse_task *task = rouse_spawn(&rt, rouse_pending());
    rouse_task_abort(task);
    rouse_task_detach(task);
    struct rouse_sleep unpolled = rouse_sleep(1);
    rouse_drop(&unpolled.future);
    rouse_runtime_drop(&rt);
}

TEST(events_are_recorded_in_order_without_gaps)
{
    static struct rouse_trace_record big[512];
    run_traced(big, 512);
    if (!ROUSE_TRACE) {
        EXPECT_EQ(trace.seq, 0);
        return;
    }
#define EXPECT_KIND(name, code, text, a, b, c)                                  \
    if ((code) < ROUSE_EVENT_WAKER_CLONE ||                                     \
        ((code) > ROUSE_EVENT_WAKER_DROP && (code) < ROUSE_EVENT_TIMER_CANCEL)) \
        EXPECT(count_kind(code) > 0);
    ROUSE_TRACE_LIST(EXPECT_KIND)
    EXPECT_EQ(count_kind(ROUSE_EVENT_POLL_BEGIN), count_kind(ROUSE_EVENT_POLL_END));
    EXPECT_EQ(count_kind(ROUSE_EVENT_TURN_BEGIN), count_kind(ROUSE_EVENT_TURN_END));
    EXPECT_EQ(count_kind(ROUSE_EVENT_TIMER_ARM), 2);
    EXPECT_EQ(count_kind(ROUSE_EVENT_TIMER_FIRE), 2);
    for (uint32_t i = 0; i < trace.seq; i++)
        EXPECT_EQ(rouse_trace_at(&trace, i)->seq, i);
    EXPECT_EQ(trace.lost, 0);
}

/* In its poll a runtime of its own begins, runs and ends. */
struct nesting {
    struct rouse_future future;
};
ROUSE_ASYNC(nesting)
{
    ROUSE_BEGIN;
    struct rouse_runtime inner;
    EXPECT_EQ(rouse_runtime_init(&inner, NULL), ROUSE_OK);
    struct rouse_ready ready = rouse_ready(ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&inner, &ready.future), ROUSE_OK);
    EXPECT(!rouse_turn(&inner));
    rouse_runtime_drop(&inner);
    rouse_trace_log(cx->runtime, "still heard");
    ROUSE_END;
}

TEST(a_runtime_inside_a_poll_leaves_the_trace_of_the_outer_one_as_it_was)
{
    struct rouse_runtime rt;
    struct rouse_options options = {.trace = &trace};
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_trace_init(&trace, ring, 64, strings, sizeof strings), ROUSE_OK);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    struct nesting f = ROUSE_FUTURE(nesting);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_EQ(count_kind(ROUSE_EVENT_LOG), ROUSE_TRACE);
    EXPECT_EQ(count_kind(ROUSE_EVENT_POLL_BEGIN), count_kind(ROUSE_EVENT_POLL_END));
    EXPECT_EQ(count_kind(ROUSE_EVENT_TURN_BEGIN), count_kind(ROUSE_EVENT_TURN_END));
    rouse_runtime_drop(&rt);
}

TEST(a_full_ring_drops_the_oldest_and_says_how_many)
{
    run_traced(ring, 16);
    if (!ROUSE_TRACE)
        return;
    EXPECT_EQ(trace.lost, trace.seq - 16);
    EXPECT_EQ(rouse_trace_at(&trace, 0)->seq, trace.lost);
    EXPECT_EQ(rouse_trace_at(&trace, 15)->seq, trace.seq - 1);
    EXPECT(!rouse_trace_at(&trace, 16));
}

TEST(a_full_string_table_loses_names_not_records)
{
    struct rouse_runtime rt;
    struct rouse_options options = {.trace = &trace};
    EXPECT_EQ(rouse_trace_init(&trace, ring, 64, strings, 5), ROUSE_OK);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_trace_log(&rt, "abc");
    rouse_trace_log(&rt, "too long");
    rouse_trace_log(&rt, "abc");
    if (!ROUSE_TRACE) {
        rouse_runtime_drop(&rt);
        return;
    }
    EXPECT_EQ(trace.strings_lost, 1);
    EXPECT_EQ(trace.seq, 3);
    EXPECT_TEXT(rouse_trace_text(&trace, rouse_trace_at(&trace, 2)->a), "abc");
    EXPECT_EQ(rouse_trace_at(&trace, 1)->a, 0);
    rouse_runtime_drop(&rt);
}
