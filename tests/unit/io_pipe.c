/* The in-memory pipe and duplex, and the small readers. */
#include "test.h"

static struct rouse_polled poll_read(struct mock_task *t, struct rouse_reader *reader, char *buffer,
                                     size_t size, size_t *count)
{
    struct rouse_context cx = mock_context(t);
    return rouse_poll_read(reader, &cx, buffer, size, count);
}
static struct rouse_polled poll_write(struct mock_task *t, struct rouse_writer *writer,
                                      const char *data, size_t size, size_t *count)
{
    struct rouse_context cx = mock_context(t);
    return rouse_poll_write(writer, &cx, data, size, count);
}

TEST(full_pipe_makes_the_writer_wait_until_something_was_read)
{
    struct rouse_pipe pipe;
    char memory[4], buffer[4];
    size_t count;
    struct mock_task reader = mock_task(NULL), writer = mock_task(NULL);
    rouse_pipe_init(&pipe, memory, sizeof memory);
    EXPECT_READY(poll_write(&writer, &pipe.writer, "abcdef", 6, &count), ROUSE_OK);
    EXPECT_EQ(count, 4);
    EXPECT_PENDING(poll_write(&writer, &pipe.writer, "ef", 2, &count));
    EXPECT_EQ(writer.woken, 0);
    EXPECT_READY(poll_read(&reader, &pipe.reader, buffer, 1, &count), ROUSE_OK);
    EXPECT_EQ(writer.woken, 1);
    EXPECT_READY(poll_write(&writer, &pipe.writer, "ef", 2, &count), ROUSE_OK);
    EXPECT_EQ(count, 1);
    EXPECT_READY(poll_read(&reader, &pipe.reader, buffer, 4, &count), ROUSE_OK);
    EXPECT_EQ(count, 4);
    EXPECT(memcmp(buffer, "bcde", 4) == 0); /* around the end of the ring */
}

TEST(pipes_of_every_size_keep_the_order_of_pieces_of_every_size)
{
    for (size_t size = 1; size <= 9; size++) {
        for (size_t in = 1; in <= 10; in++) {
            for (size_t out = 1; out <= 10; out++) {
                struct rouse_pipe pipe;
                char memory[9], piece[10], buffer[10];
                size_t count, sent = 0, received = 0;
                struct mock_task t = mock_task(NULL);
                rouse_pipe_init(&pipe, memory, size);
                while (received < 100) {
                    for (size_t i = 0; i < in; i++)
                        piece[i] = (char)(sent + i);
                    if (poll_write(&t, &pipe.writer, piece, in, &count).status == ROUSE_OK)
                        sent += count;
                    if (poll_read(&t, &pipe.reader, buffer, out, &count).status != ROUSE_OK)
                        continue;
                    for (size_t i = 0; i < count; i++)
                        EXPECT_EQ(buffer[i], (char)received++);
                }
                rouse_cancel_read(&pipe.reader);
                rouse_cancel_write(&pipe.writer);
                EXPECT_EQ(t.live, 0);
            }
        }
    }
}

TEST(closed_writer_lets_the_reader_finish)
{
    struct rouse_pipe pipe;
    char memory[4], buffer[4];
    size_t count;
    struct mock_task t = mock_task(NULL);
    rouse_pipe_init(&pipe, memory, sizeof memory);
    EXPECT_READY(poll_write(&t, &pipe.writer, "ab", 2, &count), ROUSE_OK);
    struct rouse_shutdown shutdown = rouse_shutdown(&pipe.writer);
    struct mock_task u = mock_task(&shutdown.future);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_READY(poll_write(&t, &pipe.writer, "c", 1, &count), ROUSE_ERR_CLOSED);
    EXPECT_READY(poll_read(&t, &pipe.reader, buffer, 4, &count), ROUSE_OK);
    EXPECT_EQ(count, 2);
    EXPECT_READY(poll_read(&t, &pipe.reader, buffer, 4, &count), ROUSE_ERR_CLOSED);
    rouse_pipe_close_writer(&pipe); /* again: no harm */
}

