/* grep TEXT FILE...: prints the lines that contain TEXT, as FILE:NUMBER:LINE. It searches four
   files at a time, each in its own task, and prints the results in the order of the arguments.
   Exits with 0 if it found something, 1 if not, 2 if it could not read a file. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <string.h>

enum { AT_A_TIME = 4, LONGEST_LINE = 8192, MOST_FOUND = 1 << 20 };

/* ---- One file: a task ---------------------------------------------------------------------- */

struct found {
    struct rouse_memory text;
    char memory[MOST_FOUND / AT_A_TIME];
    char lines[LONGEST_LINE];
    char error[ROUSE_ERROR_TEXT];
};
static struct found results[AT_A_TIME];

struct search {
    struct rouse_future future;
    const char *path, *text;
    struct found *found;
    struct rouse_file file;
    struct rouse_file_open open;
    struct rouse_buffered_reader reader;
    struct rouse_read_line line;
    struct rouse_write_all write;
    char prefix[300];
    unsigned number;
    rouse_status status;
};

static bool contains(struct rouse_slice line, const char *text)
{
    size_t size = strlen(text);
    for (size_t i = 0; i + size <= line.size; i++)
        if (memcmp(line.data + i, text, size) == 0)
            return true;
    return false;
}

/* If the results do not fit into the memory, the search fails. */
ROUSE_ASYNC(search)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->open, rouse_file_open(&self->file, self->path, ROUSE_OPEN_READ));
    rouse_buffered_reader_init(&self->reader, &self->file.reader, self->found->lines, LONGEST_LINE);
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->line, rouse_read_line(&self->reader));
        if (self->status == ROUSE_ERR_CLOSED)
            break;
        if (self->status < 0)
            ROUSE_FAIL_WITH(self->status, "%s: %s", self->path, rouse_status_text(self->status));
        self->number++;
        if (!contains(self->line.out, self->text))
            continue;
        snprintf(self->prefix, sizeof self->prefix, "%s:%u:", self->path, self->number);
        ROUSE_AWAIT(self->write,
                    rouse_write_all(&self->found->text.writer, self->prefix, strlen(self->prefix)));
        ROUSE_AWAIT(self->write, rouse_write_all(&self->found->text.writer, self->line.out.data,
                                                 self->line.out.size));
        ROUSE_AWAIT(self->write, rouse_write_all(&self->found->text.writer, "\n", 1));
    }
    ROUSE_FINALLY;
    rouse_file_close(&self->file);
    ROUSE_END;
}

/* Keeps a failure until the file's turn to be printed, so it does not end the program. */
struct careful {
    struct rouse_future future;
    struct search search;
    rouse_status status;
};
ROUSE_ASYNC(careful)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->status, self->search);
    if (self->status < 0)
        snprintf(self->search.found->error, sizeof self->search.found->error, "%s",
                 rouse_error(cx)->message[0] ? rouse_error(cx)->message
                                             : rouse_status_text(self->status));
    ROUSE_FINALLY;
    rouse_drop(&self->search.future);
    ROUSE_END;
}

/* ---- All files ----------------------------------------------------------------------------- */

struct app {
    struct rouse_future future;
    int argc;
    char **argv;
    int out, begun, ended;
    bool any;
    struct rouse_task *tasks[AT_A_TIME];
    struct rouse_task_join join;
    struct rouse_write_all write;
};

static struct careful search(const char *path, const char *text, struct found *found)
{
    struct careful made = ROUSE_FUTURE(careful);
    rouse_memory_init(&found->text, found->memory, 0, sizeof found->memory);
    found->error[0] = 0;
    made.search = ROUSE_FUTURE(search, .path = path, .text = text, .found = found);
    return made;
}

ROUSE_ASYNC(app)
{
    struct found *found;
    ROUSE_BEGIN;
    if (self->argc < 3) {
        fprintf(stderr, "usage: grep TEXT FILE...\n");
        ROUSE_RETURN(2);
    }
    for (self->begun = self->ended = 2; self->ended < self->argc; self->ended++) {
        for (; self->begun < self->argc && self->begun < self->ended + AT_A_TIME; self->begun++)
            self->tasks[self->begun % AT_A_TIME] = ROUSE_SPAWN(
                search(self->argv[self->begun], self->argv[1], &results[self->begun % AT_A_TIME]));
        ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[self->ended % AT_A_TIME]));
        rouse_task_detach(self->tasks[self->ended % AT_A_TIME]);
        self->tasks[self->ended % AT_A_TIME] = NULL;
        found = &results[self->ended % AT_A_TIME];
        self->any |= found->text.size > 0;
        if (found->error[0]) {
            fprintf(stderr, "grep: %s\n", found->error);
            self->out = 2;
        }
        ROUSE_AWAIT(self->write, rouse_write_all(rouse_stdout(), found->memory, found->text.size));
    }
    ROUSE_RETURN(self->out ? self->out : !self->any);
    ROUSE_FINALLY;
    for (int i = 0; i < AT_A_TIME; i++) {
        rouse_task_abort(self->tasks[i]);
        rouse_task_detach(self->tasks[i]);
    }
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app, .argc = argc, .argv = argv))
