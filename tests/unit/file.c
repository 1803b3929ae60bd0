/* Files and folders, through the whole runtime. */
// needs: native malloc
#define _GNU_SOURCE
#include "folder.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- Files --------------------------------------------------------------------------------- */

TEST(what_is_written_is_read_again_and_appended_to)
{
    begin();
    make("a", "one\n");
    struct rouse_file file;
    opened(&file, "a", ROUSE_OPEN_APPEND);
    put(&file, "two\n");
    struct rouse_file_sync sync = rouse_file_sync(&file);
    EXPECT_EQ(RUN(sync), ROUSE_OK);
    rouse_file_close(&file);
    expect_content("a", "one\ntwo\n");
    struct rouse_stat stat = rouse_stat("a");
    EXPECT_EQ(RUN(stat), ROUSE_OK);
    EXPECT_EQ(stat.out.size, 8);
    EXPECT_EQ(stat.out.kind, ROUSE_KIND_FILE);
    EXPECT(stat.out.modified_ns > 0);
    removed("a");
    end();
}

TEST(a_seek_moves_the_place_of_reads_and_writes)
{
    char got[3] = {0};
    uint64_t far = UINT64_MAX;
    begin();
    make("a", "abcdef");
    struct rouse_file file;
    opened(&file, "a", ROUSE_OPEN_READ | ROUSE_OPEN_WRITE);
    struct rouse_seek seek = rouse_seek(&file.seeker, -2, ROUSE_FROM_END);
    EXPECT_EQ(RUN(seek), ROUSE_OK);
    EXPECT_EQ(seek.out, 4);
    put(&file, "XY");
    seek = rouse_seek(&file.seeker, -3, ROUSE_FROM_HERE);
    EXPECT_EQ(RUN(seek), ROUSE_OK);
    struct rouse_read_exact read = rouse_read_exact(&file.reader, got, 2);
    EXPECT_EQ(RUN(read), ROUSE_OK);
    EXPECT_TEXT(got, "dX");
    seek = rouse_seek(&file.seeker, -1, ROUSE_FROM_START);
    EXPECT_EQ(RUN(seek), ROUSE_ERR_INVALID);
    seek = rouse_seek(&file.seeker, (int64_t)(far >> 1), ROUSE_FROM_HERE);
    EXPECT_EQ(RUN(seek), ROUSE_ERR_INVALID);
    close(file.stream.fd);
    seek = rouse_seek(&file.seeker, 0, ROUSE_FROM_END);
    EXPECT_EQ(RUN(seek), ROUSE_ERR_BAD_FD);
    file.stream.fd = -1;
    rouse_file_close(&file);
    expect_content("a", "abcdXY");
    removed("a");
    end();
}

TEST(a_file_that_shrinks_while_it_is_read_ends_there_and_may_grow_again)
{
    char got[4];
    begin();
    make("a", "abcdef");
    struct rouse_file file;
    opened(&file, "a", ROUSE_OPEN_READ);
    struct rouse_read_exact read = rouse_read_exact(&file.reader, got, 4);
    EXPECT_EQ(RUN(read), ROUSE_OK);
    EXPECT_EQ(truncate("a", 2), 0);
    read = rouse_read_exact(&file.reader, got, 2);
    EXPECT_EQ(RUN(read), ROUSE_ERR_CLOSED);
    make("a", "123456");
    read = rouse_read_exact(&file.reader, got, 2);
    EXPECT_EQ(RUN(read), ROUSE_OK);
    EXPECT(memcmp(got, "56", 2) == 0);
    rouse_file_close(&file);
    removed("a");
    end();
}

TEST(a_read_that_is_cancelled_loses_nothing)
{
    char got[4] = {0};
    begin();
    make("a", "abc");
    struct rouse_file file;
    opened(&file, "a", ROUSE_OPEN_READ);
    for (int i = 0; i < 50; i++) {
        MOCK(rouse_read, read, rouse_read(&file.reader, got, 1));
        read_task.runtime = &rt;
        if (!rouse_is_pending(POLL(read))) { /* the thread was quick */
            struct rouse_seek back = rouse_seek(&file.seeker, 0, ROUSE_FROM_START);
            EXPECT_EQ(RUN(back), ROUSE_OK);
        }
        rouse_drop(&read.future); /* queued or under way */
    }
    struct rouse_read_exact read = rouse_read_exact(&file.reader, got, 3);
    EXPECT_EQ(RUN(read), ROUSE_OK);
    EXPECT_TEXT(got, "abc");
    rouse_file_close(&file);
    removed("a");
    end();
}