TEST(closing_either_side_wakes_whoever_waits)
{
    struct rouse_pipe pipe;
    char memory[1], buffer[1];
    size_t count;
    struct mock_task reader = mock_task(NULL), writer = mock_task(NULL);
    rouse_pipe_init(&pipe, memory, sizeof memory);
    EXPECT_PENDING(poll_read(&reader, &pipe.reader, buffer, 1, &count));
    rouse_pipe_close_writer(&pipe);
    EXPECT_EQ(reader.woken, 1);
    EXPECT_READY(poll_read(&reader, &pipe.reader, buffer, 1, &count), ROUSE_ERR_CLOSED);
    rouse_pipe_init(&pipe, memory, sizeof memory);
    EXPECT_READY(poll_write(&writer, &pipe.writer, "a", 1, &count), ROUSE_OK);
    EXPECT_PENDING(poll_write(&writer, &pipe.writer, "b", 1, &count));
    rouse_pipe_close_reader(&pipe);
    EXPECT_EQ(writer.woken, 1);
    EXPECT_READY(poll_write(&writer, &pipe.writer, "b", 1, &count), ROUSE_ERR_CLOSED);
    EXPECT_READY(poll_read(&reader, &pipe.reader, buffer, 1, &count), ROUSE_ERR_CLOSED);
    EXPECT_EQ(reader.live + writer.live, 0);
}

TEST(write_all_of_more_than_the_ring_is_taken_as_it_is_read)
{
    struct rouse_pipe pipe;
    char memory[3], buffer[8];
    size_t count, received = 0;
    struct mock_task reader = mock_task(NULL);
    rouse_pipe_init(&pipe, memory, sizeof memory);
    struct rouse_write_all write = rouse_write_all(&pipe.writer, "abcdefgh", 8);
    struct mock_task writer = mock_task(&write.future);
    while (rouse_is_pending(mock_poll(&writer))) {
        EXPECT_READY(poll_read(&reader, &pipe.reader, buffer + received, 8, &count), ROUSE_OK);
        received += count;
        EXPECT_EQ(writer.live, 0); /* the read woke it */
    }
    EXPECT_EQ(write.out, 8);
    EXPECT_READY(poll_read(&reader, &pipe.reader, buffer + received, 8, &count), ROUSE_OK);
    EXPECT_EQ(received + count, 8);
    EXPECT(memcmp(buffer, "abcdefgh", 8) == 0);
}

/* ---- duplex ---------------------------------------------------------------------------------- */

TEST(duplex_carries_both_ways)
{
    struct rouse_duplex duplex;
    char memory[8], buffer[4];
    size_t count;
    struct mock_task t = mock_task(NULL);
    rouse_duplex_init(&duplex, memory, sizeof memory);
    EXPECT_READY(poll_write(&t, &duplex.there.writer, "ping", 4, &count), ROUSE_OK);
    EXPECT_READY(poll_write(&t, &duplex.back.writer, "pong", 4, &count), ROUSE_OK);
    EXPECT_READY(poll_read(&t, &duplex.there.reader, buffer, 4, &count), ROUSE_OK);
    EXPECT(memcmp(buffer, "ping", 4) == 0);
    EXPECT_READY(poll_read(&t, &duplex.back.reader, buffer, 4, &count), ROUSE_OK);
    EXPECT(memcmp(buffer, "pong", 4) == 0);
}

TEST(duplex_end_that_closes_is_closed_to_the_other)
{
    for (int near = 0; near < 2; near++) {
        struct rouse_duplex duplex;
        char memory[8], buffer[4];
        size_t count;
        struct mock_task t = mock_task(NULL);
        rouse_duplex_init(&duplex, memory, sizeof memory);
        struct rouse_pipe *out = near ? &duplex.there : &duplex.back;
        struct rouse_pipe *in = near ? &duplex.back : &duplex.there;
        EXPECT_READY(poll_write(&t, &out->writer, "bye", 3, &count), ROUSE_OK);
        (near ? rouse_duplex_close_near : rouse_duplex_close_far)(&duplex);
        EXPECT_READY(poll_read(&t, &out->reader, buffer, 4, &count), ROUSE_OK);
        EXPECT_EQ(count, 3);
        EXPECT_READY(poll_read(&t, &out->reader, buffer, 4, &count), ROUSE_ERR_CLOSED);
        EXPECT_READY(poll_write(&t, &in->writer, "x", 1, &count), ROUSE_ERR_CLOSED);
    }
}

