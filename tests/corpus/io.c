/* Readers and writers of every kind, nested in each other: what the cancel and allocation loops of
   the corpus should meet. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <string.h>

/* ---- lines through a pipe that is smaller than they are
 * ------------------------------------------
 */

struct source {
    struct rouse_future future;
    struct rouse_writer *to;
    char memory[16];
    struct rouse_buffered_writer writer;
    int i;
    struct rouse_write_line line;
    struct rouse_write_all rest;
    struct rouse_flush flush;
    struct rouse_shutdown shutdown;
};
ROUSE_ASYNC(source)
{
    ROUSE_BEGIN;
    rouse_buffered_writer_init(&self->writer, self->to, self->memory, sizeof self->memory);
    for (self->i = 0; self->i < 3; self->i++)
        ROUSE_AWAIT(self->line, rouse_write_line(&self->writer, "some line", 9));
    ROUSE_AWAIT(self->rest, rouse_write_all(&self->writer.writer, "\nand a body longer", 18));
    ROUSE_AWAIT(self->flush, rouse_flush(&self->writer.writer));
    ROUSE_AWAIT(self->shutdown, rouse_shutdown(&self->writer.writer));
    ROUSE_END;
}

struct sink {
    struct rouse_future future;
    struct rouse_reader *from;
    char memory[16];
    struct rouse_buffered_reader reader;
    struct rouse_lines lines;
    struct rouse_fill fill;
    struct rouse_read_until word;
    struct rouse_read_line line;
    struct rouse_read_exact exact;
    struct rouse_buffer rest;
    struct rouse_read_to_end read;
    char start[4];
    int count;
    size_t out;
};
ROUSE_ASYNC(sink)
{
    ROUSE_BEGIN;
    rouse_buffered_reader_init(&self->reader, self->from, self->memory, sizeof self->memory);
    ROUSE_AWAIT(self->fill, rouse_fill(&self->reader, 3));
    ROUSE_AWAIT(self->word, rouse_read_until(&self->reader, ' '));
    ROUSE_AWAIT(self->line, rouse_read_line(&self->reader));
    ROUSE_EACH(self->lines, rouse_lines(&self->reader)) {
        if (self->lines.out.size == 0)
            break;
        self->count++;
    }
    ROUSE_AWAIT(self->exact, rouse_read_exact(&self->reader.reader, self->start, 4));
    ROUSE_AWAIT(self->read, rouse_read_to_end(&self->reader.reader, &self->rest, 100));
    ROUSE_RETURN((size_t)self->count + self->rest.size);
    ROUSE_FINALLY;
    rouse_drop(&self->lines.future);
    rouse_buffer_drop(&self->rest);
    ROUSE_END;
}

struct piped {
    struct rouse_future future;
    struct rouse_pipe pipe;
    char ring[5];
    struct source source;
    struct sink sink;
    struct rouse_join both;
    size_t out;
};
ROUSE_ASYNC(piped)
{
    ROUSE_BEGIN;
    rouse_pipe_init(&self->pipe, self->ring, sizeof self->ring);
    ROUSE_PUT(self->source, ROUSE_FUTURE(source, .to = &self->pipe.writer));
    ROUSE_PUT(self->sink, ROUSE_FUTURE(sink, .from = &self->pipe.reader));
    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->source.future, &self->sink.future)));
    if (self->sink.future.status < 0)
        ROUSE_FAIL(self->sink.future.status);
    ROUSE_RETURN(self->sink.out);
    ROUSE_END;
}

/* ---- frames over a proxy, in tasks of their own
 * --------------------------------------------------
 */

struct echo {
    struct rouse_future future;
    struct rouse_duplex *wire;
    char memory[2][24];
    struct rouse_buffered_reader reader;
    struct rouse_buffered_writer writer;
    struct rouse_frames frames;
    struct rouse_write_frame write;
    struct rouse_flush flush;
};
ROUSE_ASYNC(echo)
{
    ROUSE_BEGIN;
    rouse_buffered_reader_init(&self->reader, &self->wire->there.reader, self->memory[0], 24);
    rouse_buffered_writer_init(&self->writer, &self->wire->back.writer, self->memory[1], 24);
    ROUSE_EACH(self->frames, rouse_frames(&self->reader, NULL)) {
        ROUSE_AWAIT(self->write, rouse_write_frame(&self->writer, NULL, self->frames.out.data,
                                                   self->frames.out.size));
        ROUSE_AWAIT(self->flush, rouse_flush(&self->writer.writer));
    }
    ROUSE_FINALLY;
    rouse_drop(&self->frames.future);
    rouse_duplex_close_far(self->wire);
    ROUSE_END;
}

struct relay {
    struct rouse_future future;
    struct rouse_duplex *left, *right;
    char memory[2][3];
    struct rouse_buffered_reader there, back;
    struct rouse_copy_both copy;
};
ROUSE_ASYNC(relay)
{
    ROUSE_BEGIN;
    rouse_buffered_reader_init(&self->there, &self->left->there.reader, self->memory[0], 3);
    rouse_buffered_reader_init(&self->back, &self->right->back.reader, self->memory[1], 3);
    ROUSE_AWAIT(self->copy, rouse_copy_both(&self->there, &self->right->there.writer, &self->back,
                                            &self->left->back.writer));
    ROUSE_FINALLY;
    rouse_duplex_close_far(self->left);
    rouse_duplex_close_near(self->right);
    ROUSE_END;
}

