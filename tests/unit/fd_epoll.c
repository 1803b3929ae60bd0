/* What epoll alone would get wrong: ends that nobody waits for, numbers that are used again, copies
   of a descriptor, several waits for one. */
// needs: native malloc
#define _GNU_SOURCE
#include "counted.h"
#include "silent.h"
#include <rouse/host.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

static int ends[2];

static void begin_pair(void)
{
    begin();
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), 0);
}

static void end_pair(void)
{
    close(ends[0]);
    close(ends[1]);
    end();
}

static void look(void)
{
    rt.host->calls->look(rt.host);
    (void)rouse_turn(&rt);
}

static void send_one(int fd)
{
    EXPECT_EQ(write(fd, "x", 1), 1);
}

#define WAIT(name_, future_)              \
    MOCK(rouse_fd_ready, name_, future_); \
    name_##_task.runtime = &rt;           \
    EXPECT_PENDING(POLL(name_))

TEST(two_readers_and_a_writer_of_one_descriptor_each_hear_their_own)
{
    begin_pair();
    while (write(ends[0], "fills the buffer", 16) > 0) {
    }
    WAIT(first, rouse_readable(ends[0]));
    WAIT(second, rouse_readable(ends[0]));
    WAIT(writer, rouse_writable(ends[0]));
    look();
    EXPECT_EQ(first_task.woken + second_task.woken + writer_task.woken, 0);
    send_one(ends[1]);
    look();
    EXPECT_EQ(first_task.woken, 1);
    EXPECT_EQ(second_task.woken, 1);
    EXPECT_EQ(writer_task.woken, 0);
    EXPECT_READY(POLL(first), ROUSE_OK);
    EXPECT_READY(POLL(second), ROUSE_OK);
    char got[4096];
    while (read(ends[1], got, sizeof got) > 0) {
    }
    look();
    EXPECT_EQ(writer_task.woken, 1);
    EXPECT_READY(POLL(writer), ROUSE_OK);
    end_pair();
}

TEST(an_end_that_nobody_waits_for_is_heard_once)
{
    begin_pair();
    WAIT(reader, rouse_readable(ends[0]));
    close(ends[1]);
    look();
    EXPECT_READY(POLL(reader), ROUSE_OK);
    look();
    EXPECT(is_silent());
    reader = rouse_readable(ends[0]); /* and to whoever asks again */
    EXPECT_EQ(rouse_block_on(&rt, &reader.future), ROUSE_OK);
    ends[1] = -1;
    end_pair();
}

TEST(bytes_that_nobody_waits_for_are_heard_once)
{
    begin_pair();
    WAIT(reader, rouse_readable(ends[0]));
    rouse_drop(&reader.future);
    send_one(ends[1]);
    look();
    EXPECT(is_silent());
    reader = rouse_readable(ends[0]);
    EXPECT_EQ(rouse_block_on(&rt, &reader.future), ROUSE_OK);
    end_pair();
}

TEST(a_writer_is_heard_once_and_the_reader_beside_it_waits_on)
{
    begin_pair();
    WAIT(reader, rouse_readable(ends[0]));
    struct rouse_fd_ready writer = rouse_writable(ends[0]);
    EXPECT_EQ(rouse_block_on(&rt, &writer.future), ROUSE_OK);
    EXPECT(is_silent());
    EXPECT_EQ(reader_task.woken, 0);
    send_one(ends[1]);
    look();
    EXPECT_EQ(reader_task.woken, 1);
    EXPECT_READY(POLL(reader), ROUSE_OK);
    end_pair();
}

TEST(a_number_that_is_used_again_is_another_descriptor)
{
    begin_pair();
    WAIT(old, rouse_readable(ends[0]));
    rouse_drop(&old.future);
    int number = ends[0], next[2];
    close(ends[0]);
    EXPECT_EQ(pipe2(next, O_CLOEXEC | O_NONBLOCK), 0);
    EXPECT_EQ(next[0], number);
    WAIT(reader, rouse_readable(next[0]));
    look();
    EXPECT_EQ(reader_task.woken, 0);
    send_one(next[1]);
    look();
    EXPECT_READY(POLL(reader), ROUSE_OK);
    ends[0] = next[0];
    close(next[1]);
    end_pair();
}

TEST(a_number_used_again_by_a_connection_is_waited_for)
{
    struct rouse_fd fd;
    char byte;
    begin_pair();
    rouse_fd_init(&fd, ends[0]);
    MOCK(rouse_read, read, rouse_read(&fd.reader, &byte, 1));
    read_task.runtime = &rt;
    EXPECT_PENDING(POLL(read));
    rouse_drop(&read.future);
    rouse_fd_close(&fd);
    int next[2];
    EXPECT_EQ(pipe2(next, O_CLOEXEC | O_NONBLOCK), 0);
    EXPECT_EQ(next[0], ends[0]);
    rouse_fd_init(&fd, next[0]);
    read = rouse_read(&fd.reader, &byte, 1);
    EXPECT_PENDING(POLL(read));
    send_one(next[1]);
    look();
    EXPECT_READY(POLL(read), ROUSE_OK);
    close(next[1]);
    end_pair();
}

