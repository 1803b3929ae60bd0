/* Waiting for descriptors, and the readers and writers on them. */
// needs: native malloc
#define _GNU_SOURCE
#include "counted.h"
#include <rouse/host.h>

#include <fcntl.h>
#include <unistd.h>

static void open_pipe(struct rouse_fd ends[2])
{
    EXPECT_EQ(rouse_fd_pipe(&ends[0], &ends[1]), ROUSE_OK);
}

static void close_pipe(struct rouse_fd ends[2])
{
    rouse_fd_close(&ends[0]);
    rouse_fd_close(&ends[1]);
    rouse_fd_close(&ends[1]);
}

/* ---- Waiting ------------------------------------------------------------------------------- */

struct late_writer {
    struct rouse_future future;
    struct rouse_fd *to;
    struct rouse_sleep nap;
    struct rouse_write_all write;
};
ROUSE_ASYNC(late_writer)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(20 * ROUSE_MS));
    ROUSE_AWAIT(self->write, rouse_write_all(&self->to->writer, "late", 4));
    ROUSE_END;
}

struct reads {
    struct rouse_future future;
    struct rouse_fd *pipe;
    char got[8];
    struct rouse_read_exact read;
    struct late_writer writer;
    struct rouse_try_join both;
};
ROUSE_ASYNC(reads)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->read, rouse_read_exact(&self->pipe[0].reader, self->got, 4));
    ROUSE_PUT(self->writer, ROUSE_FUTURE(late_writer, .to = &self->pipe[1]));
    ROUSE_AWAIT(self->both, rouse_try_join(ROUSE_LIST(&self->read.future, &self->writer.future)));
    ROUSE_END;
}

TEST(an_empty_pipe_makes_its_reader_wait_beside_a_timer)
{
    struct rouse_fd ends[2];
    begin();
    open_pipe(ends);
    struct reads f = ROUSE_FUTURE(reads, .pipe = ends);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT(memcmp(f.got, "late", 4) == 0);
    close_pipe(ends);
    end();
}

TEST(waits_are_dropped_in_any_order_and_a_late_id_finds_nothing)
{
    int fds[2];
    begin();
    EXPECT_EQ(pipe(fds), 0);
    struct rouse_fd_ready ready[6];
    struct mock_task tasks[6];
    for (int i = 0; i < 6; i++) { /* more than the first table holds */
        ready[i] = rouse_readable(fds[0]);
        tasks[i] = mock_task(&ready[i].future);
        tasks[i].runtime = &rt;
        EXPECT_PENDING(mock_poll(&tasks[i]));
        EXPECT_PENDING(mock_poll(&tasks[i]));
    }
    EXPECT_EQ(rouse_host_waits(&rt), 6);
    uint64_t late = ready[2].use.id;
    rouse_drop(&ready[2].future);
    rouse_drop(&ready[0].future);
    EXPECT_EQ(rouse_host_waits(&rt), 4);
    rouse_host_fd_ready(&rt, late, ROUSE_OK);
    rouse_host_fd_ready(&rt, 0, ROUSE_OK);
    rouse_host_fd_ready(&rt, 1000, ROUSE_OK);
    EXPECT_EQ(rouse_host_waits(&rt), 4);
    EXPECT_EQ(write(fds[1], "x", 1), 1);
    rt.host->calls->look(rt.host);
    rouse_host_fd_ready(&rt, ready[1].use.id, ROUSE_OK); /* a second time */
    EXPECT_EQ(rouse_host_waits(&rt), 0);
    rouse_drop(&ready[1].future); /* it never comes for its answer */
    EXPECT_READY(mock_poll(&tasks[3]), ROUSE_OK);
    ready[2] = rouse_readable(fds[0]);
    EXPECT_PENDING(mock_poll(&tasks[2]));
    EXPECT(ready[2].use.id != late);
    for (int i = 0; i < 6; i++)
        rouse_drop(&ready[i].future);
    close(fds[0]);
    close(fds[1]);
    end();
}

TEST(a_host_walks_all_waits_and_no_other)
{
    int fds[2];
    begin();
    EXPECT_EQ(pipe(fds), 0);
    struct rouse_fd_ready ready[9];
    struct mock_task tasks[9];
    for (int n = 0; n < 9; n++) { /* also when the table is full */
        ready[n] = rouse_readable(fds[0]);
        tasks[n] = mock_task(&ready[n].future);
        tasks[n].runtime = &rt;
        EXPECT_PENDING(mock_poll(&tasks[n]));
        struct rouse_fd_wait wait;
        unsigned found = 0;
        for (uint32_t at = 0; rouse_host_next_wait(&rt, &at, &wait);)
            for (int i = 0; i <= n; i++)
                found |= (unsigned)(ready[i].use.id == wait.id && wait.fd == fds[0]) << i;
        EXPECT_EQ(found, (2u << n) - 1);
    }
    for (int n = 0; n < 9; n++)
        rouse_drop(&ready[n].future);
    uint32_t at = 0;
    struct rouse_fd_wait wait;
    EXPECT(!rouse_host_next_wait(&rt, &at, &wait));
    close(fds[0]);
    close(fds[1]);
    end();
}

