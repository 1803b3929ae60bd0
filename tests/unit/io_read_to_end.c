/* read_to_end: into memory that grows. */
#include "broken.h"

struct harness {
    struct rouse_runtime rt;
    struct test_memory memory;
};
static void harness_open(struct harness *h)
{
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &h->memory};
    h->memory = (struct test_memory){0};
    EXPECT_EQ(rouse_runtime_init(&h->rt, &options), ROUSE_OK);
}

static struct rouse_polled poll_to_end(struct harness *h, struct rouse_read_to_end *read)
{
    struct mock_task t = mock_task(&read->future);
    t.runtime = &h->rt;
    return mock_poll(&t);
}

TEST(read_to_end_grows_as_needed)
{
    struct harness h;
    struct rouse_repeat_reader repeat;
    struct rouse_take_reader take;
    struct rouse_buffer all = {0};
    harness_open(&h);
    rouse_repeat_reader_init(&repeat, 'z');
    rouse_take_reader_init(&take, &repeat.reader, 5000);
    struct rouse_read_to_end read = rouse_read_to_end(&take.reader, &all, SIZE_MAX);
    EXPECT_READY(poll_to_end(&h, &read), ROUSE_OK);
    EXPECT_EQ(read.out, 5000);
    EXPECT_EQ(all.size, 5000);
    EXPECT(all.data[0] == 'z' && all.data[4999] == 'z');
    EXPECT_EQ(h.memory.live_blocks, 1);
    rouse_buffer_drop(&all);
    EXPECT_EQ(h.memory.live_blocks, 0);
    EXPECT_EQ(h.memory.live_bytes, 0);
    rouse_buffer_drop(&all); /* of an empty one: nothing */
    rouse_runtime_drop(&h.rt);
}

TEST(read_to_end_appends_to_what_the_buffer_holds)
{
    struct harness h;
    struct rouse_buffer all = {0};
    struct rouse_memory memory;
    harness_open(&h);
    for (int i = 0; i < 2; i++) {
        rouse_memory_init_const(&memory, "abc", 3);
        struct rouse_read_to_end read = rouse_read_to_end(&memory.reader, &all, 100);
        EXPECT_READY(poll_to_end(&h, &read), ROUSE_OK);
        EXPECT_EQ(read.out, 3);
    }
    EXPECT_EQ(all.size, 6);
    EXPECT(memcmp(all.data, "abcabc", 6) == 0);
    rouse_buffer_drop(&all);
    rouse_runtime_drop(&h.rt);
}

TEST(read_to_end_stops_at_its_cap_and_keeps_what_came)
{
    struct harness h;
    struct rouse_buffer all = {0};
    struct rouse_repeat_reader repeat;
    harness_open(&h);
    rouse_repeat_reader_init(&repeat, 'z');
    struct rouse_read_to_end read = rouse_read_to_end(&repeat.reader, &all, 300);
    EXPECT_READY(poll_to_end(&h, &read), ROUSE_ERR_FULL);
    EXPECT_EQ(all.size, 300);
    EXPECT(h.memory.live_bytes <= 300);
    struct rouse_read_to_end more = rouse_read_to_end(&repeat.reader, &all, 200);
    EXPECT_READY(poll_to_end(&h, &more), ROUSE_ERR_FULL); /* it holds more than this cap already */
    EXPECT_EQ(all.size, 300);
    rouse_buffer_drop(&all);
    rouse_runtime_drop(&h.rt);
}

TEST(read_to_end_into_the_callers_memory_needs_a_byte_of_room)
{
    for (size_t size = 0; size <= TEXT + 1; size++) {
        char memory[TEXT + 1];
        struct rouse_buffer all;
        struct rouse_memory file;
        rouse_memory_init_const(&file, text, TEXT);
        rouse_buffer_init(&all, memory, size);
        struct rouse_read_to_end read = rouse_read_to_end(&file.reader, &all, SIZE_MAX);
        struct mock_task t = mock_task(&read.future);
        EXPECT_READY(mock_poll(&t), size > TEXT ? ROUSE_OK : ROUSE_ERR_FULL);
        EXPECT_EQ(all.size, size > TEXT ? TEXT : size);
        EXPECT(memcmp(memory, text, all.size) == 0);
        rouse_buffer_drop(&all); /* the memory is the caller's */
    }
}

