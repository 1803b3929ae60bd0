/* The mock: a script that is followed, and what is said when it is not. */
#include "test.h"

#define SCRIPT(mock, ...)                                                 \
    do {                                                                  \
        static const struct rouse_mock_step steps_[] = {__VA_ARGS__};     \
        rouse_mock_init(&(mock), steps_, sizeof steps_ / sizeof *steps_); \
    } while (0)

static rouse_status now(struct rouse_future *f)
{
    struct mock_task t = mock_task(f);
    rouse_status status = mock_poll(&t).status;
    rouse_drop(f);
    EXPECT_EQ(t.live, 0);
    return status;
}
static rouse_status read_now(struct rouse_mock *mock, char *buffer, size_t size)
{
    struct rouse_read_exact read = rouse_read_exact(&mock->reader, buffer, size);
    return now(&read.future);
}
static rouse_status write_now(struct rouse_mock *mock, const char *data)
{
    struct rouse_write_all write = rouse_write_all(&mock->writer, data, strlen(data));
    return now(&write.future);
}

TEST(script_that_is_followed_reports_nothing)
{
    for (size_t limit = 0; limit < 7; limit++) {
        struct rouse_mock mock;
        char buffer[5];
        SCRIPT(mock, ROUSE_MOCK_WRITE("hello"), ROUSE_MOCK_READ("wo"), ROUSE_MOCK_READ("rld"),
               ROUSE_MOCK_WRITE("bye"));
        mock.limit = limit;
        EXPECT_EQ(write_now(&mock, "hello"), ROUSE_OK);
        EXPECT_EQ(read_now(&mock, buffer, 5), ROUSE_OK);
        EXPECT(memcmp(buffer, "world", 5) == 0);
        EXPECT_EQ(write_now(&mock, "bye"), ROUSE_OK);
        EXPECT_EQ(read_now(&mock, buffer, 1), ROUSE_ERR_CLOSED);
        EXPECT(!rouse_mock_report(&mock));
    }
}

TEST(wrong_write_reports_expected_and_got_and_where)
{
    struct rouse_mock mock;
    SCRIPT(mock, ROUSE_MOCK_WRITE("abc"), ROUSE_MOCK_WRITE("def\n"));
    EXPECT_EQ(write_now(&mock, "abc"), ROUSE_OK);
    EXPECT_EQ(write_now(&mock, "dXf\n"), ROUSE_ERR_INVALID);
    EXPECT_TEXT(rouse_mock_report(&mock),
                "step 2: at byte 3 written: expected \"def\\x0a\", got \"dXf\\x0a\"");
    EXPECT_EQ(write_now(&mock, "def\n"), ROUSE_ERR_INVALID); /* what went wrong stays wrong */
    EXPECT_CONTAINS(rouse_mock_report(&mock), "dXf");
}

TEST(write_after_the_end_of_the_script_is_reported)
{
    struct rouse_mock mock;
    SCRIPT(mock, ROUSE_MOCK_WRITE("abc"));
    EXPECT_EQ(write_now(&mock, "abc and much more than anybody would quote"), ROUSE_ERR_INVALID);
    EXPECT_TEXT(rouse_mock_report(&mock), "step 2: at byte 3 written: expected nothing more, "
                                          "got \" and much more than anyb...\"");
}

TEST(unfinished_script_is_reported_with_what_is_left)
{
    struct rouse_mock mock;
    char buffer[2];
    SCRIPT(mock, ROUSE_MOCK_READ("abcd"), ROUSE_MOCK_WAIT(ROUSE_MS));
    EXPECT_EQ(read_now(&mock, buffer, 2), ROUSE_OK);
    EXPECT_TEXT(rouse_mock_report(&mock), "step 1 of 2 was not done: a read of \"cd\", "
                                          "after 2 bytes read and 0 written");
    EXPECT_EQ(read_now(&mock, buffer, 2), ROUSE_OK);
    EXPECT_TEXT(rouse_mock_report(&mock), "step 2 of 2 was not done: a wait");
}

