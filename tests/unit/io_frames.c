/* Length-prefixed frames, read and written. */
#include "test.h"

enum { MOST = 40 };

struct wire {
    struct rouse_memory file;
    struct rouse_buffered_writer to;
    struct rouse_buffered_reader from;
    char data[512], out[64], in[64];
};
static void wire_init(struct wire *w)
{
    rouse_memory_init(&w->file, w->data, 0, sizeof w->data);
    rouse_buffered_writer_init(&w->to, &w->file.writer, w->out, sizeof w->out);
    rouse_buffered_reader_init(&w->from, &w->file.reader, w->in, sizeof w->in);
}
static void wire_rewind(struct wire *w)
{
    struct rouse_flush flush = rouse_flush(&w->to.writer);
    struct mock_task t = mock_task(&flush.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    struct rouse_seek seek = rouse_seek(&w->file.seeker, 0, ROUSE_FROM_START);
    struct mock_task u = mock_task(&seek.future);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
}
static rouse_status put(struct wire *w, const struct rouse_framing *framing, const char *data,
                        size_t size)
{
    struct rouse_write_frame write = rouse_write_frame(&w->to, framing, data, size);
    struct mock_task t = mock_task(&write.future);
    return mock_poll(&t).status;
}
static rouse_status get(struct rouse_buffered_reader *from, const struct rouse_framing *framing,
                        struct rouse_slice *out)
{
    struct rouse_read_frame read = rouse_read_frame(from, framing);
    struct mock_task t = mock_task(&read.future);
    rouse_status status = mock_poll(&t).status;
    *out = read.out;
    rouse_drop(&read.future);
    EXPECT_EQ(t.live, 0);
    return status;
}

TEST(frames_of_every_width_and_order_come_back)
{
    static const unsigned widths[] = {0, 1, 2, 4, 8};
    char data[MOST];
    memset(data, 'q', sizeof data);
    for (int i = 0; i < 10; i++) {
        struct rouse_framing framing = {.width = widths[i / 2], .little_endian = i % 2};
        struct wire w;
        struct rouse_slice frame;
        wire_init(&w);
        for (size_t size = 0; size <= 16; size++)
            EXPECT_EQ(put(&w, &framing, data, size), ROUSE_OK);
        wire_rewind(&w);
        for (size_t size = 0; size <= 16; size++) {
            EXPECT_EQ(get(&w.from, &framing, &frame), ROUSE_OK);
            EXPECT_EQ(frame.size, size);
            EXPECT(memcmp(frame.data, data, size) == 0);
        }
        EXPECT_EQ(get(&w.from, &framing, &frame), ROUSE_ERR_CLOSED);
    }
}

TEST(long_frames_come_back)
{
    static const unsigned widths[] = {2, 4, 8};
    static char data[70000], file[70100], out[70100], in[70100];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (char)(i * 7);
    for (int i = 0; i < 6; i++) {
        struct rouse_framing framing = {
            .width = widths[i / 2], .little_endian = i % 2, .max = sizeof data};
        size_t size = framing.width == 2 ? 0x1234 : sizeof data;
        struct rouse_memory memory;
        struct wire w;
        struct rouse_slice frame;
        rouse_memory_init(&memory, file, 0, sizeof file);
        rouse_buffered_writer_init(&w.to, &memory.writer, out, sizeof out);
        rouse_buffered_reader_init(&w.from, &memory.reader, in, sizeof in);
        struct rouse_write_frame write = rouse_write_frame(&w.to, &framing, data, size);
        EXPECT_EQ(mock_run(&write.future), ROUSE_OK);
        struct rouse_flush flush = rouse_flush(&w.to.writer);
        EXPECT_EQ(mock_run(&flush.future), ROUSE_OK);
        struct rouse_seek seek = rouse_seek(&memory.seeker, 0, ROUSE_FROM_START);
        EXPECT_EQ(mock_run(&seek.future), ROUSE_OK);
        EXPECT_EQ(get(&w.from, &framing, &frame), ROUSE_OK);
        EXPECT_EQ(frame.size, size);
        EXPECT(memcmp(frame.data, data, size) == 0);
    }
}

TEST(lengths_are_laid_out_as_the_framing_says)
{
    static const struct {
        struct rouse_framing framing;
        size_t size;
        const char *bytes;
    } cases[] = {{{.width = 1}, 2, "\x02zz"},
                 {{.width = 2}, 3, "\0\x02zz"},
                 {{.width = 2, .little_endian = true}, 3, "\x02\0zz"},
                 {{.width = 0}, 5, "\0\0\0\x02zz"},
                 {{.width = 4, .little_endian = true}, 5, "\x02\0\0\0zz"},
                 {{.width = 8}, 9, "\0\0\0\0\0\0\0\x02zz"}};
    for (int i = 0; i < 6; i++) {
        struct wire w;
        wire_init(&w);
        EXPECT_EQ(put(&w, &cases[i].framing, "zz", 2), ROUSE_OK);
        EXPECT(memcmp(rouse_unwritten(&w.to).data, cases[i].bytes, cases[i].size) == 0);
    }
}

TEST(no_framing_is_the_default_framing)
{
    struct wire w;
    struct rouse_slice frame;
    wire_init(&w);
    EXPECT_EQ(put(&w, NULL, "zz", 2), ROUSE_OK);
    EXPECT(memcmp(rouse_unwritten(&w.to).data, "\0\0\0\x02zz", 6) == 0);
    wire_rewind(&w);
    EXPECT_EQ(get(&w.from, NULL, &frame), ROUSE_OK);
    EXPECT_EQ(frame.size, 2);
}

TEST(frame_cut_short_at_every_position_is_invalid_not_closed)
{
    for (size_t size = 0; size <= 7; size++) {
        struct rouse_memory file;
        struct rouse_buffered_reader from;
        struct rouse_slice frame;
        char in[16];
        rouse_memory_init_const(&file, "\0\0\0\x03xyz", size);
        rouse_buffered_reader_init(&from, &file.reader, in, sizeof in);
        rouse_status expected = size == 7 ? ROUSE_OK : size ? ROUSE_ERR_INVALID : ROUSE_ERR_CLOSED;
        EXPECT_EQ(get(&from, NULL, &frame), expected);
        EXPECT_EQ(rouse_buffered(&from).size, size == 7 ? 0 : size); /* nothing was consumed */
    }
}

TEST(frame_that_is_too_long_is_full_and_consumes_nothing)
{
    struct rouse_framing small = {.width = 1, .max = 3}, wide = {.width = 8};
    struct rouse_memory file;
    struct rouse_buffered_reader from;
    struct rouse_slice frame;
    char in[16];
    rouse_memory_init_const(&file, "\x04wxyz", 5);
    rouse_buffered_reader_init(&from, &file.reader, in, sizeof in);
    EXPECT_EQ(get(&from, &small, &frame), ROUSE_ERR_FULL);
    EXPECT_EQ(rouse_buffered(&from).size, 5);
    small.max = 4;
    EXPECT_EQ(get(&from, &small, &frame), ROUSE_OK);
    rouse_memory_init_const(&file, "\0\0\0\0\0\0\0\x09", 8); /* nine and eight do not fit sixteen */
    EXPECT_EQ(get(&from, &wide, &frame), ROUSE_ERR_FULL);
    rouse_buffered_reader_init(&from, &file.reader, in, sizeof in);
    rouse_memory_init_const(&file, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
    EXPECT_EQ(get(&from, &wide, &frame), ROUSE_ERR_FULL);
    rouse_memory_init_const(&file, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
    rouse_buffered_reader_init(&from, &file.reader, in, 7); /* not even the length fits */
    EXPECT_EQ(get(&from, &wide, &frame), ROUSE_ERR_FULL);
}

TEST(frame_that_cannot_be_written_is_full_and_takes_nothing)
{
    struct rouse_framing one = {.width = 1}, small = {.width = 2, .max = 3};
    struct rouse_buffered_writer tiny;
    struct rouse_writer sink;
    char data[300] = "", memory[300];
    struct wire w;
    wire_init(&w);
    EXPECT_EQ(put(&w, &small, data, 4), ROUSE_ERR_FULL);
    EXPECT_EQ(put(&w, &small, data, 3), ROUSE_OK);
    EXPECT_EQ(put(&w, &one, data, 64), ROUSE_ERR_FULL); /* one byte more than the memory */
    EXPECT_EQ(put(&w, &one, data, 63), ROUSE_OK);
    rouse_sink_writer_init(&sink);
    rouse_buffered_writer_init(&w.to, &sink, memory, sizeof memory);
    EXPECT_EQ(put(&w, &one, data, 256), ROUSE_ERR_FULL); /* the length does not fit its width */
    EXPECT_EQ(put(&w, &one, data, 255), ROUSE_OK);
    rouse_buffered_writer_init(&tiny, &sink, memory, 3);
    w.to = tiny;
    EXPECT_EQ(put(&w, NULL, data, 0), ROUSE_ERR_FULL);
}

TEST(width_that_does_not_exist_is_invalid)
{
    struct rouse_framing wrong = {.width = 3};
    struct wire w;
    struct rouse_slice frame;
    wire_init(&w);
    EXPECT_EQ(put(&w, &wrong, "a", 1), ROUSE_ERR_INVALID);
    EXPECT_EQ(get(&w.from, &wrong, &frame), ROUSE_ERR_INVALID);
}

TEST(frames_cancelled_at_every_byte_lose_nothing)
{
    static const char bytes[] = "\x03one\x00\x05three";
    struct rouse_framing framing = {.width = 1};
    struct rouse_pipe pipe;
    struct rouse_buffered_reader from;
    char ring[2], in[6], got[32] = "";
    size_t sent = 0, count;
    rouse_pipe_init(&pipe, ring, sizeof ring);
    rouse_buffered_reader_init(&from, &pipe.reader, in, sizeof in);
    for (;;) {
        struct rouse_slice frame;
        rouse_status status = get(&from, &framing, &frame);
        if (status == ROUSE_ERR_CLOSED)
            break;
        if (status == ROUSE_OK) {
            strncat(got, frame.data, frame.size);
            strcat(got, "|");
            continue;
        }
        EXPECT_EQ(status, ROUSE_PENDING_);
        struct mock_task t = mock_task(NULL);
        struct rouse_context cx = mock_context(&t);
        if (sent == sizeof bytes - 1)
            rouse_pipe_close_writer(&pipe);
        else
            EXPECT_READY(rouse_poll_write(&pipe.writer, &cx, bytes + sent++, 1, &count), ROUSE_OK);
    }
    EXPECT_TEXT(got, "one||three|");
}

TEST(frames_are_items_until_closed)
{
    struct rouse_framing framing = {.width = 1};
    struct rouse_memory file;
    struct rouse_buffered_reader from;
    char in[8];
    rouse_memory_init_const(&file, "\1a\2bc", 5);
    rouse_buffered_reader_init(&from, &file.reader, in, sizeof in);
    struct rouse_frames frames = rouse_frames(&from, &framing);
    struct mock_task t = mock_task(&frames.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ITEM_);
    EXPECT_EQ(frames.out.size, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_ITEM_);
    EXPECT_EQ(frames.out.size, 2);
    EXPECT_EQ(ROUSE_ITEM_OF(struct rouse_slice, frames).size, 2);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_CLOSED);
}

TEST(dropped_frames_leave_no_waker)
{
    struct rouse_pipe pipe;
    struct rouse_buffered_reader from;
    char ring[2], in[6];
    rouse_pipe_init(&pipe, ring, sizeof ring);
    rouse_buffered_reader_init(&from, &pipe.reader, in, sizeof in);
    struct rouse_frames frames = rouse_frames(&from, NULL);
    struct mock_task t = mock_task(&frames.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&frames.future);
    EXPECT_EQ(t.live, 0);
}

TEST(frame_that_waits_for_room_is_taken_whole_or_not_at_all)
{
    struct rouse_framing framing = {.width = 1};
    struct rouse_pipe pipe;
    struct rouse_buffered_writer to;
    char ring[1], out[4], byte;
    size_t count;
    rouse_pipe_init(&pipe, ring, sizeof ring);
    rouse_buffered_writer_init(&to, &pipe.writer, out, sizeof out);
    struct rouse_write_frame first = rouse_write_frame(&to, &framing, "abc", 3);
    struct rouse_write_frame cut = rouse_write_frame(&to, &framing, "xy", 2);
    struct rouse_write_frame last = rouse_write_frame(&to, &framing, "12", 2);
    struct mock_task t = mock_task(&first.future), u = mock_task(&cut.future);
    struct mock_task v = mock_task(&last.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_PENDING(mock_poll(&u));
    rouse_drop(&cut.future);
    EXPECT_EQ(u.live, 0);
    struct rouse_context cx = mock_context(&v);
    for (const char *expected = "\3a"; *expected; expected++) {
        EXPECT_PENDING(mock_poll(&v)); /* one byte has left, which is not enough yet */
        EXPECT_READY(rouse_poll_read(&pipe.reader, &cx, &byte, 1, &count), ROUSE_OK);
        EXPECT_EQ(byte, *expected);
    }
    EXPECT_READY(mock_poll(&v), ROUSE_OK);
    EXPECT_EQ(rouse_unwritten(&to).size, 4);
    EXPECT(memcmp(rouse_unwritten(&to).data,
                  "c\2"
                  "12",
                  4) == 0);
}

TEST(frames_of_a_reader_that_fails_at_every_position_go_on)
{
    static const char bytes[] = "\3one\0\5three";
    enum { BYTES = sizeof bytes - 1 };
    struct rouse_framing framing = {.width = 1};
    for (size_t at = 1; at < BYTES; at++) {
        struct rouse_mock_step steps[] = {{ROUSE_MOCK_READ_, ROUSE_OK, bytes, at, 0},
                                          ROUSE_MOCK_READ_FAILS(-1001),
                                          {ROUSE_MOCK_READ_, ROUSE_OK, bytes + at, BYTES - at, 0}};
        struct rouse_mock mock;
        struct rouse_buffered_reader from;
        struct rouse_slice frame;
        char in[6], got[32] = "";
        unsigned failures = 0;
        rouse_status status;
        rouse_mock_init(&mock, steps, 3);
        rouse_buffered_reader_init(&from, &mock.reader, in, sizeof in);
        while ((status = get(&from, &framing, &frame)) != ROUSE_ERR_CLOSED) {
            failures += status == -1001;
            if (status != ROUSE_OK)
                continue;
            strncat(got, frame.data, frame.size);
            strcat(got, "|");
        }
        EXPECT_EQ(failures, 1);
        EXPECT_TEXT(got, "one||three|");
    }
}

TEST(longest_frame_may_change_between_two_frames)
{
    struct rouse_framing framing = {.width = 1, .max = 1};
    struct rouse_memory file;
    struct rouse_buffered_reader from;
    struct rouse_slice frame;
    char in[8];
    rouse_memory_init_const(&file, "\2ab\3cde", 7);
    rouse_buffered_reader_init(&from, &file.reader, in, sizeof in);
    EXPECT_EQ(get(&from, &framing, &frame), ROUSE_ERR_FULL);
    framing.max = 2;
    EXPECT_EQ(get(&from, &framing, &frame), ROUSE_OK);
    EXPECT_EQ(get(&from, &framing, &frame), ROUSE_ERR_FULL);
    framing.max = 0;
    EXPECT_EQ(get(&from, &framing, &frame), ROUSE_OK);
    EXPECT_EQ(frame.size, 3);
}

TEST(frames_after_an_end_that_was_none)
{
    static const struct rouse_mock_step steps[] = {ROUSE_MOCK_READ("\1a"), ROUSE_MOCK_READ(""),
                                                   ROUSE_MOCK_READ("\1b"), ROUSE_MOCK_READ("")};
    struct rouse_framing framing = {.width = 1};
    struct rouse_mock mock;
    struct rouse_buffered_reader from;
    struct rouse_slice frame;
    char in[8];
    rouse_mock_init(&mock, steps, 4);
    rouse_buffered_reader_init(&from, &mock.reader, in, sizeof in);
    for (int i = 0; i < 2; i++) {
        EXPECT_EQ(get(&from, &framing, &frame), ROUSE_OK);
        EXPECT_EQ(frame.data[0], "ab"[i]);
        EXPECT_EQ(get(&from, &framing, &frame), ROUSE_ERR_CLOSED);
    }
    EXPECT_EQ(get(&from, &framing, &frame), ROUSE_ERR_CLOSED);
}
