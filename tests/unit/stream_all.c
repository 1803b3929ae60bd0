/* Chunks, and futures that take all items of a stream. */
#include "tap.h"

static int numbers[] = {1, 2, 3, 4, 5};

struct question {
    int limit;
    unsigned asked;
};
static bool is_big(void *data, const void *item)
{
    struct question *question = data;
    question->asked++;
    return *(const int *)item >= question->limit;
}

/* ---- Chunks ---------------------------------------------------------------------------------- */

static void expect_chunk(struct mock_task *task, size_t count, int first)
{
    EXPECT_EQ(mock_poll(task).status, ROUSE_ITEM_);
    const struct rouse_chunk *chunk = task->future->item;
    EXPECT_EQ(chunk->count, count);
    for (size_t i = 0; i < count; i++)
        EXPECT_EQ(((const int *)chunk->items)[i], first + (int)i);
}

TEST(chunks_are_full_but_for_the_last)
{
    int room[2];
    struct rouse_from_array source = rouse_from_array(ROUSE_ARRAY(numbers));
    struct rouse_chunks chunks = rouse_chunks(&source.future, ROUSE_ARRAY(room));
    struct mock_task t = mock_task(&chunks.future);
    expect_chunk(&t, 2, 1);
    expect_chunk(&t, 2, 3);
    expect_chunk(&t, 1, 5);
    EXPECT_CLOSED(&t);
}

TEST(chunk_that_a_failure_cut_short_is_given_before_it)
{
    int room[4];
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_chunks chunks = rouse_chunks(&tap.future, ROUSE_ARRAY(room));
    struct mock_task t = mock_task(&chunks.future);
    tap_pour(&tap, 1);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&tap, 2);
    tap_end(&tap, ROUSE_ERR_LAGGED);
    expect_chunk(&t, 2, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_LAGGED);
}

TEST(chunks_of_nothing_are_invalid)
{
    struct rouse_from_array source = rouse_from_array(ROUSE_ARRAY(numbers));
    struct rouse_chunks chunks = rouse_chunks(&source.future, NULL, sizeof(int), 0);
    struct mock_task t = mock_task(&chunks.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_INVALID);
}

TEST(chunks_of_a_merge_are_what_was_ready)
{
    int room[2];
    struct tap a = ROUSE_FUTURE(tap), b = ROUSE_FUTURE(tap);
    struct rouse_merge merge = rouse_merge(ROUSE_LIST(&a.future, &b.future));
    struct rouse_chunks chunks = rouse_chunks(&merge.future, ROUSE_ARRAY(room));
    struct mock_task t = mock_task(&chunks.future);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&a, 1);
    tap_pour(&a, 3);
    tap_pour(&b, 2);
    tap_end(&a, ROUSE_ERR_CLOSED);
    tap_end(&b, ROUSE_ERR_CLOSED);
    expect_chunk(&t, 2, 1);
    expect_chunk(&t, 1, 3);
    EXPECT_CLOSED(&t);
}

/* ---- Fold, count, any, all ------------------------------------------------------------------- */

TEST(fold_and_count_take_every_item)
{
    int sum = 0;
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_fold fold = rouse_fold(&tap.future, add, &sum);
    struct mock_task t = mock_task(&fold.future);
    tap_pour(&tap, 1);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&tap, 2);
    tap_end(&tap, ROUSE_ERR_CLOSED);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(sum, 3);
    struct rouse_from_array source = rouse_from_array(ROUSE_ARRAY(numbers));
    struct rouse_count count = rouse_count(&source.future);
    struct mock_task u = mock_task(&count.future);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_EQ(count.out, 5);
}

TEST(fold_of_a_failing_stream_fails_and_a_dropped_one_drops_it)
{
    int sum = 0;
    struct tap a = ROUSE_FUTURE(tap, .end = ROUSE_ERR_LAGGED), b = ROUSE_FUTURE(tap);
    struct rouse_fold fails = rouse_fold(&a.future, add, &sum);
    struct rouse_fold waits = rouse_fold(&b.future, add, &sum);
    struct mock_task t = mock_task(&fails.future), u = mock_task(&waits.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_LAGGED);
    EXPECT_PENDING(mock_poll(&u));
    rouse_drop(&waits.future);
    EXPECT_EQ(tap_drops, 1);
    EXPECT_EQ(u.live, 0);
}

TEST(any_and_all_ask_no_longer_than_they_must)
{
    static const struct {
        int limit;
        bool any, all;
        unsigned any_asks, all_asks;
    } cases[] = {{1, true, true, 1, 3}, {2, true, false, 2, 1}, {4, false, false, 3, 1}};
    for (size_t i = 0; i < 3; i++) {
        struct question if_any = {.limit = cases[i].limit}, if_all = if_any;
        struct tap a = ROUSE_FUTURE(tap, .items = {1, 2, 3}, .poured = 3, .end = ROUSE_ERR_CLOSED);
        struct tap b = a;
        struct rouse_stream_any any = rouse_stream_any(&a.future, is_big, &if_any);
        struct rouse_stream_all all = rouse_stream_all(&b.future, is_big, &if_all);
        struct mock_task t = mock_task(&any.future), u = mock_task(&all.future);
        EXPECT_READY(mock_poll(&t), ROUSE_OK);
        EXPECT_READY(mock_poll(&u), ROUSE_OK);
        EXPECT_EQ(any.out, cases[i].any);
        EXPECT_EQ(all.out, cases[i].all);
        EXPECT_EQ(if_any.asked, cases[i].any_asks);
        EXPECT_EQ(if_all.asked, cases[i].all_asks);
        EXPECT(rouse_is_done(&a.future) && rouse_is_done(&b.future));
    }
}

