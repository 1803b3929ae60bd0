/* Writing: write, write_all, flush, shutdown, seek, and the buffered writer. */
#include "test.h"

static const char text[] = "the quick brown fox";
enum { TEXT = sizeof text - 1 };

/* A writer into memory that takes `limit` bytes at a time and counts what it is asked. With `slow`
   it makes every other call wait. */
struct device {
    struct rouse_writer writer;
    char data[64];
    size_t size, limit;
    unsigned writes, flushes, shutdowns;
    bool slow, waited;
    rouse_status failure; /* of the next call */
};
static struct device *device_of(struct rouse_writer *writer)
{
    return ROUSE_OWNER(writer, struct device, writer);
}
static bool device_waits(struct device *d)
{
    d->waited = d->slow && !d->waited;
    return d->waited;
}
static rouse_status device_fails(struct device *d)
{
    rouse_status failure = d->failure;
    d->failure = ROUSE_OK;
    return failure;
}
static struct rouse_polled device_write(struct rouse_writer *writer, struct rouse_context *cx,
                                        const void *data, size_t size, size_t *count)
{
    struct device *d = device_of(writer);
    if (device_waits(d))
        return rouse_io_wait(&writer->user, cx);
    rouse_status failure = device_fails(d);
    if (failure < 0)
        return ROUSE_READY(failure);
    *count = d->limit && d->limit < size ? d->limit : size;
    memcpy(d->data + d->size, data, *count);
    d->size += *count;
    d->writes++;
    return ROUSE_READY(ROUSE_OK);
}
static struct rouse_polled device_flush(struct rouse_writer *writer, struct rouse_context *cx)
{
    struct device *d = device_of(writer);
    if (device_waits(d))
        return rouse_io_wait(&writer->user, cx);
    d->flushes++;
    return ROUSE_READY(device_fails(d));
}
static struct rouse_polled device_shutdown(struct rouse_writer *writer, struct rouse_context *cx)
{
    struct device *d = device_of(writer);
    if (device_waits(d))
        return rouse_io_wait(&writer->user, cx);
    d->shutdowns++;
    return ROUSE_READY(device_fails(d));
}
static void device_init(struct device *d, size_t limit)
{
    static const struct rouse_writer_calls calls = {device_write, device_flush, device_shutdown,
                                                    NULL};
    *d = (struct device){.writer = {.calls = &calls}, .limit = limit};
}

/* Polls to the end and wakes a slow device whenever it waits. */
static rouse_status finish(struct rouse_future *f, struct device *d)
{
    struct mock_task t = mock_task(f);
    for (;;) {
        struct rouse_polled polled = mock_poll(&t);
        if (!rouse_is_pending(polled)) {
            EXPECT_EQ(t.live, 0);
            return polled.status;
        }
        EXPECT_EQ(t.live, 1);
        rouse_io_wake(&d->writer.user);
        EXPECT_EQ(t.live, 0);
    }
}

TEST(write_says_how_much_was_taken)
{
    struct device d;
    device_init(&d, 4);
    struct rouse_write write = rouse_write(&d.writer, text, TEXT);
    EXPECT_EQ(finish(&write.future, &d), ROUSE_OK);
    EXPECT_EQ(write.out, 4);
    struct rouse_write nothing = rouse_write(&d.writer, NULL, 0);
    EXPECT_EQ(finish(&nothing.future, &d), ROUSE_OK);
    EXPECT_EQ(d.writes, 1);
}

TEST(cancelled_write_took_nothing)
{
    struct device d;
    device_init(&d, 0);
    d.slow = true;
    struct rouse_write write = rouse_write(&d.writer, text, TEXT);
    struct mock_task t = mock_task(&write.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&write.future);
    EXPECT_EQ(t.live, 0);
    EXPECT_EQ(d.size, 0);
    struct rouse_write again = rouse_write(&d.writer, text, TEXT);
    EXPECT_EQ(finish(&again.future, &d), ROUSE_OK);
    EXPECT_EQ(d.size, TEXT);
}

