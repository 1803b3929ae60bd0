/* The buffered reader: read_until, read_line, lines. */
#include "lines.h"

static void expect_lines(struct rouse_buffered_reader *b)
{
    static const char *const lines[] = {"one", "two", "", "four is longer", "last"};
    struct rouse_slice line;
    for (size_t i = 0; i < 5; i++) {
        EXPECT_EQ(line_of(b, &line), ROUSE_OK);
        EXPECT(is(line, lines[i]));
    }
    EXPECT_EQ(line_of(b, &line), ROUSE_ERR_CLOSED);
    EXPECT_EQ(line_of(b, &line), ROUSE_ERR_CLOSED);
}

TEST(lines_of_short_reads_of_every_size_and_buffers_of_every_size)
{
    for (size_t limit = 1; limit <= TEXT; limit++) {
        for (size_t size = 15; size <= TEXT + 1; size++) {
            struct rouse_mock_step step = {ROUSE_MOCK_READ_, ROUSE_OK, text, TEXT, 0};
            struct rouse_mock mock;
            struct rouse_buffered_reader b;
            char memory[TEXT + 1];
            rouse_mock_init(&mock, &step, 1);
            mock.limit = limit;
            rouse_buffered_reader_init(&b, &mock.reader, memory, size);
            expect_lines(&b);
        }
    }
}

TEST(read_line_cancelled_at_every_byte_loses_nothing)
{
    struct rouse_pipe pipe;
    struct rouse_buffered_reader b;
    char ring[4], memory[16], got[2 * TEXT];
    size_t sent = 0, size = 0;
    rouse_pipe_init(&pipe, ring, sizeof ring);
    rouse_buffered_reader_init(&b, &pipe.reader, memory, sizeof memory);
    for (;;) {
        struct rouse_slice line;
        rouse_status status = line_of(&b, &line); /* drops a pending one */
        if (status == ROUSE_ERR_CLOSED)
            break;
        if (status == ROUSE_OK) {
            memcpy(got + size, line.data, line.size);
            size += line.size;
            got[size++] = '|';
        } else if (sent < TEXT) {
            give(&pipe, text + sent++, 1);
        } else {
            rouse_pipe_close_writer(&pipe);
        }
    }
    got[size] = '\0';
    EXPECT_TEXT(got, "one|two||four is longer|last|");
}

TEST(line_longer_than_the_buffer_is_full_and_stays_there)
{
    struct rouse_memory file;
    struct rouse_buffered_reader b;
    struct rouse_slice line;
    char memory[4];
    rouse_memory_init_const(&file, "abcdefgh\nx\n", 11);
    rouse_buffered_reader_init(&b, &file.reader, memory, sizeof memory);
    for (int i = 0; i < 2; i++) {
        EXPECT_EQ(line_of(&b, &line), ROUSE_ERR_FULL);
        EXPECT(is(rouse_buffered(&b), "abcd"));
    }
    rouse_consume(&b, 4); /* skip it piece by piece */
    EXPECT_EQ(line_of(&b, &line), ROUSE_ERR_FULL);
    rouse_consume(&b, 4);
    EXPECT_EQ(line_of(&b, &line), ROUSE_OK);
    EXPECT(is(line, ""));
    EXPECT_EQ(line_of(&b, &line), ROUSE_OK);
    EXPECT(is(line, "x"));
}

TEST(line_of_a_failing_reader_goes_on_at_every_position)
{
    for (size_t at = 0; at < TEXT; at++) {
        struct rouse_mock_step steps[] = {
            {ROUSE_MOCK_READ_, at > 0 ? ROUSE_OK : -1000, text, at, 0},
            ROUSE_MOCK_READ_FAILS(-1001),
            {ROUSE_MOCK_READ_, ROUSE_OK, text + at, TEXT - at, 0}};
        struct rouse_mock mock;
        struct rouse_buffered_reader b;
        struct rouse_slice line;
        char memory[TEXT], got[2 * TEXT];
        size_t size = 0;
        rouse_status status;
        rouse_mock_init(&mock, steps, 3);
        rouse_buffered_reader_init(&b, &mock.reader, memory, sizeof memory);
        while ((status = line_of(&b, &line)) != ROUSE_ERR_CLOSED) {
            if (status != ROUSE_OK)
                continue;
            memcpy(got + size, line.data, line.size);
            size += line.size;
            got[size++] = '|';
        }
        got[size] = '\0';
        EXPECT_TEXT(got, "one|two||four is longer|last|");
        EXPECT(!rouse_mock_report(&mock));
    }
}

TEST(carriage_return_without_newline_belongs_to_the_line)
{
    struct rouse_memory file;
    struct rouse_buffered_reader b;
    struct rouse_slice line;
    char memory[16];
    rouse_memory_init_const(&file, "a\rb\n\r\n\r", 7);
    rouse_buffered_reader_init(&b, &file.reader, memory, sizeof memory);
    EXPECT_EQ(line_of(&b, &line), ROUSE_OK);
    EXPECT(is(line, "a\rb"));
    EXPECT_EQ(line_of(&b, &line), ROUSE_OK);
    EXPECT(is(line, ""));
    EXPECT_EQ(line_of(&b, &line), ROUSE_OK);
    EXPECT(is(line, "\r"));
}

/* ---- read_until ------------------------------------------------------------------------------ */