struct framed {
    struct rouse_future future;
    struct rouse_duplex wires[2];
    char rings[2][8], memory[2][24];
    struct rouse_task *tasks[2];
    struct rouse_buffered_reader reader;
    struct rouse_buffered_writer writer;
    struct rouse_write_frame write;
    struct rouse_shutdown shutdown;
    struct rouse_read_frame read;
    struct rouse_task_join join;
    int i;
    size_t out;
};
ROUSE_ASYNC(framed)
{
    ROUSE_BEGIN;
    for (int i = 0; i < 2; i++)
        rouse_duplex_init(&self->wires[i], self->rings[i], sizeof self->rings[i]);
    rouse_buffered_reader_init(&self->reader, &self->wires[0].back.reader, self->memory[0], 24);
    rouse_buffered_writer_init(&self->writer, &self->wires[0].there.writer, self->memory[1], 24);
    self->tasks[0] =
        ROUSE_SPAWN(ROUSE_FUTURE(relay, .left = &self->wires[0], .right = &self->wires[1]));
    self->tasks[1] = ROUSE_SPAWN(ROUSE_FUTURE(echo, .wire = &self->wires[1]));
    for (self->i = 0; self->i < 2; self->i++)
        ROUSE_AWAIT(self->write, rouse_write_frame(&self->writer, NULL, "abcdefg", 7));
    ROUSE_AWAIT(self->shutdown, rouse_shutdown(&self->writer.writer));
    for (self->i = 0; self->i < 2; self->i++) {
        ROUSE_AWAIT(self->read, rouse_read_frame(&self->reader, NULL));
        self->out += self->read.out.size;
    }
    ROUSE_AWAIT(self->join, rouse_task_join(self->tasks[0]));
    ROUSE_FINALLY;
    for (int i = 0; i < 2; i++) {
        rouse_task_abort(self->tasks[i]); /* they borrow `wires`, which live here */
        rouse_task_detach(self->tasks[i]);
    }
    ROUSE_END;
}

/* ---- a script with waits, and a file in memory
 * ---------------------------------------------------
 */

struct scripted {
    struct rouse_future future;
    struct rouse_mock mock;
    struct rouse_memory file;
    struct rouse_take_reader take;
    struct rouse_chain_reader chain;
    struct rouse_buffered_reader reader;
    char memory[4], data[16];
    struct rouse_write ask;
    struct rouse_read answer;
    struct rouse_copy copy;
    struct rouse_seek seek;
    struct rouse_poll_once once;
    size_t out;
};
ROUSE_ASYNC(scripted)
{
    static const struct rouse_mock_step script[] = {
        ROUSE_MOCK_WRITE("ask"), ROUSE_MOCK_WAIT(2 * ROUSE_MS), ROUSE_MOCK_READ("answer"),
        ROUSE_MOCK_WAIT(ROUSE_MS), ROUSE_MOCK_READ("more")};
    ROUSE_BEGIN;
    rouse_mock_init(&self->mock, script, sizeof script / sizeof *script);
    rouse_memory_init(&self->file, self->data, 0, sizeof self->data);
    ROUSE_AWAIT(self->ask, rouse_write(&self->mock.writer, "ask", 3));
    ROUSE_PUT(self->answer, rouse_read(&self->mock.reader, self->memory, 1));
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->answer.future));
    rouse_drop(&self->answer.future); /* in the middle of the wait: nothing of the answer is lost */
    rouse_take_reader_init(&self->take, &self->mock.reader, 6);
    rouse_chain_reader_init(&self->chain, &self->take.reader, &self->mock.reader);
    rouse_buffered_reader_init(&self->reader, &self->chain.reader, self->memory, 4);
    ROUSE_AWAIT(self->copy, rouse_copy(&self->reader, &self->file.writer));
    ROUSE_AWAIT(self->seek, rouse_seek(&self->file.seeker, -4, ROUSE_FROM_END));
    if (rouse_mock_report(&self->mock))
        ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "%s", rouse_mock_report(&self->mock));
    ROUSE_RETURN((size_t)self->seek.out);
    ROUSE_FINALLY;
    rouse_drop(&self->answer.future);
    rouse_mock_drop(&self->mock);
    ROUSE_END;
}

struct io {
    struct rouse_future future;
    struct piped piped;
    struct framed framed;
    struct scripted scripted;
};
ROUSE_ASYNC(io)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->piped, ROUSE_FUTURE(piped));
    printf("piped %d\n", (int)self->piped.out);
    ROUSE_AWAIT(self->framed, ROUSE_FUTURE(framed));
    printf("framed %d\n", (int)self->framed.out);
    ROUSE_AWAIT(self->scripted, ROUSE_FUTURE(scripted));
    printf("scripted %d\n", (int)self->scripted.out);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(io))

// needs: malloc
// expect: piped 15
// expect: framed 14
// expect: scripted 6
