/* Seeking: in memory, and what a seeker that waits is told. */
#include "test.h"

static const char text[] = "the quick brown fox";
enum { TEXT = sizeof text - 1 };

static rouse_status seek_to(struct rouse_memory *memory, int64_t offset, enum rouse_whence whence,
                            uint64_t *position)
{
    struct rouse_seek seek = rouse_seek(&memory->seeker, offset, whence);
    struct mock_task t = mock_task(&seek.future);
    rouse_status status = mock_poll(&t).status;
    *position = seek.out;
    return status;
}

TEST(seek_from_everywhere_and_not_before_the_start)
{
    struct rouse_memory memory;
    char data[8] = "abcd";
    uint64_t at;
    rouse_memory_init(&memory, data, 4, sizeof data);
    EXPECT_EQ(seek_to(&memory, 2, ROUSE_FROM_START, &at), ROUSE_OK);
    EXPECT_EQ(at, 2);
    EXPECT_EQ(seek_to(&memory, -1, ROUSE_FROM_HERE, &at), ROUSE_OK);
    EXPECT_EQ(at, 1);
    EXPECT_EQ(seek_to(&memory, -3, ROUSE_FROM_END, &at), ROUSE_OK);
    EXPECT_EQ(at, 1);
    EXPECT_EQ(seek_to(&memory, -2, ROUSE_FROM_HERE, &at), ROUSE_ERR_INVALID);
    EXPECT_EQ(seek_to(&memory, INT64_MIN, ROUSE_FROM_END, &at), ROUSE_ERR_INVALID);
    EXPECT_EQ(seek_to(&memory, 0, ROUSE_FROM_HERE, &at), ROUSE_OK);
    EXPECT_EQ(at, 1); /* what failed moved nothing */
}

TEST(write_behind_the_end_fills_the_gap_with_zeros)
{
    struct rouse_memory memory;
    char data[9] = "abcdwxyz";
    uint64_t at;
    rouse_memory_init(&memory, data, 2, 8);
    EXPECT_EQ(seek_to(&memory, 2, ROUSE_FROM_END, &at), ROUSE_OK);
    struct rouse_read read = rouse_read(&memory.reader, data, 1);
    struct mock_task t = mock_task(&read.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_CLOSED);
    struct rouse_write_all write = rouse_write_all(&memory.writer, "!", 1);
    struct mock_task u = mock_task(&write.future);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_EQ(memory.size, 5);
    EXPECT(memcmp(data, "ab\0\0!xyz", 8) == 0);
}

TEST(constant_memory_cannot_be_written)
{
    struct rouse_memory memory;
    rouse_memory_init_const(&memory, text, TEXT);
    struct rouse_write write = rouse_write(&memory.writer, "x", 1);
    struct mock_task t = mock_task(&write.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NOT_SUPPORTED);
}

/* A seeker that waits. */
static bool seek_cancelled;
static struct rouse_polled slow_seek(struct rouse_seeker *seeker, struct rouse_context *cx,
                                     int64_t offset, enum rouse_whence whence, uint64_t *position)
{
    (void)offset, (void)whence, (void)position;
    return rouse_io_wait(&seeker->user, cx);
}
static void slow_cancel(struct rouse_seeker *seeker)
{
    (void)seeker;
    seek_cancelled = true;
}

TEST(cancelled_seek_tells_the_seeker)
{
    static const struct rouse_seeker_calls with = {slow_seek, slow_cancel},
                                           without = {slow_seek, NULL};
    for (int i = 0; i < 2; i++) {
        struct rouse_seeker seeker = {.calls = i ? &with : &without};
        struct rouse_seek seek = rouse_seek(&seeker, 0, ROUSE_FROM_START);
        struct mock_task t = mock_task(&seek.future);
        EXPECT_PENDING(mock_poll(&t));
        rouse_drop(&seek.future);
        EXPECT_EQ(t.live, 0);
        EXPECT_EQ(seek_cancelled, i);
    }
}

static struct rouse_polled second_time(struct rouse_seeker *seeker, struct rouse_context *cx,
                                       int64_t offset, enum rouse_whence whence, uint64_t *position)
{
    (void)whence;
    *position = (uint64_t)offset;
    return seeker->user.waker.table ? ROUSE_READY(ROUSE_OK) : rouse_io_wait(&seeker->user, cx);
}

TEST(seek_that_is_done_without_a_wake_leaves_no_waker)
{
    static const struct rouse_seeker_calls calls = {second_time, NULL};
    struct rouse_seeker seeker = {.calls = &calls};
    MOCK(rouse_seek, seek, rouse_seek(&seeker, 7, ROUSE_FROM_START));
    EXPECT_PENDING(POLL(seek));
    EXPECT_READY(POLL(seek), ROUSE_OK);
    EXPECT_EQ(seek.out, 7);
    EXPECT_EQ(seek_task.live, 0);
}
