/* Files that are opened without blocking, and closed while they are used. */
// needs: native malloc
#define _GNU_SOURCE
#include "folder.h"
#include <rouse/host.h>

#include <fcntl.h>
#include <sys/stat.h>

/* ---- Closed ---------------------------------------------------------------------------------- */

TEST(a_file_that_is_closed_while_a_task_reads_it_is_bad)
{
    char got[4];
    begin();
    make("a", "abc");
    struct rouse_file file;
    for (int i = 0; i < 50; i++) {
        opened(&file, "a", ROUSE_OPEN_READ);
        MOCK(rouse_read, read, rouse_read(&file.reader, got, 3));
        read_task.runtime = &rt;
        bool waits = rouse_is_pending(POLL(read));
        rouse_file_close(&file);
        if (waits) {
            EXPECT_EQ(read_task.woken, 1);
            EXPECT_READY(POLL(read), ROUSE_ERR_BAD_FD);
        }
        EXPECT_EQ(read_task.live, 0);
        rouse_drop(&read.future);
    }
    removed("a");
    end();
}

TEST(a_closed_file_is_bad_whatever_is_asked_of_it)
{
    char got[4];
    begin();
    struct rouse_file file;
    opened(&file, "a", ROUSE_OPEN_READ | ROUSE_OPEN_WRITE | ROUSE_OPEN_CREATE);
    put(&file, "abc");
    rouse_file_close(&file);
    struct rouse_read read = rouse_read(&file.reader, got, 3);
    EXPECT_EQ(RUN(read), ROUSE_ERR_BAD_FD);
    struct rouse_write write = rouse_write(&file.writer, "x", 1);
    EXPECT_EQ(RUN(write), ROUSE_ERR_BAD_FD);
    struct rouse_seek seek = rouse_seek(&file.seeker, 0, ROUSE_FROM_START);
    EXPECT_EQ(RUN(seek), ROUSE_ERR_BAD_FD);
    struct rouse_file_sync sync = rouse_file_sync(&file);
    EXPECT_EQ(RUN(sync), ROUSE_ERR_BAD_FD);
    expect_content("a", "abc");
    removed("a");
    end();
}

/* ---- Named pipes ----------------------------------------------------------------------------- */

enum { PIPES = 6 }; /* more than there are threads */

TEST(a_named_pipe_without_a_writer_opens_at_once_and_is_read_later)
{
    struct rouse_file files[PIPES];
    char got[4] = {0};
    begin();
    EXPECT_EQ(mkfifo("pipe", 0600), 0);
    for (int i = 0; i < PIPES; i++)
        opened(&files[i], "pipe", ROUSE_OPEN_READ);
    for (int i = 1; i < PIPES; i++)
        rouse_file_close(&files[i]);
    MOCK(rouse_read, read, rouse_read(&files[0].reader, got, 3));
    read_task.runtime = &rt;
    EXPECT_PENDING(POLL(read)); /* no writer yet is not the end */
    struct rouse_file writer;
    opened(&writer, "pipe", ROUSE_OPEN_WRITE);
    EXPECT_PENDING(POLL(read));
    put(&writer, "abc");
    rt.host->calls->look(rt.host);
    (void)rouse_turn(&rt);
    EXPECT_READY(POLL(read), ROUSE_OK);
    EXPECT_TEXT(got, "abc");
    rouse_file_close(&writer);
    read = rouse_read(&files[0].reader, got, 3);
    EXPECT_EQ(RUN(read), ROUSE_ERR_CLOSED);
    rouse_file_close(&files[0]);
    removed("pipe");
    end();
}

TEST(a_read_and_a_write_of_a_named_pipe_that_are_dropped_leave_no_wait)
{
    static char much[1 << 17];
    struct rouse_file reader, writer;
    char got[4];
    begin();
    EXPECT_EQ(mkfifo("pipe", 0600), 0);
    opened(&reader, "pipe", ROUSE_OPEN_READ);
    opened(&writer, "pipe", ROUSE_OPEN_WRITE);
    MOCK(rouse_read, read, rouse_read(&reader.reader, got, 3));
    read_task.runtime = &rt;
    EXPECT_PENDING(POLL(read));
    EXPECT_EQ(rouse_host_waits(&rt), 1);
    rouse_drop(&read.future);
    EXPECT_EQ(rouse_host_waits(&rt), 0);
    EXPECT_EQ(read_task.live, 0);
    MOCK(rouse_write_all, write, rouse_write_all(&writer.writer, much, sizeof much));
    write_task.runtime = &rt;
    EXPECT_PENDING(POLL(write));
    EXPECT_EQ(rouse_host_waits(&rt), 1);
    rouse_drop(&write.future);
    EXPECT_EQ(rouse_host_waits(&rt), 0);
    EXPECT_EQ(write_task.live, 0);
    rouse_file_close(&reader);
    rouse_file_close(&writer);
    removed("pipe");
    end();
}

TEST(a_named_pipe_that_nobody_reads_is_closed_for_writers)
{
    struct rouse_file file;
    begin();
    EXPECT_EQ(mkfifo("pipe", 0600), 0);
    struct rouse_file_open open = rouse_file_open(&file, "pipe", ROUSE_OPEN_WRITE);
    EXPECT_EQ(RUN(open), ROUSE_ERR_CLOSED);
    expect_error("pipe: nobody reads this named pipe");
    removed("pipe");
    end();
}
