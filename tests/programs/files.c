/* Files and folders, the same on every host that has them. */
// needs: files malloc
#include <rouse/rouse.h>
#include <stdio.h>
#include <string.h>

enum { MANY = 400 };

struct app {
    struct rouse_future future;
    int i;
    unsigned listed, sum, number;
    char name[40], got[16];
    struct rouse_path_change change;
    struct rouse_list_directory list;
    struct rouse_file file;
    struct rouse_file_open open;
    struct rouse_file_sync sync;
    struct rouse_write_all write;
    struct rouse_read_exact read;
    struct rouse_seek seek;
    struct rouse_stat stat;
    rouse_status status;
};

static void say(const char *what, struct rouse_context *cx, rouse_status status)
{
    printf("%s: %s (%s)\n", what, rouse_status_name(status),
           status < 0 && rouse_error(cx) ? rouse_error(cx)->message : "");
}

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->change, rouse_make_directory("rouse-files"));
    ROUSE_TRY_AWAIT(self->status, self->change, rouse_make_directory("rouse-files"));
    say("again", cx, self->status);
    for (self->i = 0; self->i < MANY; self->i++) {
        snprintf(self->name, sizeof self->name, "rouse-files/%d", self->i);
        ROUSE_AWAIT(self->open,
                    rouse_file_open(&self->file, self->name, ROUSE_OPEN_WRITE | ROUSE_OPEN_CREATE));
        ROUSE_AWAIT(self->write, rouse_write_all(&self->file.writer, "x", 1));
        rouse_file_close(&self->file);
    }
    ROUSE_EACH(self->list, rouse_list_directory("rouse-files")) {
        self->listed += self->list.out.kind == ROUSE_KIND_FILE;
        sscanf(self->list.out.name, "%u", &self->number);
        self->sum += self->number;
    }
    printf("%u files, sum %u\n", self->listed, self->sum);
    ROUSE_AWAIT(self->open,
                rouse_file_open(&self->file, "rouse-files/0",
                                ROUSE_OPEN_READ | ROUSE_OPEN_WRITE | ROUSE_OPEN_TRUNCATE));
    ROUSE_AWAIT(self->write, rouse_write_all(&self->file.writer, "0123456789", 10));
    ROUSE_AWAIT(self->seek, rouse_seek(&self->file.seeker, -4, ROUSE_FROM_END));
    ROUSE_AWAIT(self->read, rouse_read_exact(&self->file.reader, self->got, 4));
    printf("at %u: %.4s\n", (unsigned)self->seek.out, self->got);
    ROUSE_AWAIT(self->sync, rouse_file_sync(&self->file));
    rouse_file_close(&self->file);
    ROUSE_AWAIT(self->open, rouse_file_open(&self->file, "rouse-files/0", ROUSE_OPEN_APPEND));
    ROUSE_AWAIT(self->write, rouse_write_all(&self->file.writer, "ab", 2));
    rouse_file_close(&self->file);
    ROUSE_AWAIT(self->stat, rouse_stat("rouse-files/0"));
    printf("size %u\n", (unsigned)self->stat.out.size);
    ROUSE_TRY_AWAIT(self->status, self->open,
                    rouse_file_open(&self->file, "rouse-files", ROUSE_OPEN_READ));
    say("open", cx, self->status);
    ROUSE_TRY_AWAIT(self->status, self->stat, rouse_stat("rouse-files/none"));
    say("stat", cx, self->status);
    ROUSE_TRY_AWAIT(self->status, self->change, rouse_rename("rouse-files/none", "other"));
    say("rename", cx, self->status);
    ROUSE_TRY_AWAIT(self->status, self->change, rouse_remove("rouse-files"));
    say("remove", cx, self->status);
    for (self->i = 0; self->i < MANY; self->i++) {
        snprintf(self->name, sizeof self->name, "rouse-files/%d", self->i);
        ROUSE_AWAIT(self->change, rouse_remove(self->name));
    }
    ROUSE_AWAIT(self->change, rouse_rename("rouse-files", "rouse-empty"));
    ROUSE_AWAIT(self->change, rouse_remove("rouse-empty"));
    printf("clean\n");
    ROUSE_FINALLY;
    rouse_drop(&self->list.future);
    rouse_file_close(&self->file);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))

// expect: again: ROUSE_ERR_EXISTS (rouse-files: it exists already)
// expect: 400 files, sum 79800
// expect: at 6: 6789
// expect: size 12
// expect: open: ROUSE_ERR_IS_DIRECTORY (rouse-files: it is a folder)
// expect: stat: ROUSE_ERR_NOT_FOUND (rouse-files/none: no such file or folder)
// expect: rename: ROUSE_ERR_NOT_FOUND (rouse-files/none: no such file or folder (to other))
// expect: remove: ROUSE_ERR_NOT_EMPTY (rouse-files: the folder is not empty)
// expect: clean
