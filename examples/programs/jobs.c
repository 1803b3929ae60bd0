/* jobs [AT_A_TIME [LIMIT_MS]]: reads jobs from standard input, one per line, and runs AT_A_TIME of
   them at once, each for LIMIT_MS at most. A job is `sleep MS` or `count FILE`, which counts lines.

   It reads standard input only while there is room for another job, so the program in front of it
   in the pipe waits as well. A job that fails or is late is reported and does not stop the others.
   Exits with 1 if there was one. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 256 };

/* ---- What a job does ----------------------------------------------------------------------- */

struct count_lines {
    struct rouse_future future;
    const char *path;
    unsigned out;
    size_t i;
    struct rouse_file file;
    struct rouse_file_open open;
    struct rouse_read read;
    char memory[1024];
    rouse_status status;
};
ROUSE_ASYNC(count_lines)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->open, rouse_file_open(&self->file, self->path, ROUSE_OPEN_READ));
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->read,
                        rouse_read(&self->file.reader, self->memory, sizeof self->memory));
        if (self->status == ROUSE_ERR_CLOSED)
            break;
        if (self->status < 0)
            ROUSE_FAIL(self->status);
        for (self->i = 0; self->i < self->read.out; self->i++)
            self->out += self->memory[self->i] == '\n';
    }
    ROUSE_RETURN(self->out);
    ROUSE_FINALLY;
    rouse_file_close(&self->file);
    ROUSE_END;
}

struct work {
    struct rouse_future future;
    const char *line;
    char report[64];
    struct rouse_sleep nap;
    struct count_lines count;
};
ROUSE_ASYNC(work)
{
    ROUSE_BEGIN;
    if (strncmp(self->line, "sleep ", 6) == 0) {
        ROUSE_AWAIT(self->nap, rouse_sleep((uint64_t)atoi(self->line + 6) * ROUSE_MS));
        strcpy(self->report, "slept");
    } else if (strncmp(self->line, "count ", 6) == 0) {
        ROUSE_AWAIT(self->count, ROUSE_FUTURE(count_lines, .path = self->line + 6));
        snprintf(self->report, sizeof self->report, "%u lines", self->count.out);
    } else {
        ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "no such job");
    }
    ROUSE_FINALLY;
    rouse_drop(&self->count.future);
    ROUSE_END;
}

/* ---- One job: a task ----------------------------------------------------------------------- */

struct shop {
    struct rouse_semaphore room;
    struct rouse_scope scope;
    uint64_t limit_ns;
    unsigned failed;
};

struct job {
    struct rouse_future future;
    struct shop *shop;
    unsigned number;
    char line[LINE];
    struct work work;
    struct rouse_timeout limit;
    rouse_status status;
};
ROUSE_ASYNC(job)
{
    const char *why;
    ROUSE_BEGIN;
    ROUSE_PUT(self->work, ROUSE_FUTURE(work, .line = self->line));
    ROUSE_TRY_AWAIT(self->status, self->limit,
                    rouse_timeout(&self->work.future, self->shop->limit_ns));
    if (self->status == ROUSE_OK) {
        printf("job %u: %s: %s\n", self->number, self->line, self->work.report);
    } else {
        why = rouse_error(cx) ? rouse_error(cx)->message : "";
        printf("job %u: %s: %s\n", self->number, self->line,
               *why ? why : rouse_status_text(self->status));
        self->shop->failed++;
    }
    fflush(stdout);
    ROUSE_FINALLY;
    rouse_drop(&self->work.future);
    rouse_semaphore_release(&self->shop->room, 1);
    ROUSE_END;
}

/* ---- Reading jobs -------------------------------------------------------------------------- */

struct app {
    struct rouse_future future;
    int argc;
    char **argv;
    int out;
    unsigned number;
    struct shop shop;
    char memory[LINE];
    struct rouse_buffered_reader reader;
    struct rouse_semaphore_acquire room;
    struct rouse_read_line line;
    struct rouse_scope_join join;
    rouse_status status;
};

static struct job next_job(struct app *self)
{
    struct job job = ROUSE_FUTURE(job, .shop = &self->shop, .number = ++self->number);
    memcpy(job.line, self->line.out.data, self->line.out.size);
    return job;
}

ROUSE_ASYNC(app)
{
    int at_a_time = self->argc > 1 ? atoi(self->argv[1]) : 4;
    int limit_ms = self->argc > 2 ? atoi(self->argv[2]) : 1000;
    ROUSE_BEGIN;
    if (at_a_time <= 0 || limit_ms <= 0)
        ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "usage: jobs [AT_A_TIME [LIMIT_MS]], both at least 1");
    rouse_semaphore_init(&self->shop.room, (size_t)at_a_time);
    self->shop.limit_ns = (uint64_t)limit_ms * ROUSE_MS;
    rouse_scope_init(&self->shop.scope, cx->runtime, ROUSE_SUPERVISE);
    rouse_buffered_reader_init(&self->reader, rouse_stdin(), self->memory, LINE - 1);
    for (;;) {
        ROUSE_AWAIT(self->room, rouse_semaphore_acquire(&self->shop.room, 1));
        ROUSE_TRY_AWAIT(self->status, self->line, rouse_read_line(&self->reader));
        if (self->status == ROUSE_ERR_CLOSED)
            break;
        if (self->status < 0)
            ROUSE_FAIL_WITH(self->status, "job %u: %s", self->number + 1,
                            self->status == ROUSE_ERR_FULL ? "the line is too long"
                                                           : rouse_status_text(self->status));
        rouse_scope_spawn(&self->shop.scope, next_job(self));
    }
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->shop.scope));
    printf("%u jobs, %u failed\n", self->number, self->shop.failed);
    ROUSE_RETURN(self->shop.failed > 0);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->shop.scope);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app, .argc = argc, .argv = argv))