TEST(a_bad_descriptor_fails_its_own_wait_and_no_other) /* pitfall 31 */
{
    int fds[2];
    begin();
    EXPECT_EQ(pipe(fds), 0);
    MOCK(rouse_fd_ready, good, rouse_readable(fds[0]));
    MOCK(rouse_fd_ready, bad, rouse_readable(987));
    good_task.runtime = bad_task.runtime = &rt;
    EXPECT_PENDING(POLL(good));
    EXPECT_READY(POLL(bad), ROUSE_ERR_BAD_FD);
    rt.host->calls->look(rt.host);
    EXPECT_PENDING(POLL(good));
    rouse_drop(&good.future);
    close(fds[0]);
    close(fds[1]);
    end();
}

TEST(a_file_and_a_writable_pipe_are_ready_and_so_is_an_end) /* pitfall 29 */
{
    int fds[2], null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    begin();
    EXPECT_EQ(pipe(fds), 0);
    struct rouse_fd_ready ready[] = {rouse_readable(null), rouse_writable(fds[1])};
    for (int i = 0; i < 2; i++)
        EXPECT_EQ(rouse_block_on(&rt, &ready[i].future), ROUSE_OK);
    close(fds[1]);
    ready[0] = rouse_readable(fds[0]); /* hung up */
    EXPECT_EQ(rouse_block_on(&rt, &ready[0].future), ROUSE_OK);
    close(fds[0]);
    close(null);
    end();
}

TEST(out_of_memory_is_the_status_of_a_wait)
{
    for (size_t n = 1; n <= 2; n++) {
        struct rouse_fd ends[2];
        begin();
        open_pipe(ends);
        MOCK(rouse_fd_ready, ready, rouse_readable(ends[0].fd));
        ready_task.runtime = &rt;
        memory.fail_at = memory.calls + n;
        struct rouse_polled polled = POLL(ready);
        EXPECT_READY(polled, ROUSE_ERR_NO_MEMORY);
        memory.fail_at = 0;
        close_pipe(ends);
        end();
    }
}

/* ---- Closing -------------------------------------------------------------------------------- */

TEST(closing_a_descriptor_ends_the_read_of_another_task)
{
    struct rouse_fd ends[2];
    char byte;
    begin();
    open_pipe(ends);
    MOCK(rouse_read, read, rouse_read(&ends[0].reader, &byte, 1));
    read_task.runtime = &rt;
    EXPECT_PENDING(POLL(read));
    rouse_fd_close(&ends[0]);
    (void)rouse_turn(&rt);
    EXPECT_EQ(read_task.woken, 1);
    EXPECT_READY(POLL(read), ROUSE_ERR_BAD_FD);
    close_pipe(ends);
    end();
}

TEST(a_read_of_what_was_closed_or_never_opened_is_bad)
{
    struct rouse_fd ends[2];
    char byte;
    begin();
    open_pipe(ends);
    EXPECT_EQ(fcntl(ends[0].fd, F_SETFL, 0), 0); /* it may block */
    close_pipe(ends);
    MOCK(rouse_read, read, rouse_read(&ends[0].reader, &byte, 1));
    read_task.runtime = &rt;
    EXPECT_READY(POLL(read), ROUSE_ERR_BAD_FD);
    MOCK(rouse_fd_ready, ready, rouse_readable(-1));
    ready_task.runtime = &rt;
    EXPECT_READY(POLL(ready), ROUSE_ERR_BAD_FD);
    end();
}

