/* cat [-p] [-o COPY] [FILE]...: writes files, or its standard input, to its standard output. -o
   also writes them to a file, as tee does; -p prints the progress on stderr, ten times a second.
   The progress is a second future beside the copy. Neither knows of the other: when the copy ends,
   the race drops the progress. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <string.h>

enum { PIECE = 65536 };
static char memory[PIECE];

/* ---- Progress ------------------------------------------------------------------------------ */

struct progress {
    struct rouse_future future;
    const uint64_t *bytes;
    struct rouse_interval tick;
};
ROUSE_ASYNC(progress)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->tick, rouse_interval(100 * ROUSE_MS, ROUSE_SKIP))
        fprintf(stderr, "\r%llu bytes", (unsigned long long)*self->bytes);
    ROUSE_FINALLY;
    rouse_drop(&self->tick.future);
    fprintf(stderr, "\r%llu bytes\n", (unsigned long long)*self->bytes);
    ROUSE_END;
}

/* ---- Copying ------------------------------------------------------------------------------- */

struct spill { /* writes everything from one reader */
    struct rouse_future future;
    struct rouse_reader *from;
    struct rouse_writer *copy; /* or NULL */
    uint64_t *bytes;
    struct rouse_read read;
    struct rouse_write_all write;
    rouse_status status;
};
ROUSE_ASYNC(spill)
{
    ROUSE_BEGIN;
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->read, rouse_read(self->from, memory, PIECE));
        if (self->status == ROUSE_ERR_CLOSED)
            break;
        if (self->status < 0)
            ROUSE_FAIL(self->status);
        ROUSE_AWAIT(self->write, rouse_write_all(rouse_stdout(), memory, self->read.out));
        if (self->copy)
            ROUSE_AWAIT(self->write, rouse_write_all(self->copy, memory, self->read.out));
        *self->bytes += self->read.out;
    }
    ROUSE_END;
}

struct cat {
    struct rouse_future future;
    int count;
    char **names;
    const char *copy_name;
    uint64_t bytes;
    int out, i;
    rouse_status status;
    struct rouse_file file, copy;
    struct rouse_file_open open;
    struct spill spill;
};
ROUSE_ASYNC(cat)
{
    static char *standard[] = {"-"};
    ROUSE_BEGIN;
    if (self->copy_name)
        ROUSE_AWAIT(self->open,
                    rouse_file_open(&self->copy, self->copy_name,
                                    ROUSE_OPEN_WRITE | ROUSE_OPEN_CREATE | ROUSE_OPEN_TRUNCATE));
    if (self->count == 0) {
        self->names = standard;
        self->count = 1;
    }
    for (self->i = 0; self->i < self->count; self->i++) {
        ROUSE_PUT(self->spill, ROUSE_FUTURE(spill, .from = rouse_stdin(), .bytes = &self->bytes));
        if (self->copy_name)
            self->spill.copy = &self->copy.writer;
        if (strcmp(self->names[self->i], "-") != 0) {
            ROUSE_TRY_AWAIT(self->status, self->open,
                            rouse_file_open(&self->file, self->names[self->i], ROUSE_OPEN_READ));
            if (self->status < 0) { /* goes on with the other files */
                fprintf(stderr, "cat: %s\n", rouse_error(cx)->message);
                self->out = 1;
                continue;
            }
            self->spill.from = &self->file.reader;
        }
        ROUSE_AWAIT(self->spill);
        rouse_file_close(&self->file);
    }
    ROUSE_RETURN(self->out);
    ROUSE_FINALLY;
    rouse_drop(&self->spill.future);
    rouse_file_close(&self->file);
    rouse_file_close(&self->copy);
    ROUSE_END;
}

/* ---- The command line ---------------------------------------------------------------------- */

struct app {
    struct rouse_future future;
    int argc;
    char **argv;
    int out;
    bool shows;
    struct cat cat;
    struct progress progress;
    struct rouse_race race;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->cat, ROUSE_FUTURE(cat));
    self->argv++, self->argc--;
    for (; self->argc > 0 && self->argv[0][0] == '-' && self->argv[0][1];
         self->argv++, self->argc--) {
        if (strcmp(self->argv[0], "-p") == 0) {
            self->shows = true;
        } else if (strcmp(self->argv[0], "-o") == 0 && self->argc > 1) {
            self->cat.copy_name = self->argv[1];
            self->argv++, self->argc--;
        } else {
            fprintf(stderr, "usage: cat [-p] [-o COPY] [FILE]...\n");
            ROUSE_RETURN(2);
        }
    }
    self->cat.count = self->argc;
    self->cat.names = self->argv;
    if (self->shows) {
        ROUSE_PUT(self->progress, ROUSE_FUTURE(progress, .bytes = &self->cat.bytes));
        ROUSE_AWAIT(self->race, rouse_race(ROUSE_LIST(&self->cat.future, &self->progress.future)));
    } else {
        ROUSE_AWAIT(self->cat);
    }
    ROUSE_RETURN(self->cat.out);
    ROUSE_FINALLY;
    rouse_drop(&self->cat.future); /* it never ran after a usage error */
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app, .argc = argc, .argv = argv))
