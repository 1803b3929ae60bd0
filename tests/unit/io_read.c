/* Reading: read, read_exact, and what they ask of a reader. */
#include "broken.h"

TEST(read_takes_what_is_there_and_no_more)
{
    char memory[8], buffer[8];
    struct rouse_pipe pipe;
    size_t count;
    rouse_pipe_init(&pipe, memory, sizeof memory);
    struct rouse_read read = rouse_read(&pipe.reader, buffer, sizeof buffer);
    struct mock_task t = mock_task(&read.future);
    EXPECT_PENDING(mock_poll(&t));
    struct rouse_context cx = mock_context(&t);
    EXPECT_READY(rouse_poll_write(&pipe.writer, &cx, "abc", 3, &count), ROUSE_OK);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(read.out, 3);
    EXPECT(memcmp(buffer, "abc", 3) == 0);
    EXPECT_EQ(t.live, 0);
}

TEST(read_of_nothing_is_done_without_asking)
{
    struct rouse_reader reader;
    rouse_empty_reader_init(&reader);
    struct rouse_read read = rouse_read(&reader, NULL, 0);
    struct mock_task t = mock_task(&read.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(read.out, 0);
}

TEST(read_at_the_end_is_closed_and_again)
{
    struct rouse_memory memory;
    char buffer[4];
    rouse_memory_init_const(&memory, "ab", 2);
    for (int i = 0; i < 3; i++) {
        struct rouse_read read = rouse_read(&memory.reader, buffer, sizeof buffer);
        struct mock_task t = mock_task(&read.future);
        EXPECT_READY(mock_poll(&t), i == 0 ? ROUSE_OK : ROUSE_ERR_CLOSED);
        EXPECT_EQ(read.out, i == 0 ? 2 : 0);
    }
}

TEST(pending_read_that_is_cancelled_took_nothing)
{
    char memory[8], buffer[8];
    struct rouse_pipe pipe;
    size_t count;
    rouse_pipe_init(&pipe, memory, sizeof memory);
    struct rouse_read first = rouse_read(&pipe.reader, buffer, sizeof buffer);
    struct mock_task t = mock_task(&first.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.live, 1);
    struct rouse_context cx = mock_context(&t);
    EXPECT_READY(rouse_poll_write(&pipe.writer, &cx, "abc", 3, &count), ROUSE_OK);
    rouse_drop(&first.future); /* woken, and dropped before it polls */
    EXPECT_EQ(t.live, 0);
    struct rouse_read second = rouse_read(&pipe.reader, buffer, sizeof buffer);
    struct mock_task u = mock_task(&second.future);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_EQ(second.out, 3);
}

TEST(cancelled_read_leaves_no_waker_in_a_chain_of_readers)
{
    char memory[8], buffer[8], held[8];
    struct rouse_pipe pipe;
    struct rouse_take_reader take;
    struct rouse_chain_reader chain, second;
    struct rouse_reader empty;
    struct rouse_buffered_reader buffered;
    rouse_pipe_init(&pipe, memory, sizeof memory);
    rouse_empty_reader_init(&empty);
    rouse_take_reader_init(&take, &pipe.reader, 5);
    rouse_chain_reader_init(&chain, &empty, &take.reader);
    rouse_chain_reader_init(&second, &chain.reader, &empty);
    rouse_buffered_reader_init(&buffered, &second.reader, held, sizeof held);
    struct rouse_read read = rouse_read(&buffered.reader, buffer, 1);
    struct mock_task t = mock_task(&read.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.live, 1);
    rouse_drop(&read.future);
    EXPECT_EQ(t.live, 0);
}

/* ---- read_exact ------------------------------------------------------------------------------ */

TEST(read_exact_of_short_reads_of_every_size)
{
    for (size_t limit = 1; limit <= TEXT; limit++) {
        static const struct rouse_mock_step script[] = {ROUSE_MOCK_READ("the quick "),
                                                        ROUSE_MOCK_READ("brown fox")};
        struct rouse_mock mock;
        char buffer[TEXT];
        rouse_mock_init(&mock, script, 2);
        mock.limit = limit;
        struct rouse_read_exact read = rouse_read_exact(&mock.reader, buffer, TEXT);
        struct mock_task t = mock_task(&read.future);
        EXPECT_READY(mock_poll(&t), ROUSE_OK);
        EXPECT_EQ(read.out, TEXT);
        EXPECT(memcmp(buffer, text, TEXT) == 0);
        EXPECT(!rouse_mock_report(&mock));
    }
}

TEST(read_exact_that_meets_the_end_says_how_many_came)
{
    for (size_t size = 0; size < TEXT; size++) {
        struct rouse_memory memory;
        char buffer[TEXT];
        rouse_memory_init_const(&memory, text, size);
        struct rouse_read_exact read = rouse_read_exact(&memory.reader, buffer, TEXT);
        struct mock_task t = mock_task(&read.future);
        EXPECT_READY(mock_poll(&t), ROUSE_ERR_CLOSED);
        EXPECT_EQ(read.out, size);
        EXPECT(memcmp(buffer, text, size) == 0);
    }
}

TEST(read_exact_goes_on_after_a_failure_at_every_position)
{
    for (size_t at = 0; at < TEXT; at++) {
        struct broken broken;
        char buffer[TEXT];
        broken_init(&broken, at, -1001);
        struct rouse_read_exact read = rouse_read_exact(&broken.mock.reader, buffer, TEXT);
        struct mock_task t = mock_task(&read.future);
        EXPECT_READY(mock_poll(&t), -1001);
        EXPECT_EQ(read.out, at);
        struct rouse_read_exact rest =
            rouse_read_exact(&broken.mock.reader, buffer + at, TEXT - at);
        struct mock_task u = mock_task(&rest.future);
        EXPECT_READY(mock_poll(&u), ROUSE_OK);
        EXPECT(memcmp(buffer, text, TEXT) == 0);
        EXPECT(!rouse_mock_report(&broken.mock));
    }
}

TEST(read_exact_of_nothing_is_done)
{
    struct rouse_reader reader;
    rouse_empty_reader_init(&reader);
    struct rouse_read_exact read = rouse_read_exact(&reader, NULL, 0);
    struct mock_task t = mock_task(&read.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
}

TEST(read_exact_that_waits_goes_on_where_it_was)
{
    char memory[2], buffer[3];
    struct rouse_pipe pipe;
    size_t count;
    rouse_pipe_init(&pipe, memory, sizeof memory);
    struct rouse_read_exact read = rouse_read_exact(&pipe.reader, buffer, 3);
    struct mock_task t = mock_task(&read.future);
    struct rouse_context cx = mock_context(&t);
    for (size_t i = 0; i < 3; i++) {
        EXPECT_PENDING(mock_poll(&t));
        EXPECT_EQ(read.out, i);
        EXPECT_READY(rouse_poll_write(&pipe.writer, &cx, &"xyz"[i], 1, &count), ROUSE_OK);
    }
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT(memcmp(buffer, "xyz", 3) == 0);
    EXPECT_EQ(t.live, 0);
}

TEST(dropped_read_exact_leaves_the_reader_to_others)
{
    char memory[2], buffer[3];
    struct rouse_pipe pipe;
    size_t count;
    rouse_pipe_init(&pipe, memory, sizeof memory);
    struct rouse_read_exact read = rouse_read_exact(&pipe.reader, buffer, 3);
    struct mock_task t = mock_task(&read.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&read.future);
    EXPECT_EQ(t.live, 0);
    struct rouse_read other = rouse_read(&pipe.reader, buffer, 3);
    struct mock_task u = mock_task(&other.future);
    struct rouse_context cx = mock_context(&u);
    EXPECT_READY(rouse_poll_write(&pipe.writer, &cx, "x", 1, &count), ROUSE_OK);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
}

TEST(always_ready_reader_lets_others_run)
{
    struct rouse_repeat_reader repeat;
    struct rouse_mock mock;
    static const struct rouse_mock_step script[] = {ROUSE_MOCK_READ("aaaaaaaaaa")};
    char buffer[10];
    rouse_repeat_reader_init(&repeat, 'a');
    rouse_mock_init(&mock, script, 1);
    mock.limit = 1;
    struct rouse_read_exact read = rouse_read_exact(&mock.reader, buffer, 10);
    struct mock_task t = mock_task(&read.future);
    struct rouse_context cx = mock_context(&t);
    cx.budget = 4;
    EXPECT_PENDING(rouse_poll(&read.future, &cx));
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(read.out, 3);
    struct rouse_buffer all = {0};
    struct rouse_read_to_end endless = rouse_read_to_end(&repeat.reader, &all, 1000);
    char fixed[64];
    rouse_buffer_init(&all, fixed, sizeof fixed);
    struct mock_task u = mock_task(&endless.future);
    cx = mock_context(&u);
    cx.budget = 1;
    EXPECT_PENDING(rouse_poll(&endless.future, &cx));
    EXPECT_EQ(u.woken, 1);
    rouse_drop(&endless.future);
    rouse_drop(&read.future);
}