/* ---- small readers --------------------------------------------------------------------------- */

TEST(take_ends_after_its_limit_and_leaves_the_rest)
{
    struct rouse_memory file;
    struct rouse_take_reader take;
    char buffer[8];
    size_t count;
    struct mock_task t = mock_task(NULL);
    rouse_memory_init_const(&file, "abcdef", 6);
    rouse_take_reader_init(&take, &file.reader, 4);
    EXPECT_READY(poll_read(&t, &take.reader, buffer, 3, &count), ROUSE_OK);
    EXPECT_EQ(take.left, 1);
    EXPECT_READY(poll_read(&t, &take.reader, buffer, 8, &count), ROUSE_OK);
    EXPECT_EQ(count, 1);
    EXPECT_READY(poll_read(&t, &take.reader, buffer, 8, &count), ROUSE_ERR_CLOSED);
    take.left = 100; /* once more */
    EXPECT_READY(poll_read(&t, &take.reader, buffer, 8, &count), ROUSE_OK);
    EXPECT(memcmp(buffer, "ef", 2) == 0);
    EXPECT_READY(poll_read(&t, &take.reader, buffer, 8, &count), ROUSE_ERR_CLOSED);
    EXPECT_EQ(take.left, 98);
}

TEST(take_of_a_pending_or_failing_reader_counts_nothing)
{
    static const struct rouse_mock_step script[] = {ROUSE_MOCK_READ_FAILS(-1001),
                                                    ROUSE_MOCK_READ("ab"), ROUSE_MOCK_WRITE("x")};
    struct rouse_mock mock;
    struct rouse_take_reader take;
    char buffer[8];
    size_t count;
    struct mock_task t = mock_task(NULL);
    rouse_mock_init(&mock, script, 3);
    rouse_take_reader_init(&take, &mock.reader, 4);
    EXPECT_READY(poll_read(&t, &take.reader, buffer, 8, &count), -1001);
    EXPECT_READY(poll_read(&t, &take.reader, buffer, 8, &count), ROUSE_OK);
    EXPECT_PENDING(poll_read(&t, &take.reader, buffer, 8, &count));
    EXPECT_EQ(take.left, 2);
    rouse_cancel_read(&take.reader);
    EXPECT_EQ(t.live, 0);
}

TEST(chain_reads_one_after_the_other)
{
    for (size_t first = 0; first <= 3; first++) {
        struct rouse_memory files[2];
        struct rouse_chain_reader chain;
        char buffer[8];
        rouse_memory_init_const(&files[0], "abc", first);
        rouse_memory_init_const(&files[1], "def", 3);
        rouse_chain_reader_init(&chain, &files[0].reader, &files[1].reader);
        struct rouse_read_exact read = rouse_read_exact(&chain.reader, buffer, 8);
        struct mock_task t = mock_task(&read.future);
        EXPECT_READY(mock_poll(&t), ROUSE_ERR_CLOSED);
        EXPECT_EQ(read.out, first + 3);
        EXPECT(memcmp(buffer, "abc", first) == 0 && memcmp(buffer + first, "def", 3) == 0);
    }
}

TEST(chain_hands_on_a_failure_of_the_first_and_stays_there)
{
    static const struct rouse_mock_step script[] = {ROUSE_MOCK_READ_FAILS(-1001),
                                                    ROUSE_MOCK_READ("a")};
    struct rouse_mock mock;
    struct rouse_reader empty;
    struct rouse_chain_reader chain;
    char buffer[8];
    size_t count;
    struct mock_task t = mock_task(NULL);
    rouse_mock_init(&mock, script, 2);
    rouse_empty_reader_init(&empty);
    rouse_chain_reader_init(&chain, &mock.reader, &empty);
    EXPECT_READY(poll_read(&t, &chain.reader, buffer, 8, &count), -1001);
    EXPECT_READY(poll_read(&t, &chain.reader, buffer, 8, &count), ROUSE_OK);
    EXPECT_READY(poll_read(&t, &chain.reader, buffer, 8, &count), ROUSE_ERR_CLOSED);
}