/* epoll goes on reporting what was closed while a copy is open, in a child process say. */
TEST(a_copy_of_what_was_closed_keeps_nobody_busy)
{
    begin_pair();
    int other[2], copy = dup(ends[0]);
    EXPECT_EQ(pipe2(other, O_CLOEXEC | O_NONBLOCK), 0);
    WAIT(bystander, rouse_readable(other[0]));
    WAIT(reader, rouse_readable(ends[0]));
    rouse_drop(&reader.future);
    close(ends[0]);
    send_one(ends[1]);
    look();
    EXPECT(is_silent());
    EXPECT_EQ(bystander_task.woken, 0);
    send_one(other[1]);
    look();
    EXPECT_EQ(bystander_task.woken, 1);
    EXPECT_READY(POLL(bystander), ROUSE_OK);
    ends[0] = copy;
    close(other[0]);
    close(other[1]);
    end_pair();
}

TEST(a_copy_of_what_was_closed_does_not_speak_for_the_next)
{
    begin_pair();
    int next[2], copy = dup(ends[0]);
    WAIT(old, rouse_readable(ends[0]));
    rouse_drop(&old.future);
    close(ends[0]);
    EXPECT_EQ(pipe2(next, O_CLOEXEC | O_NONBLOCK), 0);
    EXPECT_EQ(next[0], ends[0]);
    WAIT(reader, rouse_readable(next[0]));
    send_one(ends[1]); /* reported under the number that the pipe has now */
    look();
    EXPECT_EQ(reader_task.woken, 0);
    EXPECT(is_silent());
    send_one(next[1]);
    look();
    EXPECT_READY(POLL(reader), ROUSE_OK);
    close(next[0]);
    close(next[1]);
    ends[0] = copy;
    end_pair();
}

/* A new epoll takes a descriptor: without one, the old one serves on. */
TEST(a_copy_of_what_was_closed_waits_until_there_is_a_descriptor)
{
    struct rlimit limit;
    begin_pair();
    int copy = dup(ends[0]);
    WAIT(reader, rouse_readable(ends[0]));
    rouse_drop(&reader.future);
    send_one(ends[1]);
    close(ends[0]);
    EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
    struct rlimit none = {0, limit.rlim_max};
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    look();
    EXPECT(!is_silent());
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
    look();
    EXPECT(is_silent());
    ends[0] = copy;
    end_pair();
}

TEST(a_wait_that_was_answered_may_be_dropped_before_it_is_woken)
{
    begin_pair();
    WAIT(reader, rouse_readable(ends[0]));
    send_one(ends[1]);
    rt.host->calls->look(rt.host);
    rouse_drop(&reader.future);
    (void)rouse_turn(&rt);
    EXPECT_EQ(reader_task.woken, 0);
    EXPECT_EQ(reader_task.live, 0);
    WAIT(again, rouse_readable(ends[1]));
    EXPECT_EQ(rouse_host_waits(&rt), 1);
    rouse_drop(&again.future);
    end_pair();
}

TEST(the_table_grows_while_answers_are_under_way)
{
    enum { MANY = 40 };
    static struct rouse_fd_ready ready[MANY];
    static struct mock_task tasks[MANY];
    begin_pair();
    for (int i = 0; i < MANY; i++) {
        ready[i] = rouse_readable(ends[0]);
        tasks[i] = mock_task(&ready[i].future);
        tasks[i].runtime = &rt;
        EXPECT_PENDING(mock_poll(&tasks[i]));
        if (i == 2 || i == 20)
            (void)rouse_host_fd_event(&rt, ends[0], ROUSE_FD_READ, ROUSE_OK);
        if (i == 21)
            rouse_drop(&ready[3].future);
    }
    (void)rouse_turn(&rt);
    for (int i = 0; i < MANY; i++) {
        EXPECT_EQ(tasks[i].woken, i <= 20 && i != 3);
        if (i <= 20 && i != 3)
            EXPECT_READY(mock_poll(&tasks[i]), ROUSE_OK);
    }
    EXPECT_EQ(rouse_host_waits(&rt), MANY - 21);
    for (int i = 0; i < MANY; i++)
        rouse_drop(&ready[i].future);
    EXPECT_EQ(rouse_host_waits(&rt), 0);
    end_pair();
}

TEST(a_descriptor_number_that_was_made_up_takes_no_memory)
{
    begin();
    MOCK(rouse_fd_ready, bad, rouse_readable(INT32_MAX));
    bad_task.runtime = &rt;
    EXPECT_READY(POLL(bad), ROUSE_ERR_BAD_FD);
    EXPECT(memory.live_bytes < 4096);
    end();
}
