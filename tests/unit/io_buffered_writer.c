/* The buffered writer, and lines through it. */
#include "device.h"

static struct device d;
static struct rouse_buffered_writer b;

/* Over a device that takes at most `limit` at once (0: all), with `size` bytes of memory: the last
   ones, so that a sanitizer sees when one too many is written. */
static void begin(size_t limit, size_t size)
{
    static char memory[TEXT + 1];
    device_init(&d, limit);
    rouse_buffered_writer_init(&b, &d.writer, memory + sizeof memory - size, size);
}

TEST(buffered_writer_collects_until_it_is_flushed)
{
    begin(0, 8);
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
    begin(0, 8);
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
                begin(limit, size);
                d.slow = piece % 2;
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
    begin(3, 8);
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
    begin(1, 8);
    d.slow = true;
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
    begin(1, 8);
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
    begin(1, 8);
    d.slow = true;
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
    begin(0, 4);
    struct rouse_write_line fits = rouse_write_line(&b, "abc", 3);
    EXPECT_EQ(finish(&fits.future, &d), ROUSE_OK);
    struct rouse_write_line line = rouse_write_line(&b, "abcd", 4);
    EXPECT_EQ(finish(&line.future, &d), ROUSE_ERR_FULL);
    d.failure = -1001;
    struct rouse_write_line fails = rouse_write_line(&b, "", 0);
    EXPECT_EQ(finish(&fails.future, &d), -1001);
    EXPECT_EQ(rouse_unwritten(&b).size, 4);
}
