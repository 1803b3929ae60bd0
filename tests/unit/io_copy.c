/* copy and copy_both. */
#include "test.h"

static const char text[] = "the quick brown fox jumps over the lazy dog";
enum { TEXT = sizeof text - 1 };

static rouse_status finish(struct rouse_future *f)
{
    struct mock_task t = mock_task(f);
    rouse_status status;
    do {
        unsigned woken = t.woken;
        status = mock_poll(&t).status;
        EXPECT(status != ROUSE_PENDING_ || t.woken > woken); /* else it would wait for ever */
    } while (status == ROUSE_PENDING_);
    EXPECT_EQ(t.live, 0);
    return status;
}

TEST(copy_through_buffers_of_every_size)
{
    for (size_t size = 1; size <= TEXT + 1; size++) {
        struct rouse_memory from, to;
        struct rouse_buffered_reader b;
        char memory[TEXT + 1], data[TEXT];
        rouse_memory_init_const(&from, text, TEXT);
        rouse_memory_init(&to, data, 0, sizeof data);
        rouse_buffered_reader_init(&b, &from.reader, memory, size);
        struct rouse_copy copy = rouse_copy(&b, &to.writer);
        EXPECT_EQ(finish(&copy.future), ROUSE_OK);
        EXPECT_EQ(copy.out, TEXT);
        EXPECT_EQ(to.size, TEXT);
        EXPECT(memcmp(data, text, TEXT) == 0);
    }
}

TEST(copy_of_nothing_is_done)
{
    struct rouse_reader empty;
    struct rouse_writer sink;
    struct rouse_buffered_reader b;
    char memory[4];
    rouse_empty_reader_init(&empty);
    rouse_sink_writer_init(&sink);
    rouse_buffered_reader_init(&b, &empty, memory, sizeof memory);
    struct rouse_copy copy = rouse_copy(&b, &sink);
    EXPECT_EQ(finish(&copy.future), ROUSE_OK);
    EXPECT_EQ(copy.out, 0);
}

TEST(copy_without_memory_is_full)
{
    struct rouse_repeat_reader repeat;
    struct rouse_writer sink;
    struct rouse_buffered_reader b;
    char none[1];
    rouse_repeat_reader_init(&repeat, 'x');
    rouse_sink_writer_init(&sink);
    rouse_buffered_reader_init(&b, &repeat.reader, none, 0);
    struct rouse_copy copy = rouse_copy(&b, &sink);
    EXPECT_EQ(finish(&copy.future), ROUSE_ERR_FULL);
}

TEST(copy_that_fails_at_every_position_keeps_the_rest)
{
    for (size_t room = 0; room < TEXT; room++) {
        struct rouse_memory from, to;
        struct rouse_buffered_reader b;
        char memory[7], data[TEXT];
        rouse_memory_init_const(&from, text, TEXT);
        rouse_memory_init(&to, data, 0, room);
        rouse_buffered_reader_init(&b, &from.reader, memory, sizeof memory);
        struct rouse_copy copy = rouse_copy(&b, &to.writer);
        EXPECT_EQ(finish(&copy.future), ROUSE_ERR_FULL);
        EXPECT_EQ(copy.out, room);
        to.capacity = TEXT; /* room again: a new copy goes on at the very byte */
        struct rouse_copy rest = rouse_copy(&b, &to.writer);
        EXPECT_EQ(finish(&rest.future), ROUSE_OK);
        EXPECT_EQ(rest.out, TEXT - room);
        EXPECT(memcmp(data, text, TEXT) == 0);
    }
}

TEST(copy_from_a_failing_reader_hands_on_its_status)
{
    static const struct rouse_mock_step script[] = {ROUSE_MOCK_READ("abc"),
                                                    ROUSE_MOCK_READ_FAILS(-1001)};
    struct rouse_mock mock;
    struct rouse_writer sink;
    struct rouse_buffered_reader b;
    char memory[4];
    rouse_mock_init(&mock, script, 2);
    rouse_sink_writer_init(&sink);
    rouse_buffered_reader_init(&b, &mock.reader, memory, sizeof memory);
    struct rouse_copy copy = rouse_copy(&b, &sink);
    EXPECT_EQ(finish(&copy.future), -1001);
    EXPECT_EQ(copy.out, 3);
}