TEST(a_write_that_is_cancelled_does_not_race_with_the_next)
{
    begin();
    struct rouse_file file;
    opened(&file, "a", ROUSE_OPEN_WRITE | ROUSE_OPEN_CREATE);
    for (int i = 0; i < 50; i++) {
        MOCK(rouse_write, write, rouse_write(&file.writer, "lost", 4));
        write_task.runtime = &rt;
        if (!rouse_is_pending(POLL(write))) {
            struct rouse_seek back = rouse_seek(&file.seeker, 0, ROUSE_FROM_START);
            EXPECT_EQ(RUN(back), ROUSE_OK);
        }
        rouse_drop(&write.future);
    }
    put(&file, "kept");
    rouse_file_close(&file);
    expect_content("a", "kept");
    removed("a");
    end();
}

TEST(an_open_that_is_cancelled_leaves_no_descriptor)
{
    struct rouse_file file = {0};
    begin();
    make("a", "");
    int before = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(before);
    for (int i = 0; i < 200; i++) {
        MOCK(rouse_file_open, open, rouse_file_open(&file, "a", ROUSE_OPEN_READ));
        open_task.runtime = &rt;
        if (!rouse_is_pending(POLL(open)))
            rouse_file_close(&file);
        rouse_drop(&open.future);
    }
    opened(&file, "a", ROUSE_OPEN_READ); /* behind all of them */
    EXPECT(file.stream.fd <= before + 4);
    rouse_file_close(&file);
    removed("a");
    end();
}

TEST(other_work_that_is_cancelled_is_done_without_anybody)
{
    struct rouse_file file;
    begin();
    make("a", "");
    opened(&file, "a", ROUSE_OPEN_READ);
    for (int i = 0; i < 20; i++) {
        MOCK(rouse_file_sync, sync, rouse_file_sync(&file));
        MOCK(rouse_stat, stat, rouse_stat("a"));
        MOCK(rouse_path_change, gone, rouse_remove("nothing"));
        sync_task.runtime = stat_task.runtime = gone_task.runtime = &rt;
        POLL(sync);
        POLL(stat);
        POLL(gone);
        rouse_drop(&sync.future);
        rouse_drop(&stat.future);
        rouse_drop(&gone.future);
    }
    expect_content("a", ""); /* behind all of them */
    rouse_file_close(&file);
    removed("a");
    end();
}

/* ---- What goes wrong ----------------------------------------------------------------------- */

TEST(failures_have_a_status_and_name_the_path)
{
    static const struct {
        const char *path;
        unsigned how;
        rouse_status status;
    } cases[] = {
        {"absent", ROUSE_OPEN_READ, ROUSE_ERR_NOT_FOUND},
        {".", ROUSE_OPEN_READ, ROUSE_ERR_IS_DIRECTORY},
        {"there", ROUSE_OPEN_WRITE | ROUSE_OPEN_CREATE | ROUSE_OPEN_EXCLUSIVE, ROUSE_ERR_EXISTS},
        {"there/below", ROUSE_OPEN_READ, ROUSE_ERR_NOT_DIRECTORY},
        {"/proc/version", ROUSE_OPEN_APPEND, ROUSE_ERR_PERMISSION},
    };
    begin();
    make("there", "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct rouse_file file;
        struct rouse_file_open open = rouse_file_open(&file, cases[i].path, cases[i].how);
        if (cases[i].status == ROUSE_ERR_PERMISSION && geteuid() == 0)
            EXPECT_EQ(seteuid(65534), 0); /* to root nothing is denied */
        EXPECT_EQ(RUN(open), cases[i].status);
        expect_error(cases[i].path);
        expect_error(rouse_status_text(cases[i].status));
    }
    EXPECT_EQ(seteuid(getuid()), 0);
    removed("there");
    struct rouse_path_change rename = rouse_rename("absent", "other");
    EXPECT_EQ(RUN(rename), ROUSE_ERR_NOT_FOUND);
    expect_error("absent: no such file or folder (to other)");
    struct rouse_stat stat = rouse_stat("absent");
    EXPECT_EQ(RUN(stat), ROUSE_ERR_NOT_FOUND);
    struct rouse_list_directory list = rouse_list_directory("absent");
    EXPECT_EQ(RUN(list), ROUSE_ERR_NOT_FOUND);
    end();
}