TEST(write_all_of_short_writes_of_every_size)
{
    for (size_t limit = 1; limit <= TEXT; limit++) {
        for (int slow = 0; slow < 2; slow++) {
            struct device d;
            device_init(&d, limit);
            d.slow = slow;
            struct rouse_write_all write = rouse_write_all(&d.writer, text, TEXT);
            EXPECT_EQ(finish(&write.future, &d), ROUSE_OK);
            EXPECT_EQ(write.out, TEXT);
            EXPECT_EQ(d.writes, (TEXT + limit - 1) / limit);
            EXPECT(memcmp(d.data, text, TEXT) == 0);
        }
    }
}

TEST(write_all_that_fails_says_how_much_was_taken)
{
    for (size_t room = 0; room < TEXT; room++) {
        char data[TEXT];
        struct rouse_memory memory;
        rouse_memory_init(&memory, data, 0, room);
        struct rouse_write_all write = rouse_write_all(&memory.writer, text, TEXT);
        struct mock_task t = mock_task(&write.future);
        EXPECT_READY(mock_poll(&t), ROUSE_ERR_FULL);
        EXPECT_EQ(write.out, room);
        EXPECT(memcmp(data, text, room) == 0);
    }
}

TEST(write_all_to_an_always_ready_writer_lets_others_run)
{
    struct device d;
    device_init(&d, 1);
    struct rouse_write_all write = rouse_write_all(&d.writer, text, TEXT);
    struct mock_task t = mock_task(&write.future);
    struct rouse_context cx = mock_context(&t);
    cx.budget = 3;
    EXPECT_PENDING(rouse_poll(&write.future, &cx));
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(d.size, 2);
    rouse_drop(&write.future);
}

TEST(write_all_of_nothing_is_done)
{
    struct device d;
    device_init(&d, 1);
    struct rouse_write_all write = rouse_write_all(&d.writer, NULL, 0);
    EXPECT_EQ(finish(&write.future, &d), ROUSE_OK);
    EXPECT_EQ(d.writes, 0);
}

TEST(flush_and_shutdown_wait_for_the_writer_and_hand_on_its_failures)
{
    struct device d;
    device_init(&d, 0);
    d.slow = true;
    struct rouse_flush flush = rouse_flush(&d.writer);
    EXPECT_EQ(finish(&flush.future, &d), ROUSE_OK);
    struct rouse_shutdown shutdown = rouse_shutdown(&d.writer);
    EXPECT_EQ(finish(&shutdown.future, &d), ROUSE_OK);
    EXPECT_EQ(d.flushes * 10 + d.shutdowns, 11);
    d.failure = -1001;
    flush = rouse_flush(&d.writer);
    EXPECT_EQ(finish(&flush.future, &d), -1001);
    d.failure = -1002;
    shutdown = rouse_shutdown(&d.writer);
    EXPECT_EQ(finish(&shutdown.future, &d), -1002);
}

TEST(cancelled_flush_and_shutdown_leave_no_waker)
{
    struct device d;
    device_init(&d, 0);
    d.slow = true;
    struct rouse_flush flush = rouse_flush(&d.writer);
    struct mock_task t = mock_task(&flush.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&flush.future);
    EXPECT_EQ(t.live, 0);
    d.waited = false;
    struct rouse_shutdown shutdown = rouse_shutdown(&d.writer);
    struct mock_task u = mock_task(&shutdown.future);
    EXPECT_PENDING(mock_poll(&u));
    rouse_drop(&shutdown.future);
    EXPECT_EQ(u.live, 0);
    struct rouse_write_all write = rouse_write_all(&d.writer, text, TEXT);
    EXPECT_EQ(finish(&write.future, &d), ROUSE_OK);
}

TEST(writer_without_flush_or_shutdown_has_nothing_to_do)
{
    struct rouse_writer sink;
    rouse_sink_writer_init(&sink);
    struct rouse_write_all write = rouse_write_all(&sink, text, TEXT);
    struct rouse_flush flush = rouse_flush(&sink);
    struct rouse_shutdown shutdown = rouse_shutdown(&sink);
    struct rouse_future *all[] = {&write.future, &flush.future, &shutdown.future};
    for (int i = 0; i < 3; i++) {
        struct mock_task t = mock_task(all[i]);
        EXPECT_READY(mock_poll(&t), ROUSE_OK);
    }
}

/* ---- buffered -------------------------------------------------------------------------------- */