TEST(copy_cancelled_at_every_wait_loses_nothing)
{
    struct rouse_pipe in, out;
    struct rouse_buffered_reader b;
    char rings[2][3], memory[5], got[TEXT];
    size_t sent = 0, received = 0, count = 0;
    rouse_pipe_init(&in, rings[0], 3);
    rouse_pipe_init(&out, rings[1], 3);
    rouse_buffered_reader_init(&b, &in.reader, memory, sizeof memory);
    for (int round = 0; received < TEXT; round++) {
        struct rouse_copy copy = rouse_copy(&b, &out.writer);
        struct mock_task t = mock_task(&copy.future), u = mock_task(NULL);
        EXPECT_PENDING(mock_poll(&t));
        rouse_drop(&copy.future);
        EXPECT_EQ(t.live, 0);
        struct rouse_context cx = mock_context(&u);
        if (round % 2 && sent < TEXT &&
            rouse_poll_write(&in.writer, &cx, text + sent, TEXT - sent, &count).status == ROUSE_OK)
            sent += count;
        if (rouse_poll_read(&out.reader, &cx, got + received, 1, &count).status == ROUSE_OK)
            received += count;
        rouse_cancel_read(&out.reader);
        rouse_cancel_write(&in.writer);
        EXPECT_EQ(u.live, 0);
    }
    EXPECT(memcmp(got, text, TEXT) == 0);
}

TEST(copy_flushes_when_the_reader_makes_it_wait)
{
    struct rouse_pipe in;
    struct rouse_memory file;
    struct rouse_buffered_reader from;
    struct rouse_buffered_writer to;
    char ring[8], memory[8], held[8], data[8];
    size_t count;
    rouse_pipe_init(&in, ring, sizeof ring);
    rouse_memory_init(&file, data, 0, sizeof data);
    rouse_buffered_reader_init(&from, &in.reader, memory, sizeof memory);
    rouse_buffered_writer_init(&to, &file.writer, held, sizeof held);
    struct rouse_copy copy = rouse_copy(&from, &to.writer);
    struct mock_task t = mock_task(&copy.future);
    struct rouse_context cx = mock_context(&t);
    EXPECT_READY(rouse_poll_write(&in.writer, &cx, "abc", 3, &count), ROUSE_OK);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(file.size, 3); /* not left behind in `held` */
    EXPECT_READY(rouse_poll_write(&in.writer, &cx, "def", 3, &count), ROUSE_OK);
    rouse_pipe_close_writer(&in);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(file.size, 6);
}

TEST(copy_cancelled_before_its_last_flush_flushes_when_it_is_made_again)
{
    struct rouse_memory source;
    struct rouse_pipe out;
    struct rouse_buffered_reader from;
    struct rouse_buffered_writer to;
    char ring[3], memory[8], held[8], got[8];
    size_t received = 0, count;
    rouse_memory_init_const(&source, text, 6);
    rouse_pipe_init(&out, ring, sizeof ring);
    rouse_buffered_reader_init(&from, &source.reader, memory, sizeof memory);
    rouse_buffered_writer_init(&to, &out.writer, held, sizeof held);
    struct rouse_copy copy = rouse_copy(&from, &to.writer);
    struct mock_task t = mock_task(&copy.future), u = mock_task(NULL);
    struct rouse_context cx = mock_context(&u);
    EXPECT_PENDING(mock_poll(&t)); /* all is read and written, the flush waits for room */
    rouse_drop(&copy.future);
    copy = rouse_copy(&from, &to.writer);
    for (rouse_status status = ROUSE_PENDING_; status == ROUSE_PENDING_;) {
        status = mock_poll(&t).status;
        EXPECT(status == ROUSE_OK || status == ROUSE_PENDING_);
        while (rouse_poll_read(&out.reader, &cx, got + received, 3, &count).status == ROUSE_OK)
            received += count;
        rouse_cancel_read(&out.reader);
    }
    EXPECT_EQ(rouse_unwritten(&to).size, 0);
    EXPECT_EQ(received, 6);
    EXPECT(memcmp(got, text, 6) == 0);
}