TEST(any_and_all_fail_as_their_source_does)
{
    struct question big = {.limit = 5};
    struct tap a = ROUSE_FUTURE(tap, .items = {1}, .poured = 1, .end = ROUSE_ERR_LAGGED);
    struct tap b = ROUSE_FUTURE(tap, .items = {9}, .poured = 1, .end = ROUSE_ERR_LAGGED);
    struct rouse_stream_any any = rouse_stream_any(&a.future, is_big, &big);
    struct rouse_stream_all all = rouse_stream_all(&b.future, is_big, &big);
    struct mock_task t = mock_task(&any.future), u = mock_task(&all.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_LAGGED);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_LAGGED);
}

/* ---- Collect --------------------------------------------------------------------------------- */

TEST(collect_fills_an_array_and_is_full_when_there_is_more)
{
    int room[5], small[4];
    struct rouse_from_array a = rouse_from_array(ROUSE_ARRAY(numbers)), b = a;
    struct rouse_collect fits = rouse_collect(&a.future, ROUSE_ARRAY(room));
    struct rouse_collect full = rouse_collect(&b.future, ROUSE_ARRAY(small));
    struct mock_task t = mock_task(&fits.future), u = mock_task(&full.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(fits.out, 5);
    EXPECT_EQ(memcmp(room, numbers, sizeof room), 0);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_FULL);
    EXPECT_EQ(full.out, 4);
}

TEST(collect_of_an_empty_stream_is_empty)
{
    int room[1];
    struct rouse_from_array none = rouse_stream_empty();
    struct rouse_collect collect = rouse_collect(&none.future, ROUSE_ARRAY(room));
    struct mock_task t = mock_task(&collect.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(collect.out, 0);
}

TEST(collect_waits_for_items_and_keeps_them_when_the_stream_fails)
{
    int room[5];
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_collect collect = rouse_collect(&tap.future, ROUSE_ARRAY(room));
    struct mock_task t = mock_task(&collect.future);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&tap, 1);
    EXPECT_EQ(t.woken, 1);
    EXPECT_PENDING(mock_poll(&t));
    tap_pour(&tap, 2);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(collect.out, 2);
    tap_end(&tap, ROUSE_ERR_LAGGED);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_LAGGED);
    EXPECT_EQ(collect.out, 2);
    EXPECT_EQ(room[1], 2);
}

static struct rouse_runtime rt;
static struct test_memory memory;

static void collect_hundred(struct rouse_items *items, rouse_status expected)
{
    struct rouse_range range = rouse_range(0, 100);
    struct rouse_collect_items collect = rouse_collect_items(&range.future, items);
    struct mock_task t = mock_task(&collect.future);
    t.runtime = &rt;
    EXPECT_READY(mock_poll(&t), expected);
    EXPECT(rouse_is_done(&range.future));
}

TEST(collected_items_grow_by_the_runtimes_allocator)
{
    struct rouse_items items;
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    size_t before = memory.live_bytes;
    rouse_items_init(&items, sizeof(int64_t));
    collect_hundred(&items, ROUSE_OK);
    collect_hundred(&items, ROUSE_OK); /* behind the others */
    EXPECT_EQ(items.count, 200);
    for (size_t i = 0; i < 200; i++)
        EXPECT_EQ(((int64_t *)items.array)[i], i % 100);
    rouse_items_drop(&items);
    rouse_items_drop(&items);
    EXPECT_EQ(items.count, 0);
    EXPECT_EQ(memory.live_bytes, before);
    rouse_runtime_drop(&rt);
}

TEST(collected_items_stay_when_memory_runs_out)
{
    struct rouse_items items;
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_items_init(&items, sizeof(int64_t));
    memory.calls = 0;
    memory.fail_at = 3;
    collect_hundred(&items, ROUSE_ERR_NO_MEMORY);
    EXPECT_EQ(items.count, 16);
    EXPECT_EQ(((int64_t *)items.array)[15], 15);
    rouse_items_drop(&items);
    rouse_items_init(&items, SIZE_MAX / 4); /* more than there is */
    collect_hundred(&items, ROUSE_ERR_NO_MEMORY);
    EXPECT_EQ(items.count, 0);
    rouse_runtime_drop(&rt);
}

TEST(collected_items_without_bytes_are_counted)
{
    struct rouse_items items;
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    size_t before = memory.live_bytes;
    rouse_items_init(&items, 0);
    collect_hundred(&items, ROUSE_OK);
    EXPECT_EQ(items.count, 100);
    rouse_items_drop(&items);
    EXPECT_EQ(memory.live_bytes, before);
    rouse_runtime_drop(&rt);
}

TEST(collected_items_need_a_runtime)
{
    struct rouse_items items;
    struct tap tap = ROUSE_FUTURE(tap);
    rouse_items_init(&items, sizeof(int));
    struct rouse_collect_items collect = rouse_collect_items(&tap.future, &items);
    struct mock_task t = mock_task(&collect.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NOT_SUPPORTED);
    rouse_items_drop(&items);
}