TEST(buffered_writer_collects_until_it_is_flushed)
{
    struct device d;
    struct rouse_buffered_writer b;
    char memory[8];
    device_init(&d, 0);
    rouse_buffered_writer_init(&b, &d.writer, memory, sizeof memory);
    for (int i = 0; i < 2; i++) {
        struct rouse_write_all write = rouse_write_all(&b.writer, "abc", 3);
        EXPECT_EQ(finish(&write.future, &d), ROUSE_OK);
    }
    EXPECT_EQ(d.writes, 0);
    EXPECT_EQ(rouse_unwritten(&b).size, 6);
    EXPECT(memcmp(rouse_unwritten(&b).data, "abcabc", 6) == 0);
    struct rouse_flush flush = rouse_flush(&b.writer);
    EXPECT_EQ(finish(&flush.future, &d), ROUSE_OK);
    EXPECT_EQ(d.writes * 10 + d.flushes, 11);
    EXPECT_EQ(rouse_unwritten(&b).size, 0);
    EXPECT(memcmp(d.data, "abcabc", 6) == 0);
}

TEST(write_that_fills_the_buffer_goes_past_it)
{
    struct device d;
    struct rouse_buffered_writer b;
    char memory[8];
    device_init(&d, 0);
    rouse_buffered_writer_init(&b, &d.writer, memory, sizeof memory);
    struct rouse_write_all write = rouse_write_all(&b.writer, text, TEXT);
    EXPECT_EQ(finish(&write.future, &d), ROUSE_OK);
    EXPECT_EQ(d.writes, 1);
    EXPECT_EQ(d.size, TEXT);
    EXPECT_EQ(rouse_unwritten(&b).size, 0);
}

TEST(buffered_writer_of_every_size_over_devices_of_every_size)
{
    for (size_t size = 0; size <= TEXT + 1; size++) {
        for (size_t limit = 1; limit <= TEXT; limit++) {
            for (size_t piece = 1; piece <= 7; piece++) {
                struct device d;
                struct rouse_buffered_writer b;
                char memory[TEXT + 1];
                device_init(&d, limit);
                d.slow = piece % 2;
                rouse_buffered_writer_init(&b, &d.writer, memory, size);
                for (size_t at = 0; at < TEXT; at += piece) {
                    size_t n = TEXT - at < piece ? TEXT - at : piece;
                    struct rouse_write_all write = rouse_write_all(&b.writer, text + at, n);
                    EXPECT_EQ(finish(&write.future, &d), ROUSE_OK);
                    EXPECT_EQ(d.size + rouse_unwritten(&b).size, at + n);
                }
                struct rouse_shutdown shutdown = rouse_shutdown(&b.writer);
                EXPECT_EQ(finish(&shutdown.future, &d), ROUSE_OK);
                EXPECT_EQ(d.shutdowns, 1);
                EXPECT_EQ(d.size, TEXT);
                EXPECT(memcmp(d.data, text, TEXT) == 0);
            }
        }
    }
}

TEST(buffered_writer_keeps_what_a_failing_writer_did_not_take)
{
    struct device d;
    struct rouse_buffered_writer b;
    char memory[8];
    device_init(&d, 3);
    rouse_buffered_writer_init(&b, &d.writer, memory, sizeof memory);
    struct rouse_write_all write = rouse_write_all(&b.writer, "abcdefgh", 8);
    struct rouse_write first = rouse_write(&b.writer, "abcde", 5);
    EXPECT_EQ(finish(&first.future, &d), ROUSE_OK);
    d.failure = -1001;
    struct rouse_flush flush = rouse_flush(&b.writer);
    EXPECT_EQ(finish(&flush.future, &d), -1001);
    EXPECT_EQ(rouse_unwritten(&b).size, 5);
    d.failure = -1002;
    EXPECT_EQ(finish(&write.future, &d), -1002); /* three fit, then the full buffer has to go */
    EXPECT_EQ(write.out, 3);
    d.failure = -1003;
    struct rouse_shutdown shutdown = rouse_shutdown(&b.writer);
    EXPECT_EQ(finish(&shutdown.future, &d), -1003);
    flush = rouse_flush(&b.writer);
    EXPECT_EQ(finish(&flush.future, &d), ROUSE_OK);
    EXPECT_EQ(d.size, 8);
    EXPECT(memcmp(d.data, "abcdeabc", 8) == 0);
}

