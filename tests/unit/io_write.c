/* Writing: write, write_all, flush, shutdown, seek, and the buffered writer. */
#include "device.h"

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