TEST(failures_come_once_each_in_their_place)
{
    struct rouse_mock mock;
    char buffer[2];
    SCRIPT(mock, ROUSE_MOCK_READ_FAILS(-1001), ROUSE_MOCK_READ("ab"), ROUSE_MOCK_WRITE_FAILS(-1002),
           ROUSE_MOCK_WRITE("cd"), ROUSE_MOCK_READ(""), ROUSE_MOCK_READ("ef"));
    EXPECT_EQ(read_now(&mock, buffer, 2), -1001);
    EXPECT_EQ(read_now(&mock, buffer, 2), ROUSE_OK);
    EXPECT_EQ(write_now(&mock, "cd"), -1002);
    EXPECT_EQ(write_now(&mock, "cd"), ROUSE_OK);
    EXPECT_EQ(read_now(&mock, buffer, 2), ROUSE_ERR_CLOSED); /* an end that is none */
    EXPECT_EQ(read_now(&mock, buffer, 2), ROUSE_OK);
    EXPECT(!rouse_mock_report(&mock));
}

TEST(each_side_waits_for_the_other_and_is_woken)
{
    struct rouse_mock mock;
    char buffer[2];
    SCRIPT(mock, ROUSE_MOCK_WRITE("ask"), ROUSE_MOCK_READ("ok"), ROUSE_MOCK_WRITE("bye"));
    struct rouse_read read = rouse_read(&mock.reader, buffer, 2);
    struct mock_task reader = mock_task(&read.future);
    EXPECT_PENDING(mock_poll(&reader));
    EXPECT_EQ(write_now(&mock, "ask"), ROUSE_OK);
    EXPECT_EQ(reader.woken, 1);
    struct rouse_write write = rouse_write(&mock.writer, "bye", 3);
    struct mock_task writer = mock_task(&write.future);
    EXPECT_PENDING(mock_poll(&writer)); /* the answer has not been read */
    EXPECT_READY(mock_poll(&reader), ROUSE_OK);
    EXPECT_EQ(writer.woken, 1);
    EXPECT_READY(mock_poll(&writer), ROUSE_OK);
    EXPECT(!rouse_mock_report(&mock));
}

TEST(shutdown_step_must_happen_and_others_may)
{
    struct rouse_mock mock;
    char buffer[2];
    SCRIPT(mock, ROUSE_MOCK_WRITE("x"), ROUSE_MOCK_SHUTDOWN(-1003), ROUSE_MOCK_READ("ok"));
    struct rouse_shutdown early = rouse_shutdown(&mock.writer), due = rouse_shutdown(&mock.writer);
    EXPECT_EQ(now(&early.future), ROUSE_OK);
    EXPECT_EQ(write_now(&mock, "x"), ROUSE_OK);
    struct rouse_read read = rouse_read(&mock.reader, buffer, 2);
    struct mock_task reader = mock_task(&read.future);
    EXPECT_PENDING(mock_poll(&reader));
    EXPECT_CONTAINS(rouse_mock_report(&mock), "step 2 of 3 was not done: a shutdown");
    EXPECT_EQ(now(&due.future), -1003);
    EXPECT_EQ(reader.woken, 1);
    EXPECT_READY(mock_poll(&reader), ROUSE_OK);
    EXPECT(!rouse_mock_report(&mock));
}

/* ---- waits, with a clock --------------------------------------------------------------------- */

struct clocked {
    struct rouse_fake_host host;
    struct rouse_runtime rt;
};
static void clocked_open(struct clocked *c)
{
    rouse_fake_host_init(&c->host);
    struct rouse_options options = {.host = &c->host.host};
    EXPECT_EQ(rouse_runtime_init(&c->rt, &options), ROUSE_OK);
}

TEST(wait_holds_reads_and_writes_until_it_is_over)
{
    struct clocked c;
    struct rouse_mock mock;
    char buffer[2];
    clocked_open(&c);
    SCRIPT(mock, ROUSE_MOCK_READ("ab"), ROUSE_MOCK_WAIT(5 * ROUSE_MS), ROUSE_MOCK_READ("cd"),
           ROUSE_MOCK_WRITE("ef"));
    EXPECT_EQ(read_now(&mock, buffer, 2), ROUSE_OK);
    struct rouse_read read = rouse_read(&mock.reader, buffer, 2);
    struct rouse_write write = rouse_write(&mock.writer, "ef", 2);
    struct mock_task reader = mock_task(&read.future), writer = mock_task(&write.future);
    reader.runtime = writer.runtime = &c.rt;
    EXPECT_PENDING(mock_poll(&reader));
    EXPECT_PENDING(mock_poll(&writer));
    rouse_fake_host_advance(&c.host, 4 * ROUSE_MS);
    EXPECT_EQ(reader.woken + writer.woken, 0);
    rouse_fake_host_advance(&c.host, ROUSE_MS);
    EXPECT_EQ(writer.woken, 1); /* it asked last, so it has the timer */
    EXPECT_PENDING(mock_poll(&writer));
    EXPECT_EQ(reader.woken, 1); /* the wait is over: the read may be next */
    EXPECT_READY(mock_poll(&reader), ROUSE_OK);
    EXPECT_READY(mock_poll(&writer), ROUSE_OK);
    EXPECT(!rouse_mock_report(&mock));
    EXPECT_EQ(reader.live + writer.live, 0);
    rouse_runtime_drop(&c.rt);
}