TEST(read_until_keeps_the_delimiter_except_at_the_end)
{
    struct rouse_memory file;
    struct rouse_buffered_reader b;
    char memory[8];
    static const char *const parts[] = {"ab;", ";", "cd"};
    rouse_memory_init_const(&file, "ab;;cd", 6);
    rouse_buffered_reader_init(&b, &file.reader, memory, sizeof memory);
    for (int i = 0; i < 4; i++) {
        struct rouse_read_until read = rouse_read_until(&b, ';');
        struct mock_task t = mock_task(&read.future);
        EXPECT_READY(mock_poll(&t), i < 3 ? ROUSE_OK : ROUSE_ERR_CLOSED);
        if (i < 3)
            EXPECT(is(read.out, parts[i]));
    }
}

TEST(read_until_searches_no_byte_twice_and_finds_the_delimiter_in_the_last_byte_of_memory)
{
    struct rouse_pipe pipe;
    struct rouse_buffered_reader b;
    char ring[4], memory[4];
    rouse_pipe_init(&pipe, ring, sizeof ring);
    rouse_buffered_reader_init(&b, &pipe.reader, memory, sizeof memory);
    struct rouse_read_until read = rouse_read_until(&b, '\0');
    struct mock_task t = mock_task(&read.future);
    for (size_t i = 0; i < 3; i++) {
        EXPECT_PENDING(mock_poll(&t));
        EXPECT_EQ(read.searched, i);
        give(&pipe, &"abc"[i], 1);
    }
    EXPECT_PENDING(mock_poll(&t));
    give(&pipe, "", 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(read.out.size, 4);
}

TEST(dropped_read_until_leaves_no_waker)
{
    struct rouse_pipe pipe;
    struct rouse_buffered_reader b;
    char ring[4], memory[4];
    rouse_pipe_init(&pipe, ring, sizeof ring);
    rouse_buffered_reader_init(&b, &pipe.reader, memory, sizeof memory);
    struct rouse_read_until read = rouse_read_until(&b, '\0');
    struct rouse_lines lines = rouse_lines(&b);
    struct rouse_fill fill = rouse_fill(&b, 2);
    struct rouse_future *all[] = {&read.future, &lines.future, &fill.future};
    for (int i = 0; i < 3; i++) {
        struct mock_task t = mock_task(all[i]);
        EXPECT_PENDING(mock_poll(&t));
        EXPECT_EQ(t.live, 1);
        rouse_drop(all[i]);
        EXPECT_EQ(t.live, 0);
    }
}

/* ---- lines as a stream ----------------------------------------------------------------------- */

TEST(lines_are_items_until_closed)
{
    struct rouse_memory file;
    struct rouse_buffered_reader b;
    char memory[32];
    rouse_memory_init_const(&file, text, TEXT);
    rouse_buffered_reader_init(&b, &file.reader, memory, sizeof memory);
    struct rouse_lines lines = rouse_lines(&b);
    struct mock_task t = mock_task(&lines.future);
    static const char *const expected[] = {"one", "two", "", "four is longer", "last"};
    for (int i = 0; i < 5; i++) {
        EXPECT_READY(mock_poll(&t), ROUSE_ITEM_);
        EXPECT(is(lines.out, expected[i]));
        EXPECT(is(ROUSE_ITEM_OF(struct rouse_slice, lines), expected[i]));
    }
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_CLOSED);
}

static void measure(void *data, const void *line, void *out)
{
    (void)data;
    *(size_t *)out = ((const struct rouse_slice *)line)->size;
}

TEST(lines_are_a_stream_that_adapters_take)
{
    struct rouse_memory file;
    struct rouse_buffered_reader b;
    char memory[32];
    size_t size;
    rouse_memory_init_const(&file, text, TEXT);
    rouse_buffered_reader_init(&b, &file.reader, memory, sizeof memory);
    struct rouse_lines lines = rouse_lines(&b);
    struct rouse_map map = rouse_map(&lines.future, measure, NULL, &size);
    struct mock_task t = mock_task(&map.future);
    static const size_t expected[] = {3, 3, 0, 14, 4};
    for (int i = 0; i < 5; i++) {
        EXPECT_READY(mock_poll(&t), ROUSE_ITEM_);
        EXPECT_EQ(ROUSE_ITEM_OF(size_t, map), expected[i]);
    }
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_CLOSED);
}

/* Between two items the reader is free: a header of lines, then a body of bytes. */
struct message {
    struct rouse_future future;
    struct rouse_buffered_reader *from;
    struct rouse_lines lines;
    struct rouse_read_exact read;
    char body[5];
    int headers;
};
ROUSE_ASYNC(message)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->lines, rouse_lines(self->from)) {
        if (self->lines.out.size == 0)
            break;
        self->headers++;
    }
    ROUSE_AWAIT(self->read, rouse_read_exact(&self->from->reader, self->body, 5));
    ROUSE_FINALLY;
    rouse_drop(&self->lines.future);
    ROUSE_END;
}

TEST(lines_left_early_leave_the_rest_to_others)
{
    struct rouse_mock_step step = ROUSE_MOCK_READ("a: 1\r\nb: 2\r\n\r\nhello");
    for (size_t limit = 1; limit < 20; limit++) {
        struct rouse_mock mock;
        struct rouse_buffered_reader b;
        char memory[8];
        rouse_mock_init(&mock, &step, 1);
        mock.limit = limit;
        rouse_buffered_reader_init(&b, &mock.reader, memory, sizeof memory);
        struct message message = ROUSE_FUTURE(message, .from = &b);
        struct mock_task t = mock_task(&message.future);
        struct rouse_polled polled;
        while (rouse_is_pending(polled = mock_poll(&t))) {
            /* the hostile build suspends at every await */
        }
        EXPECT_READY(polled, ROUSE_OK);
        EXPECT_EQ(message.headers, 2);
        EXPECT(memcmp(message.body, "hello", 5) == 0);
    }
}