TEST(read_to_end_survives_a_failing_allocation_at_every_step)
{
    struct harness h;
    for (size_t fail_at = 1;; fail_at++) {
        struct rouse_buffer all = {0};
        struct rouse_repeat_reader repeat;
        struct rouse_take_reader take;
        harness_open(&h);
        h.memory.fail_at = fail_at;
        rouse_repeat_reader_init(&repeat, 'z');
        rouse_take_reader_init(&take, &repeat.reader, 3000);
        struct rouse_read_to_end read = rouse_read_to_end(&take.reader, &all, 4000);
        rouse_status status = poll_to_end(&h, &read).status;
        EXPECT_EQ(status, h.memory.failed ? ROUSE_ERR_NO_MEMORY : ROUSE_OK);
        EXPECT_EQ(all.size + take.left, 3000); /* nothing read was lost */
        h.memory.fail_at = 0;
        struct rouse_read_to_end again = rouse_read_to_end(&take.reader, &all, 4000);
        EXPECT_READY(poll_to_end(&h, &again), ROUSE_OK);
        EXPECT_EQ(all.size, 3000);
        rouse_buffer_drop(&all);
        EXPECT_EQ(h.memory.live_blocks, 0);
        rouse_runtime_drop(&h.rt);
        if (status == ROUSE_OK)
            break;
        EXPECT(fail_at < 20);
    }
}

TEST(read_to_end_without_a_runtime_cannot_grow)
{
    struct rouse_buffer all = {0};
    struct rouse_memory file;
    rouse_memory_init_const(&file, text, TEXT);
    struct rouse_read_to_end read = rouse_read_to_end(&file.reader, &all, SIZE_MAX);
    struct mock_task t = mock_task(&read.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_NOT_SUPPORTED);
}

TEST(read_to_end_of_failures_at_every_position_goes_on_in_the_same_buffer)
{
    for (size_t at = 0; at <= TEXT; at++) {
        struct broken broken;
        char memory[TEXT + 1];
        struct rouse_buffer all;
        broken_init(&broken, at, -1001);
        rouse_buffer_init(&all, memory, sizeof memory);
        struct rouse_read_to_end read = rouse_read_to_end(&broken.mock.reader, &all, SIZE_MAX);
        struct mock_task t = mock_task(&read.future);
        EXPECT_READY(mock_poll(&t), -1001);
        EXPECT_EQ(all.size, at);
        struct rouse_read_to_end rest = rouse_read_to_end(&broken.mock.reader, &all, SIZE_MAX);
        struct mock_task u = mock_task(&rest.future);
        EXPECT_READY(mock_poll(&u), ROUSE_OK);
        EXPECT_EQ(all.size, TEXT);
        EXPECT(memcmp(memory, text, TEXT) == 0);
    }
}

TEST(read_to_end_cancelled_at_every_wait_goes_on_in_the_same_buffer)
{
    char ring[3], memory[TEXT + 1];
    struct rouse_pipe pipe;
    struct rouse_buffer all;
    size_t count, sent = 0;
    rouse_pipe_init(&pipe, ring, sizeof ring);
    rouse_buffer_init(&all, memory, sizeof memory);
    for (;;) {
        struct rouse_read_to_end read = rouse_read_to_end(&pipe.reader, &all, SIZE_MAX);
        struct mock_task t = mock_task(&read.future);
        struct rouse_polled polled = mock_poll(&t);
        if (!rouse_is_pending(polled)) {
            EXPECT_READY(polled, ROUSE_OK);
            break;
        }
        rouse_drop(&read.future);
        EXPECT_EQ(t.live, 0);
        struct rouse_context cx = mock_context(&t);
        if (sent == TEXT)
            rouse_pipe_close_writer(&pipe);
        else
            EXPECT_READY(rouse_poll_write(&pipe.writer, &cx, text + sent++, 1, &count), ROUSE_OK);
    }
    EXPECT_EQ(all.size, TEXT);
    EXPECT(memcmp(memory, text, TEXT) == 0);
}