TEST(waits_add_up_and_hold_a_shutdown_too)
{
    struct clocked c;
    struct rouse_mock mock;
    clocked_open(&c);
    SCRIPT(mock, ROUSE_MOCK_WAIT(ROUSE_MS), ROUSE_MOCK_WAIT(2 * ROUSE_MS),
           ROUSE_MOCK_SHUTDOWN(ROUSE_OK));
    struct rouse_shutdown shutdown = rouse_shutdown(&mock.writer);
    struct mock_task t = mock_task(&shutdown.future);
    t.runtime = &c.rt;
    EXPECT_PENDING(mock_poll(&t));
    rouse_fake_host_advance(&c.host, ROUSE_MS);
    EXPECT_PENDING(mock_poll(&t));
    rouse_fake_host_advance(&c.host, 2 * ROUSE_MS);
    EXPECT_EQ(t.woken, 2);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT(!rouse_mock_report(&mock));
    rouse_runtime_drop(&c.rt);
}

TEST(cancelled_wait_goes_on_for_the_other_side)
{
    struct clocked c;
    struct rouse_mock mock;
    char buffer[2];
    clocked_open(&c);
    SCRIPT(mock, ROUSE_MOCK_WAIT(5 * ROUSE_MS), ROUSE_MOCK_READ("cd"), ROUSE_MOCK_WRITE("ef"));
    struct rouse_read read = rouse_read(&mock.reader, buffer, 2);
    struct rouse_write write = rouse_write(&mock.writer, "ef", 2);
    struct mock_task reader = mock_task(&read.future), writer = mock_task(&write.future);
    reader.runtime = writer.runtime = &c.rt;
    EXPECT_PENDING(mock_poll(&reader));
    EXPECT_PENDING(mock_poll(&writer));
    rouse_fake_host_advance(&c.host, 4 * ROUSE_MS);
    rouse_drop(&write.future);
    EXPECT_EQ(writer.live, 0);
    EXPECT_EQ(reader.woken, 1);
    EXPECT_PENDING(mock_poll(&reader));
    rouse_fake_host_advance(&c.host, ROUSE_MS); /* no later than it was due */
    EXPECT_EQ(reader.woken, 2);
    EXPECT_READY(mock_poll(&reader), ROUSE_OK);
    rouse_runtime_drop(&c.rt);
}

TEST(dropped_mock_ends_its_wait)
{
    struct clocked c;
    struct rouse_mock mock;
    char buffer[2];
    clocked_open(&c);
    SCRIPT(mock, ROUSE_MOCK_WAIT(5 * ROUSE_MS));
    struct mock_task t = mock_task(NULL);
    t.runtime = &c.rt;
    struct rouse_context cx = mock_context(&t);
    size_t count;
    EXPECT_PENDING(rouse_poll_read(&mock.reader, &cx, buffer, 2, &count));
    rouse_mock_drop(&mock);
    rouse_cancel_read(&mock.reader);
    EXPECT_EQ(t.live, 0);
    rouse_runtime_drop(&c.rt);
}

TEST(wait_without_a_clock_is_not_supported)
{
    struct rouse_mock mock;
    struct rouse_shutdown shutdown = rouse_shutdown(&mock.writer);
    char buffer[2];
    SCRIPT(mock, ROUSE_MOCK_WAIT(5 * ROUSE_MS));
    EXPECT_EQ(read_now(&mock, buffer, 2), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT_EQ(write_now(&mock, "x"), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT_EQ(now(&shutdown.future), ROUSE_ERR_NOT_SUPPORTED);
}
