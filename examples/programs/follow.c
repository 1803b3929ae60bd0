/* follow FILE [LINES [EVERY_MS]]: prints the lines of a file and those that are appended later,
   like tail -f; ends after LINES lines, or never. If the file becomes shorter, it reads it from the
   beginning. Not every host has an event for a file that grows, so it looks every EVERY_MS
   milliseconds, and sleeps in between. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

enum { LONGEST_LINE = 4096 };

struct follow {
    struct rouse_future future;
    const char *path;
    int lines, seen, every_ms;
    struct rouse_file file;
    struct rouse_file_open open;
    struct rouse_buffered_reader reader;
    char memory[LONGEST_LINE];
    struct rouse_fill fill;
    struct rouse_sleep nap;
    struct rouse_stat stat;
    struct rouse_seek seek;
    rouse_status status;
};

/* Prints whole lines only: the rest of the last one may come later. */
static void print_lines(struct follow *self)
{
    struct rouse_slice have = rouse_buffered(&self->reader);
    size_t begin = 0;
    for (size_t i = 0; i < have.size && (!self->lines || self->seen < self->lines); i++)
        if (have.data[i] == '\n') {
            fwrite(have.data + begin, 1, i + 1 - begin, stdout);
            begin = i + 1;
            self->seen++;
        }
    fflush(stdout);
    rouse_consume(&self->reader, begin);
}

ROUSE_ASYNC(follow)
{
    ROUSE_BEGIN;
    if (!self->path || self->lines < 0 || self->every_ms <= 0)
        ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "usage: follow FILE [LINES [EVERY_MS]]");
    ROUSE_AWAIT(self->open, rouse_file_open(&self->file, self->path, ROUSE_OPEN_READ));
    rouse_buffered_reader_init(&self->reader, &self->file.reader, self->memory, LONGEST_LINE);
    while (!self->lines || self->seen < self->lines) {
        ROUSE_TRY_AWAIT(self->status, self->fill,
                        rouse_fill(&self->reader, rouse_buffered(&self->reader).size + 1));
        if (self->status == ROUSE_OK) {
            print_lines(self);
            continue;
        }
        if (self->status != ROUSE_ERR_CLOSED)
            ROUSE_FAIL_WITH(self->status, "%s: %s", self->path, rouse_status_text(self->status));
        ROUSE_AWAIT(self->nap, rouse_sleep((uint64_t)self->every_ms * ROUSE_MS));
        ROUSE_AWAIT(self->stat, rouse_stat(self->path));
        ROUSE_AWAIT(self->seek, rouse_seek(&self->file.seeker, 0, ROUSE_FROM_HERE));
        if (self->stat.out.size < self->seek.out) {
            fprintf(stderr, "follow: %s became shorter\n", self->path);
            ROUSE_AWAIT(self->seek, rouse_seek(&self->file.seeker, 0, ROUSE_FROM_START));
        }
    }
    ROUSE_FINALLY;
    rouse_file_close(&self->file);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(follow, .path = argc > 1 ? argv[1] : NULL,
                        .lines = argc > 2 ? atoi(argv[2]) : 0,
                        .every_ms = argc > 3 ? atoi(argv[3]) : 250))
