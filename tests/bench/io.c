/* io.c: bytes through a pipe, and lines out of a buffer.

   One operation: copy_pipe_kib is 1024 bytes written to a pipe, copied out of it and taken by a
   sink; lines is one line of 32 bytes; frames is one frame of 32 bytes written and read back. */
#include "crew.h"

enum { RING = 16384, LINE = 32, LINES = 1000, KIB = 1024 };

static char ring[RING], memory[RING], piece[4 * KIB], file[LINES * LINE];

struct source {
    struct rouse_future future;
    struct rouse_writer *to;
    uint64_t left;
    struct rouse_write_all write;
    struct rouse_shutdown shutdown;
};
ROUSE_ASYNC(source)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left -= sizeof piece / KIB)
        ROUSE_AWAIT(self->write, rouse_write_all(self->to, piece, sizeof piece));
    ROUSE_AWAIT(self->shutdown, rouse_shutdown(self->to));
    ROUSE_END;
}

static void copy_pipe_kib(struct rouse_runtime *rt, uint64_t n)
{
    struct rouse_pipe pipe;
    struct rouse_writer sink;
    struct rouse_buffered_reader reader;
    rouse_pipe_init(&pipe, ring, sizeof ring);
    rouse_sink_writer_init(&sink);
    rouse_buffered_reader_init(&reader, &pipe.reader, memory, sizeof memory);
    struct rouse_task *copying = rouse_spawn(rt, rouse_copy(&reader, &sink));
    struct crew crew = ROUSE_FUTURE(crew);
    crew_add(&crew, rouse_spawn(rt, ROUSE_FUTURE(source, .to = &pipe.writer, .left = n)));
    bench_check(copying != NULL, "a task could not be spawned");
    bench_block_on(rt, &crew.future);
    struct rouse_task_join join = rouse_task_join(copying);
    bench_block_on(rt, &join.future);
    bench_check(ROUSE_OUTPUT(rouse_copy, copying)->out == n * KIB, "bytes were lost");
    rouse_task_detach(copying);
}

struct counter {
    struct rouse_future future;
    struct rouse_buffered_reader *from;
    struct rouse_lines lines;
    uint64_t count;
};
ROUSE_ASYNC(counter)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->lines, rouse_lines(self->from))
        self->count++;
    ROUSE_END;
}

static void lines(struct rouse_runtime *rt, uint64_t n)
{
    struct rouse_memory source;
    struct rouse_buffered_reader reader;
    memset(file, 'x', sizeof file);
    for (int i = 1; i <= LINES; i++)
        file[i * LINE - 1] = '\n';
    for (; n > 0; n -= LINES) {
        rouse_memory_init_const(&source, file, sizeof file);
        rouse_buffered_reader_init(&reader, &source.reader, memory, sizeof memory);
        struct counter counter = ROUSE_FUTURE(counter, .from = &reader);
        bench_block_on(rt, &counter.future);
        bench_check(counter.count == LINES, "lines were lost");
    }
}

struct echo {
    struct rouse_future future;
    struct rouse_buffered_writer *to;
    struct rouse_buffered_reader *from;
    uint64_t left;
    struct rouse_write_frame write;
    struct rouse_flush flush;
    struct rouse_read_frame read;
};
ROUSE_ASYNC(echo)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        ROUSE_AWAIT(self->write, rouse_write_frame(self->to, NULL, file, LINE));
        ROUSE_AWAIT(self->flush, rouse_flush(&self->to->writer));
        ROUSE_AWAIT(self->read, rouse_read_frame(self->from, NULL));
    }
    ROUSE_END;
}

static void frames(struct rouse_runtime *rt, uint64_t n)
{
    struct rouse_pipe pipe;
    struct rouse_buffered_writer writer;
    struct rouse_buffered_reader reader;
    rouse_pipe_init(&pipe, ring, KIB);
    rouse_buffered_writer_init(&writer, &pipe.writer, piece, KIB);
    rouse_buffered_reader_init(&reader, &pipe.reader, memory, KIB);
    struct echo echo = ROUSE_FUTURE(echo, .to = &writer, .from = &reader, .left = n);
    bench_block_on(rt, &echo.future);
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("copy_pipe_kib", 256 * KIB, copy_pipe_kib);
    bench("lines", 1000 * LINES, lines);
    bench("frames", 500000, frames);
    return EXIT_SUCCESS;
}
