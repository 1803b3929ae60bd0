/* pipe.c: a ring of bytes between a writer and a reader. Invariant: `used` bytes are in it, from
   `start` on, around the end. */
#include <rouse/pipe.h>
#include <string.h>

static size_t min(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The place in the ring `n` bytes after `at`. */
static size_t advance(const struct rouse_pipe *pipe, size_t at, size_t n)
{
    return n < pipe->size - at ? at + n : n - (pipe->size - at);
}

static struct rouse_polled pipe_read(struct rouse_reader *reader, struct rouse_context *cx,
                                     void *buffer, size_t size, size_t *count)
{
    struct rouse_pipe *pipe = ROUSE_OWNER(reader, struct rouse_pipe, reader);
    if (pipe->abandoned || (pipe->used == 0 && pipe->ended))
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    if (pipe->used == 0)
        return rouse_io_wait(&reader->user, cx);
    size_t n = *count = min(size, pipe->used), first_part = min(n, pipe->size - pipe->start);
    memcpy(buffer, pipe->memory + pipe->start, first_part);
    memcpy((char *)buffer + first_part, pipe->memory, n - first_part);
    pipe->used -= n;
    pipe->start = pipe->used == 0 ? 0 : advance(pipe, pipe->start, n);
    rouse_io_wake(&pipe->writer.user);
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled pipe_write(struct rouse_writer *writer, struct rouse_context *cx,
                                      const void *data, size_t size, size_t *count)
{
    struct rouse_pipe *pipe = ROUSE_OWNER(writer, struct rouse_pipe, writer);
    if (pipe->abandoned || pipe->ended)
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    if (pipe->used == pipe->size)
        return rouse_io_wait(&writer->user, cx);
    size_t end = advance(pipe, pipe->start, pipe->used);
    size_t n = *count = min(size, pipe->size - pipe->used), first_part = min(n, pipe->size - end);
    memcpy(pipe->memory + end, data, first_part);
    memcpy(pipe->memory, (const char *)data + first_part, n - first_part);
    pipe->used += n;
    rouse_io_wake(&pipe->reader.user);
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled pipe_shutdown(struct rouse_writer *writer, struct rouse_context *cx)
{
    (void)cx;
    rouse_pipe_close_writer(ROUSE_OWNER(writer, struct rouse_pipe, writer));
    return ROUSE_READY(ROUSE_OK);
}

void rouse_pipe_init(struct rouse_pipe *pipe, void *memory, size_t size)
{
    static const struct rouse_reader_calls reading = {pipe_read, NULL};
    static const struct rouse_writer_calls writing = {pipe_write, NULL, pipe_shutdown, NULL};
    if (size == 0)
        rouse_i_bug(NULL, "a pipe without memory: nothing could ever be written");
    *pipe = (struct rouse_pipe){.reader = {.calls = &reading},
                                .writer = {.calls = &writing},
                                .memory = memory,
                                .size = size};
}

void rouse_pipe_close_writer(struct rouse_pipe *pipe)
{
    /* Wakes the reader and a writer that waits. The writer's waker is taken out first: the reader's
       wake may run code that frees the pipe. */
    struct rouse_waker writer = pipe->writer.user.waker;
    pipe->writer.user.waker = (struct rouse_waker){0};
    pipe->ended = true;
    rouse_io_wake(&pipe->reader.user);
    rouse_waker_wake(&writer);
}

void rouse_pipe_close_reader(struct rouse_pipe *pipe)
{
    pipe->abandoned = true;
    rouse_pipe_close_writer(pipe);
}

/* ---- Duplex -------------------------------------------------------------------------------- */

void rouse_duplex_init(struct rouse_duplex *duplex, void *memory, size_t size)
{
    rouse_pipe_init(&duplex->there, memory, size / 2);
    rouse_pipe_init(&duplex->back, (char *)memory + size / 2, size - size / 2);
}

void rouse_duplex_close_near(struct rouse_duplex *duplex)
{
    rouse_pipe_close_reader(&duplex->back);
    rouse_pipe_close_writer(&duplex->there);
}

void rouse_duplex_close_far(struct rouse_duplex *duplex)
{
    rouse_pipe_close_reader(&duplex->there);
    rouse_pipe_close_writer(&duplex->back);
}
