/* The buffered reader: fill, consume, and what goes past its memory. */
#include "lines.h"

TEST(fill_waits_for_enough_and_consumes_nothing)
{
    struct rouse_pipe pipe;
    struct rouse_buffered_reader b;
    char ring[8], memory[8];
    rouse_pipe_init(&pipe, ring, sizeof ring);
    rouse_buffered_reader_init(&b, &pipe.reader, memory, sizeof memory);
    struct rouse_fill fill = rouse_fill(&b, 4);
    struct mock_task t = mock_task(&fill.future);
    give(&pipe, "abc", 3);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT(is(fill.out, "abc"));
    give(&pipe, "def", 3);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT(is(fill.out, "abcdef"));
    EXPECT(is(rouse_buffered(&b), "abcdef"));
    rouse_consume(&b, 2);
    struct rouse_fill again = rouse_fill(&b, 2);
    struct mock_task u = mock_task(&again.future);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT(is(again.out, "cdef"));
}

TEST(fill_of_more_than_the_memory_is_full_and_at_the_end_closed)
{
    struct rouse_memory file;
    struct rouse_buffered_reader b;
    char memory[8];
    static const struct {
        size_t n;
        rouse_status status;
    } cases[] = {{0, ROUSE_OK}, {3, ROUSE_OK}, {4, ROUSE_ERR_CLOSED}, {9, ROUSE_ERR_FULL}};
    rouse_memory_init_const(&file, "abc", 3);
    rouse_buffered_reader_init(&b, &file.reader, memory, sizeof memory);
    for (int i = 0; i < 4; i++) {
        struct rouse_fill fill = rouse_fill(&b, cases[i].n);
        struct mock_task t = mock_task(&fill.future);
        EXPECT_READY(mock_poll(&t), cases[i].status);
        EXPECT_EQ(fill.out.size, i ? 3 : 0);
    }
}

TEST(buffered_reader_reads_its_buffer_first_and_large_reads_go_past_it)
{
    struct rouse_mock_step steps[] = {ROUSE_MOCK_READ("abcdef"), ROUSE_MOCK_READ("ghijklmnop"),
                                      ROUSE_MOCK_READ("qr")};
    struct rouse_mock mock;
    struct rouse_buffered_reader b;
    char memory[8], buffer[16];
    static const size_t asked[] = {4, 16, 16, 2}, got[] = {4, 2, 10, 2};
    rouse_mock_init(&mock, steps, 3);
    rouse_buffered_reader_init(&b, &mock.reader, memory, sizeof memory);
    for (int i = 0; i < 4; i++) {
        struct rouse_read read = rouse_read(&b.reader, buffer, asked[i]);
        struct mock_task t = mock_task(&read.future);
        EXPECT_READY(mock_poll(&t), ROUSE_OK);
        EXPECT_EQ(read.out, got[i]);
    }
    EXPECT_EQ(rouse_buffered(&b).size, 0);
}

TEST(search_in_an_always_ready_reader_lets_others_run)
{
    struct rouse_mock_step step = {ROUSE_MOCK_READ_, ROUSE_OK, text, TEXT, 0};
    struct rouse_mock mock;
    struct rouse_buffered_reader b;
    char memory[16];
    rouse_mock_init(&mock, &step, 1);
    mock.limit = 1;
    rouse_buffered_reader_init(&b, &mock.reader, memory, sizeof memory);
    struct rouse_read_line line = rouse_read_line(&b);
    struct mock_task t = mock_task(&line.future);
    struct rouse_context cx = mock_context(&t);
    cx.budget = 3;
    EXPECT_PENDING(rouse_poll(&line.future, &cx));
    EXPECT_EQ(t.woken, 1);
    EXPECT(is(rouse_buffered(&b), "on"));
    rouse_drop(&line.future);
    struct rouse_fill fill = rouse_fill(&b, 9);
    cx.budget = 3;
    EXPECT_PENDING(rouse_poll(&fill.future, &cx));
    EXPECT_EQ(rouse_buffered(&b).size, 4);
    rouse_drop(&fill.future);
}

TEST(seek_under_a_buffered_reader_once_its_buffer_was_let_go)
{
    struct rouse_memory file;
    struct rouse_buffered_reader b;
    struct rouse_slice line;
    char memory[8];
    rouse_memory_init_const(&file, "one\ntwo\nthree\n", 14);
    rouse_buffered_reader_init(&b, &file.reader, memory, sizeof memory);
    EXPECT_EQ(line_of(&b, &line), ROUSE_OK);
    rouse_consume(&b, rouse_buffered(&b).size);
    struct rouse_seek seek = rouse_seek(&file.seeker, 4, ROUSE_FROM_START);
    struct mock_task t = mock_task(&seek.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(line_of(&b, &line), ROUSE_OK);
    EXPECT(is(line, "two"));
}

TEST(buffered_reader_without_memory_reads_through)
{
    struct rouse_memory file;
    struct rouse_buffered_reader b;
    struct rouse_slice line;
    char none[1], buffer[4];
    rouse_memory_init_const(&file, "abc", 3);
    rouse_buffered_reader_init(&b, &file.reader, none, 0);
    struct rouse_read read = rouse_read(&b.reader, buffer, sizeof buffer);
    struct mock_task t = mock_task(&read.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(read.out, 3);
    EXPECT_EQ(line_of(&b, &line), ROUSE_ERR_FULL);
}