TEST(copy_fails_when_that_flush_fails)
{
    struct rouse_pipe in;
    struct rouse_memory file;
    struct rouse_buffered_reader from;
    struct rouse_buffered_writer to;
    char ring[8], memory[8], held[8], data[2];
    size_t count;
    rouse_pipe_init(&in, ring, sizeof ring);
    rouse_memory_init(&file, data, 0, sizeof data);
    rouse_buffered_reader_init(&from, &in.reader, memory, sizeof memory);
    rouse_buffered_writer_init(&to, &file.writer, held, sizeof held);
    struct rouse_copy copy = rouse_copy(&from, &to.writer);
    struct mock_task t = mock_task(&copy.future);
    struct rouse_context cx = mock_context(&t);
    EXPECT_READY(rouse_poll_write(&in.writer, &cx, "abc", 3, &count), ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_FULL);
    EXPECT_EQ(rouse_unwritten(&to).size, 1);
    EXPECT_EQ(t.live, 0);
}

TEST(copy_of_an_endless_reader_lets_others_run)
{
    struct rouse_repeat_reader repeat;
    struct rouse_writer sink;
    struct rouse_buffered_reader b;
    char memory[4];
    rouse_repeat_reader_init(&repeat, 'x');
    rouse_sink_writer_init(&sink);
    rouse_buffered_reader_init(&b, &repeat.reader, memory, sizeof memory);
    struct rouse_copy copy = rouse_copy(&b, &sink);
    struct mock_task t = mock_task(&copy.future);
    struct rouse_context cx = mock_context(&t);
    cx.budget = 5;
    EXPECT_PENDING(rouse_poll(&copy.future, &cx));
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(copy.out, 8);
    rouse_drop(&copy.future);
}

/* ---- both ways ------------------------------------------------------------------------------- */

/* A proxy between two duplexes: we are at the near end of one and at the far end of the other. */
struct proxy {
    struct rouse_duplex left, right;
    struct rouse_buffered_reader from_left, from_right;
    char rings[2][8], buffers[2][4];
    struct rouse_copy_both copy;
    struct mock_task task, others;
};
static void proxy_init(struct proxy *p)
{
    rouse_duplex_init(&p->left, p->rings[0], 8);
    rouse_duplex_init(&p->right, p->rings[1], 8);
    rouse_buffered_reader_init(&p->from_left, &p->left.there.reader, p->buffers[0], 4);
    rouse_buffered_reader_init(&p->from_right, &p->right.back.reader, p->buffers[1], 4);
    p->copy = rouse_copy_both(&p->from_left, &p->right.there.writer, &p->from_right,
                              &p->left.back.writer);
    p->task = mock_task(&p->copy.future);
    p->others = mock_task(NULL);
}
static void say(struct proxy *p, struct rouse_writer *writer, const char *words)
{
    size_t count;
    struct rouse_context cx = mock_context(&p->others);
    EXPECT_READY(rouse_poll_write(writer, &cx, words, strlen(words), &count), ROUSE_OK);
    EXPECT_EQ(count, strlen(words));
}
static rouse_status hear(struct proxy *p, struct rouse_reader *reader, char *words)
{
    size_t count;
    struct rouse_context cx = mock_context(&p->others);
    rouse_status status = rouse_poll_read(reader, &cx, words, 8, &count).status;
    words[count] = '\0';
    rouse_cancel_read(reader);
    return status;
}

TEST(copy_both_carries_both_ways_until_both_ended)
{
    struct proxy p;
    char words[9];
    proxy_init(&p);
    EXPECT_PENDING(mock_poll(&p.task));
    say(&p, &p.left.there.writer, "ping");
    say(&p, &p.right.back.writer, "pong");
    EXPECT_PENDING(mock_poll(&p.task));
    EXPECT_EQ(hear(&p, &p.right.there.reader, words), ROUSE_OK);
    EXPECT_TEXT(words, "ping");
    EXPECT_EQ(hear(&p, &p.left.back.reader, words), ROUSE_OK);
    EXPECT_TEXT(words, "pong");
    rouse_pipe_close_writer(&p.left.there); /* one way ends: the other goes on */
    EXPECT_PENDING(mock_poll(&p.task));
    EXPECT_EQ(hear(&p, &p.right.there.reader, words), ROUSE_ERR_CLOSED);
    say(&p, &p.right.back.writer, "more");
    EXPECT_PENDING(mock_poll(&p.task));
    EXPECT_EQ(hear(&p, &p.left.back.reader, words), ROUSE_OK);
    EXPECT_TEXT(words, "more");
    rouse_pipe_close_writer(&p.right.back);
    EXPECT_READY(mock_poll(&p.task), ROUSE_OK);
    EXPECT_EQ(p.copy.there, 4);
    EXPECT_EQ(p.copy.back, 8);
    EXPECT_EQ(hear(&p, &p.left.back.reader, words), ROUSE_ERR_CLOSED);
    EXPECT_EQ(p.task.live, 0);
}