TEST(cancelled_flush_of_a_buffered_writer_goes_on_later)
{
    struct device d;
    struct rouse_buffered_writer b;
    char memory[8];
    device_init(&d, 1);
    d.slow = true;
    rouse_buffered_writer_init(&b, &d.writer, memory, sizeof memory);
    struct rouse_write write = rouse_write(&b.writer, "abcd", 4);
    EXPECT_EQ(finish(&write.future, &d), ROUSE_OK);
    while (d.flushes == 0) {
        struct rouse_flush flush = rouse_flush(&b.writer);
        struct mock_task t = mock_task(&flush.future);
        struct rouse_polled polled = mock_poll(&t);
        EXPECT_EQ(rouse_is_pending(polled), d.flushes == 0);
        rouse_drop(&flush.future);
        EXPECT_EQ(t.live, 0);
        EXPECT_EQ(d.size + rouse_unwritten(&b).size, 4);
    }
    EXPECT(memcmp(d.data, "abcd", 4) == 0);
}

TEST(flush_of_a_buffered_writer_lets_others_run)
{
    struct device d;
    struct rouse_buffered_writer b;
    char memory[8];
    device_init(&d, 1);
    rouse_buffered_writer_init(&b, &d.writer, memory, sizeof memory);
    struct rouse_write write = rouse_write(&b.writer, "abcd", 4);
    EXPECT_EQ(finish(&write.future, &d), ROUSE_OK);
    struct rouse_flush flush = rouse_flush(&b.writer);
    struct mock_task t = mock_task(&flush.future);
    struct rouse_context cx = mock_context(&t);
    cx.budget = 3;
    EXPECT_PENDING(rouse_poll(&flush.future, &cx));
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(d.size, 3);
    EXPECT_EQ(finish(&flush.future, &d), ROUSE_OK);
}

/* ---- write_line ------------------------------------------------------------------------------ */

TEST(line_is_taken_whole_or_not_at_all)
{
    struct device d;
    struct rouse_buffered_writer b;
    char memory[8];
    device_init(&d, 1);
    d.slow = true;
    rouse_buffered_writer_init(&b, &d.writer, memory, sizeof memory);
    struct rouse_write_line first = rouse_write_line(&b, "abcde", 5);
    EXPECT_EQ(finish(&first.future, &d), ROUSE_OK);
    for (int i = 0; i < 3; i++) { /* cancelled while it waits for room: none of it was taken */
        struct rouse_write_line cut = rouse_write_line(&b, "xyz", 3);
        struct mock_task t = mock_task(&cut.future);
        if (!rouse_is_pending(mock_poll(&t)))
            break;
        rouse_drop(&cut.future);
        EXPECT_EQ(t.live, 0);
        EXPECT(!memchr(rouse_unwritten(&b).data, 'x', rouse_unwritten(&b).size));
    }
    struct rouse_flush flush = rouse_flush(&b.writer);
    EXPECT_EQ(finish(&flush.future, &d), ROUSE_OK);
    struct rouse_write_line empty = rouse_write_line(&b, NULL, 0);
    EXPECT_EQ(finish(&empty.future, &d), ROUSE_OK);
    EXPECT(memcmp(rouse_unwritten(&b).data, "\n", 1) == 0);
}

TEST(line_longer_than_the_buffer_is_refused)
{
    struct device d;
    struct rouse_buffered_writer b;
    char memory[4];
    device_init(&d, 0);
    rouse_buffered_writer_init(&b, &d.writer, memory, sizeof memory);
    struct rouse_write_line fits = rouse_write_line(&b, "abc", 3);
    EXPECT_EQ(finish(&fits.future, &d), ROUSE_OK);
    struct rouse_write_line line = rouse_write_line(&b, "abcd", 4);
    EXPECT_EQ(finish(&line.future, &d), ROUSE_ERR_FULL);
    d.failure = -1001;
    struct rouse_write_line fails = rouse_write_line(&b, "", 0);
    EXPECT_EQ(finish(&fails.future, &d), -1001);
    EXPECT_EQ(rouse_unwritten(&b).size, 4);
}

/* ---- seek ------------------------------------------------------------------------------------ */

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