TEST(too_many_open_files_is_its_own_failure) /* EMFILE */
{
    struct rouse_file file;
    struct rlimit limit, none;
    begin();
    make("a", "");
    opened(&file, "a", ROUSE_OPEN_READ); /* the threads are there */
    EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
    none = limit;
    none.rlim_cur = 3;
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    struct rouse_file other;
    struct rouse_file_open open = rouse_file_open(&other, "a", ROUSE_OPEN_READ);
    EXPECT_EQ(RUN(open), ROUSE_ERR_TOO_MANY_FILES);
    struct rouse_fd ends[2];
    EXPECT_EQ(rouse_fd_pipe(&ends[0], &ends[1]), ROUSE_ERR_TOO_MANY_FILES);
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
    rouse_file_close(&file);
    removed("a");
    end();
}

TEST(a_device_is_a_stream_that_cannot_seek)
{
    struct rouse_file full;
    begin();
    opened(&full, "/dev/full", ROUSE_OPEN_READ | ROUSE_OPEN_WRITE);
    struct rouse_write_all write = rouse_write_all(&full.writer, "x", 1);
    EXPECT_EQ(RUN(write), ROUSE_ERR_NO_SPACE);
    char zero = 1;
    struct rouse_read read = rouse_read(&full.reader, &zero, 1);
    EXPECT_EQ(RUN(read), ROUSE_OK);
    EXPECT_EQ(zero, 0);
    struct rouse_seek seek = rouse_seek(&full.seeker, 0, ROUSE_FROM_START);
    EXPECT_EQ(RUN(seek), ROUSE_ERR_NOT_SUPPORTED);
    rouse_file_close(&full);
    opened(&full, "a", ROUSE_OPEN_WRITE | ROUSE_OPEN_CREATE);
    read = rouse_read(&full.reader, &zero, 1); /* it is open for writing only */
    EXPECT_EQ(RUN(read), ROUSE_ERR_BAD_FD);
    rouse_file_close(&full);
    removed("a");
    end();
}

/* ---- Folders ------------------------------------------------------------------------------- */

struct counts {
    struct rouse_future future;
    struct rouse_list_directory list;
    unsigned files, folders;
};
ROUSE_ASYNC(counts)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->list, rouse_list_directory("d")) {
        self->files += self->list.out.kind == ROUSE_KIND_FILE;
        self->folders += self->list.out.kind == ROUSE_KIND_DIRECTORY;
        EXPECT(strlen(self->list.out.name) >= 1);
    }
    ROUSE_END;
}

TEST(a_folder_of_ten_thousand_is_listed_piece_by_piece)
{
    char name[32];
    begin();
    struct rouse_path_change make_directory = rouse_make_directory("d");
    EXPECT_EQ(RUN(make_directory), ROUSE_OK);
    EXPECT_EQ(mkdir("d/e", 0777), 0);
    for (int i = 0; i < 10000; i++) {
        snprintf(name, sizeof name, "d/file-%d", i);
        int fd = open(name, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        EXPECT(fd >= 0);
        close(fd);
    }
    struct counts counts = ROUSE_FUTURE(counts);
    EXPECT_EQ(RUN(counts), ROUSE_OK);
    EXPECT_EQ(counts.files, 10000);
    EXPECT_EQ(counts.folders, 1);
    struct rouse_path_change remove = rouse_remove("d");
    EXPECT_EQ(RUN(remove), ROUSE_ERR_NOT_EMPTY);
    for (int i = 0; i < 10000; i++) {
        snprintf(name, sizeof name, "d/file-%d", i);
        unlink(name);
    }
    removed("d/e");
    struct rouse_path_change rename = rouse_rename("d", "f");
    EXPECT_EQ(RUN(rename), ROUSE_OK);
    EXPECT_EQ(mkdir("f/e", 0700), 0);
    MOCK(rouse_list_directory, list, rouse_list_directory("f"));
    list_task.runtime = &rt;
    (void)POLL(list); /* pending, or with an item: not at its end */
    rouse_drop(&list.future);
    removed("f/e");
    removed("f");
    end();
}