TEST(copy_both_that_is_stuck_one_way_goes_on_the_other)
{
    struct proxy p;
    char words[9];
    proxy_init(&p);
    for (int i = 0; i < 4; i++) { /* nobody reads on the right: ring, buffer and ring fill up */
        size_t count;
        struct rouse_context cx = mock_context(&p.others);
        (void)rouse_poll_write(&p.left.there.writer, &cx, "full", 4, &count);
        EXPECT_PENDING(mock_poll(&p.task));
    }
    say(&p, &p.right.back.writer, "quux");
    EXPECT_PENDING(mock_poll(&p.task));
    EXPECT_EQ(hear(&p, &p.left.back.reader, words), ROUSE_OK);
    EXPECT_TEXT(words, "quux");
    rouse_drop(&p.copy.future);
    rouse_cancel_write(&p.left.there.writer);
}

TEST(copy_both_that_fails_one_way_ends_the_other)
{
    for (int way = 0; way < 2; way++) {
        struct proxy p;
        proxy_init(&p);
        EXPECT_PENDING(mock_poll(&p.task));
        rouse_pipe_close_reader(way ? &p.left.back : &p.right.there);
        say(&p, way ? &p.right.back.writer : &p.left.there.writer, "lost");
        EXPECT_READY(mock_poll(&p.task), ROUSE_ERR_CLOSED);
        EXPECT_EQ(p.task.live, 0);
        EXPECT(rouse_is_done(&p.copy.ways[0].copy.future));
        EXPECT(rouse_is_done(&p.copy.ways[1].copy.future));
    }
}

TEST(dropped_copy_both_leaves_no_waker_and_loses_nothing)
{
    struct proxy p;
    char words[9];
    proxy_init(&p);
    say(&p, &p.left.there.writer, "ab");
    EXPECT_PENDING(mock_poll(&p.task));
    say(&p, &p.left.there.writer, "cd");
    rouse_drop(&p.copy.future);
    EXPECT_EQ(p.task.live, 0);
    p.copy =
        rouse_copy_both(&p.from_left, &p.right.there.writer, &p.from_right, &p.left.back.writer);
    EXPECT_PENDING(mock_poll(&p.task));
    EXPECT_EQ(hear(&p, &p.right.there.reader, words), ROUSE_OK);
    EXPECT_TEXT(words, "abcd");
    rouse_drop(&p.copy.future);
}

TEST(copies_and_writes_through_a_buffer_end_with_the_smallest_budget)
{
    char in[3], out[4], got[32];
    struct rouse_memory from, to;
    struct rouse_buffered_reader reader;
    struct rouse_buffered_writer writer;
    rouse_memory_init_const(&from, "through a buffer", 16);
    rouse_memory_init(&to, got, 0, sizeof got);
    rouse_buffered_reader_init(&reader, &from.reader, in, sizeof in);
    rouse_buffered_writer_init(&writer, &to.writer, out, sizeof out);
    struct rouse_copy copy = rouse_copy(&reader, &writer.writer);
    struct rouse_write_all write = rouse_write_all(&writer.writer, "and more", 8);
    struct rouse_flush flush = rouse_flush(&writer.writer);
    struct rouse_future *steps[] = {&copy.future, &write.future, &flush.future};
    struct mock_task t = mock_task(NULL);
    for (int i = 0; i < 3; i++)
        for (int polls = 1; !rouse_is_done(steps[i]); polls++) {
            struct rouse_context cx = mock_context(&t);
            cx.budget = 2; /* what a poll begins with where rouse_options.budget is 1 */
            (void)rouse_poll(steps[i], &cx).status;
            EXPECT(polls < 100);
        }
    EXPECT_EQ(to.size, 24);
    EXPECT(memcmp(got, "through a bufferand more", 24) == 0);
}