struct busy {
    struct rouse_future future;
    bool *stop;
    uint64_t turns;
};
ROUSE_ASYNC(busy)
{
    ROUSE_BEGIN;
    for (; !*self->stop; self->turns++)
        ROUSE_YIELD;
    ROUSE_END;
}
struct stops {
    struct rouse_future future;
    int fd;
    bool stop;
    struct rouse_fd_ready ready;
    struct busy busy;
    struct rouse_task *task;
};
ROUSE_ASYNC(stops)
{
    ROUSE_BEGIN;
    self->task = ROUSE_SPAWN(ROUSE_FUTURE(busy, .stop = &self->stop));
    ROUSE_AWAIT(self->ready, rouse_readable(self->fd));
    self->stop = true;
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

TEST(a_descriptor_is_seen_although_a_task_never_rests) /* pitfall 47 */
{
    int fds[2];
    begin();
    EXPECT_EQ(pipe(fds), 0);
    EXPECT_EQ(write(fds[1], "x", 1), 1);
    struct stops f = ROUSE_FUTURE(stops, .fd = fds[0]);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    close(fds[0]);
    close(fds[1]);
    end();
}

TEST(what_is_there_already_comes_before_a_virtual_clock_jumps)
{
    int fds[2];
    struct rouse_options options = {
        .allocate = test_allocate, .allocate_data = &memory, .virtual_clock = true};
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    EXPECT_EQ(pipe(fds), 0);
    struct rouse_fd ends[2];
    rouse_fd_init(&ends[0], fds[0]);
    rouse_fd_init(&ends[1], fds[1]);
    struct reads f = ROUSE_FUTURE(reads, .pipe = ends); /* nothing is there: the clock jumps */
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    EXPECT_EQ(rouse_now(&rt), 20 * ROUSE_MS);
    EXPECT_EQ(write(fds[1], "x", 1), 1);
    struct rouse_fd_ready ready = rouse_readable(fds[0]);
    struct rouse_timeout limit = rouse_timeout(&ready.future, ROUSE_S);
    EXPECT_EQ(rouse_block_on(&rt, &limit.future), ROUSE_OK);
    EXPECT_EQ(rouse_now(&rt), 20 * ROUSE_MS);
    close(fds[0]);
    close(fds[1]);
    end();
}

TEST(a_runtime_that_ends_lets_its_waits_go)
{
    int fds[2];
    begin();
    EXPECT_EQ(pipe(fds), 0);
    rouse_task_detach(rouse_spawn(&rt, rouse_readable(fds[0])));
    rouse_turn(&rt);
    EXPECT_EQ(rouse_host_waits(&rt), 1);
    end();
    close(fds[0]);
    close(fds[1]);
}

TEST(a_wait_may_be_dropped_after_its_runtime_has_ended)
{
    int fds[2];
    begin();
    EXPECT_EQ(pipe(fds), 0);
    MOCK(rouse_fd_ready, ready, rouse_readable(fds[0]));
    ready_task.runtime = &rt;
    EXPECT_PENDING(POLL(ready));
    rouse_runtime_drop(&rt);
    rouse_drop(&ready.future);
    EXPECT_EQ(ready_task.live, 0);
    EXPECT_EQ(memory.live_blocks, 0);
    close(fds[0]);
    close(fds[1]);
}

/* ---- Readers and writers ------------------------------------------------------------------- */

TEST(writing_to_a_pipe_without_a_reader_is_closed_and_kills_nobody) /* EPIPE */
{
    struct rouse_fd ends[2];
    begin();
    open_pipe(ends);
    rouse_fd_close(&ends[0]);
    struct rouse_write_all write = rouse_write_all(&ends[1].writer, "x", 1);
    EXPECT_EQ(rouse_block_on(&rt, &write.future), ROUSE_ERR_CLOSED);
    EXPECT_EQ(write.out, 0);
    close_pipe(ends);
    end();
}

TEST(what_was_acknowledged_arrives_when_the_writer_is_cancelled)
{
    static char data[1 << 20], got[1 << 20];
    struct rouse_fd ends[2];
    begin();
    open_pipe(ends);
    MOCK(rouse_write_all, write, rouse_write_all(&ends[1].writer, data, sizeof data));
    write_task.runtime = &rt;
    EXPECT_PENDING(POLL(write)); /* the pipe is full */
    size_t taken = write.out;
    EXPECT(taken > 0 && taken < sizeof data);
    rouse_drop(&write.future);
    EXPECT_EQ(rouse_host_waits(&rt), 0);
    rouse_fd_close(&ends[1]);
    struct rouse_read_exact read = rouse_read_exact(&ends[0].reader, got, sizeof got);
    EXPECT_EQ(rouse_block_on(&rt, &read.future), ROUSE_ERR_CLOSED);
    EXPECT_EQ(read.out, taken);
    struct rouse_read again = rouse_read(&ends[0].reader, got, 1);
    EXPECT_EQ(rouse_block_on(&rt, &again.future), ROUSE_ERR_CLOSED); /* says it again */
    close_pipe(ends);
    end();
}

TEST(a_full_device_is_no_space) /* ENOSPC */
{
    struct rouse_fd full;
    begin();
    rouse_fd_init(&full, open("/dev/full", O_WRONLY | O_CLOEXEC));
    struct rouse_write_all write = rouse_write_all(&full.writer, "x", 1);
    EXPECT_EQ(rouse_block_on(&rt, &write.future), ROUSE_ERR_NO_SPACE);
    rouse_fd_close(&full);
    rouse_fd_init(&full, -1);
    struct rouse_read read = rouse_read(&full.reader, (char[1]){0}, 1);
    EXPECT_EQ(rouse_block_on(&rt, &read.future), ROUSE_ERR_BAD_FD);
    end();
}

TEST(random_bytes_fill_all_of_it)
{
    unsigned char bytes[1000] = {0};
    unsigned different = 0;
    EXPECT_EQ(rouse_random_bytes(bytes, sizeof bytes), ROUSE_OK);
    for (size_t i = 744; i < sizeof bytes; i++)
        different += bytes[i] != 0;
    EXPECT(different > 200);
}