TEST(repeat_never_ends_and_a_sink_takes_everything)
{
    struct rouse_repeat_reader repeat;
    struct rouse_writer sink;
    char buffer[5];
    size_t count;
    struct mock_task t = mock_task(NULL);
    rouse_repeat_reader_init(&repeat, 'r');
    rouse_sink_writer_init(&sink);
    for (int i = 0; i < 3; i++) {
        EXPECT_READY(poll_read(&t, &repeat.reader, buffer, sizeof buffer, &count), ROUSE_OK);
        EXPECT(count == 5 && memcmp(buffer, "rrrrr", 5) == 0);
        EXPECT_READY(poll_write(&t, &sink, buffer, 5, &count), ROUSE_OK);
        EXPECT_EQ(count, 5);
    }
}

/* ---- wakes that use the pipe at once --------------------------------------------------------- */

/* A task that polls its future inside the wake: what woke it must have finished its own work. */
struct eager {
    struct rouse_future *future;
    struct rouse_polled polled;
    unsigned polls;
};
static struct rouse_waker eager_clone(void *data);
static void eager_wake(void *data);
static void eager_drop(void *data)
{
    (void)data;
}
static const struct rouse_waker_table eager_table = {eager_clone, eager_wake, eager_wake,
                                                     eager_drop};
static struct rouse_waker eager_clone(void *data)
{
    return (struct rouse_waker){&eager_table, data};
}
static void eager_wake(void *data)
{
    struct eager *eager = data;
    struct rouse_context cx = {.waker = eager_clone(eager)};
    eager->polled = rouse_poll(eager->future, &cx);
    eager->polls++;
}

TEST(reader_woken_by_a_write_or_a_close_may_use_the_pipe_in_its_wake)
{
    struct rouse_pipe pipe;
    char memory[4], buffer[4];
    size_t count;
    struct mock_task t = mock_task(NULL);
    rouse_pipe_init(&pipe, memory, sizeof memory);
    struct rouse_read_exact read = rouse_read_exact(&pipe.reader, buffer, 4);
    struct eager eager = {.future = &read.future};
    eager_wake(&eager);
    EXPECT_PENDING(eager.polled);
    EXPECT_READY(poll_write(&t, &pipe.writer, "abc", 3, &count), ROUSE_OK);
    EXPECT_EQ(count, 3);
    EXPECT_EQ(read.out, 3);
    EXPECT_PENDING(eager.polled);
    rouse_pipe_close_reader(&pipe);
    EXPECT_READY(eager.polled, ROUSE_ERR_CLOSED);
    EXPECT_EQ(eager.polls, 3);
}

TEST(writer_woken_by_a_read_or_a_close_may_use_the_pipe_in_its_wake)
{
    struct rouse_pipe pipe;
    char memory[2], buffer[2];
    size_t count;
    struct mock_task t = mock_task(NULL);
    rouse_pipe_init(&pipe, memory, sizeof memory);
    struct rouse_write_all write = rouse_write_all(&pipe.writer, "abcdef", 6);
    struct eager eager = {.future = &write.future};
    eager_wake(&eager);
    EXPECT_EQ(write.out, 2);
    EXPECT_READY(poll_read(&t, &pipe.reader, buffer, 2, &count), ROUSE_OK);
    EXPECT_EQ(count, 2);
    EXPECT(memcmp(buffer, "ab", 2) == 0);
    EXPECT_EQ(write.out, 4);
    EXPECT_PENDING(eager.polled);
    rouse_pipe_close_reader(&pipe);
    EXPECT_READY(eager.polled, ROUSE_ERR_CLOSED);
}

TEST(another_waker_replaces_the_one_that_waits_without_waking_it)
{
    struct rouse_pipe pipe;
    char memory[2], buffer[2];
    size_t count;
    rouse_pipe_init(&pipe, memory, sizeof memory);
    struct rouse_read read = rouse_read(&pipe.reader, buffer, 2);
    struct mock_task t = mock_task(&read.future), u = mock_task(&read.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    EXPECT_EQ(t.live * 10 + u.live, 1);
    EXPECT_READY(poll_write(&t, &pipe.writer, "a", 1, &count), ROUSE_OK);
    EXPECT_EQ(t.woken * 10 + u.woken, 1);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
}
