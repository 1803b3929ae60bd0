/* js_fds.c: standard input and output on a JavaScript host, which has no descriptors to wait for.
   Standard input is what the page gives the program to read; standard output is the page's sink,
   which never waits.

   Invariant: bytes leave JavaScript only into the buffer of a poll, so a read that is dropped has
   taken nothing. */
#include "js_host.h"
#include <rouse/fd.h>

#include <unistd.h>

/* The number of bytes written to `buffer`; 0: the end; -1: none yet, and rouse_stdin_ready will be
   called when there may be some. */
int32_t IMPORT(rouse_host_stdin)(void *buffer, size_t size);
void EXPORT(rouse_stdin_ready)(void);

static struct rouse_waker reading;

void rouse_host_use_fds(struct rouse_host *host)
{
    (void)host; /* the host's table has no `reserve`: it cannot wait for descriptors */
}

static void stop_reading(void)
{
    rouse_i_js_waiting -= reading.table != NULL;
    rouse_waker_drop(&reading);
}

void rouse_stdin_ready(void)
{
    struct rouse_waker waker = reading;
    rouse_i_js_waiting -= waker.table != NULL;
    reading = (struct rouse_waker){0};
    rouse_waker_wake(&waker);
}

static struct rouse_polled stdin_read(struct rouse_reader *reader, struct rouse_context *cx,
                                      void *buffer, size_t size, size_t *count)
{
    (void)reader;
    int32_t result = rouse_host_stdin(buffer, size);
    if (result < 0) {
        rouse_i_js_waiting += reading.table == NULL; /* a program that reads is not stalled */
        rouse_waker_store(&reading, cx);
        return ROUSE_PENDING;
    }
    stop_reading();
    *count = (size_t)result;
    return ROUSE_READY(result ? ROUSE_OK : ROUSE_ERR_CLOSED);
}

static void stdin_cancel(struct rouse_reader *reader)
{
    (void)reader;
    stop_reading();
}

static struct rouse_polled refuse_read(struct rouse_reader *reader, struct rouse_context *cx,
                                       void *buffer, size_t size, size_t *count)
{
    (void)reader, (void)cx, (void)buffer, (void)size, (void)count;
    return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED);
}

/* What printf has buffered comes first. Weak, so that a program without stdio does not link it. */
struct _IO_FILE;
__attribute__((weak)) int fflush(struct _IO_FILE *file);

static struct rouse_polled sink_write(struct rouse_writer *writer, struct rouse_context *cx,
                                      const void *data, size_t size, size_t *count)
{
    int fd = ROUSE_OWNER(writer, struct rouse_fd, writer)->fd;
    (void)cx;
    if (fd != STDOUT_FILENO && fd != STDERR_FILENO)
        return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED);
    if (fflush)
        fflush(NULL);
    ssize_t result = write(fd, data, size);
    if (result <= 0)
        return ROUSE_READY(ROUSE_ERR_IO); /* the sink threw, and the program is being cancelled */
    *count = (size_t)result;
    return ROUSE_READY(ROUSE_OK);
}

void rouse_fd_init(struct rouse_fd *fd, int number)
{
    static const struct rouse_reader_calls from_host = {stdin_read, stdin_cancel};
    static const struct rouse_reader_calls refused = {refuse_read, NULL};
    static const struct rouse_writer_calls writing = {sink_write, NULL, NULL, NULL};
    *fd = (struct rouse_fd){.reader = {.calls = number == STDIN_FILENO ? &from_host : &refused},
                            .writer = {.calls = &writing},
                            .fd = number};
}

void rouse_fd_close(struct rouse_fd *fd)
{
    fd->fd = -1;
}

rouse_status rouse_fd_pipe(struct rouse_fd *reading_end, struct rouse_fd *writing_end)
{
    (void)reading_end, (void)writing_end;
    return ROUSE_ERR_NOT_SUPPORTED;
}

static struct rouse_fd *standard(int number)
{
    static struct rouse_fd fds[3];
    if (!fds[number].reader.calls)
        rouse_fd_init(&fds[number], number);
    return &fds[number];
}

struct rouse_reader *rouse_stdin(void)
{
    return &standard(STDIN_FILENO)->reader;
}

struct rouse_writer *rouse_stdout(void)
{
    return &standard(STDOUT_FILENO)->writer;
}

struct rouse_writer *rouse_stderr(void)
{
    return &standard(STDERR_FILENO)->writer;
}

/* Called directly: not every libc that a module may link offers it. */
__attribute__((import_module("wasi_snapshot_preview1"), import_name("random_get"))) int32_t
random_get(void *bytes, size_t size);

rouse_status rouse_random_bytes(void *bytes, size_t size)
{
    return random_get(bytes, size) == 0 ? ROUSE_OK : ROUSE_ERR_NOT_SUPPORTED;
}
