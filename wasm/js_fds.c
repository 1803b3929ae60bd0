/* js_fds.c: a JavaScript host has no descriptors, and so far no standard input: NOT_SUPPORTED. */
#include <rouse/fd.h>
#include <rouse/host.h>

void rouse_host_use_fds(struct rouse_host *host)
{
    (void)host; /* its table stays without `reserve` */
}

static struct rouse_polled refuse_read(struct rouse_reader *reader, struct rouse_context *cx,
                                       void *buffer, size_t size, size_t *count)
{
    (void)reader, (void)cx, (void)buffer, (void)size, (void)count;
    return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED);
}

static struct rouse_polled refuse_write(struct rouse_writer *writer, struct rouse_context *cx,
                                        const void *data, size_t size, size_t *count)
{
    (void)writer, (void)cx, (void)data, (void)size, (void)count;
    return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED);
}

void rouse_fd_init(struct rouse_fd *fd, int number)
{
    static const struct rouse_reader_calls reading = {refuse_read, NULL};
    static const struct rouse_writer_calls writing = {refuse_write, NULL, NULL, NULL};
    *fd = (struct rouse_fd){
        .reader = {.calls = &reading}, .writer = {.calls = &writing}, .fd = number};
}

void rouse_fd_close(struct rouse_fd *fd)
{
    fd->fd = -1;
}

rouse_status rouse_fd_pipe(struct rouse_fd *reading, struct rouse_fd *writing)
{
    (void)reading, (void)writing;
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
    return &standard(0)->reader;
}

struct rouse_writer *rouse_stdout(void)
{
    return &standard(1)->writer;
}

struct rouse_writer *rouse_stderr(void)
{
    return &standard(2)->writer;
}

rouse_status rouse_random_bytes(void *bytes, size_t size)
{
    (void)bytes, (void)size;
    return ROUSE_ERR_NOT_SUPPORTED;
}
