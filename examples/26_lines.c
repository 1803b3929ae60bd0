/* Bytes: three functions with two pipes of eight bytes between them. The first writes text in
   pieces that do not end at lines; the second reads lines and sends each as a frame with its length
   in front; the third reads frames. A full pipe makes its writer wait, so none runs ahead. Tokio:
   duplex, BufReader::lines, LengthDelimitedCodec. Node: stream.pipeline with readline. Go: io.Pipe
   with bufio.Scanner. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <string.h>

static const struct rouse_framing framing = {.width = 1};

struct talker {
    struct rouse_future future;
    struct rouse_writer *to;
    size_t i;
    struct rouse_write_all write;
    struct rouse_shutdown shutdown;
};

ROUSE_ASYNC(talker)
{
    static const char *const pieces[] = {"first li", "ne\nsecond\r", "\n\nand the ", "last"};
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 4; self->i++)
        ROUSE_AWAIT(self->write,
                    rouse_write_all(self->to, pieces[self->i], strlen(pieces[self->i])));
    ROUSE_AWAIT(self->shutdown, rouse_shutdown(self->to));
    ROUSE_END;
}

struct framer {
    struct rouse_future future;
    struct rouse_reader *from;
    struct rouse_writer *to;
    char memory[2][32];
    struct rouse_buffered_reader reader;
    struct rouse_buffered_writer writer;
    struct rouse_lines lines; /* a stream: one slice per line */
    struct rouse_write_frame frame;
    struct rouse_shutdown shutdown;
};

ROUSE_ASYNC(framer)
{
    ROUSE_BEGIN;
    rouse_buffered_reader_init(&self->reader, self->from, self->memory[0], 32);
    rouse_buffered_writer_init(&self->writer, self->to, self->memory[1], 32);
    ROUSE_EACH(self->lines, rouse_lines(&self->reader))
        ROUSE_AWAIT(self->frame, rouse_write_frame(&self->writer, &framing, self->lines.out.data,
                                                   self->lines.out.size));
    ROUSE_AWAIT(self->shutdown, rouse_shutdown(&self->writer.writer));
    ROUSE_FINALLY;
    rouse_drop(&self->lines.future);
    ROUSE_END;
}

struct printer {
    struct rouse_future future;
    struct rouse_reader *from;
    char memory[32];
    struct rouse_buffered_reader reader;
    struct rouse_frames frames;
};

ROUSE_ASYNC(printer)
{
    ROUSE_BEGIN;
    rouse_buffered_reader_init(&self->reader, self->from, self->memory, sizeof self->memory);
    ROUSE_EACH(self->frames, rouse_frames(&self->reader, &framing))
        printf("%zu bytes: \"%.*s\"\n", self->frames.out.size, (int)self->frames.out.size,
               self->frames.out.data);
    printf("the end\n");
    ROUSE_END;
}

struct demo {
    struct rouse_future future;
    char rings[2][8];
    struct rouse_pipe text, frames;
    struct talker talker;
    struct framer framer;
    struct printer printer;
    struct rouse_join all;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_pipe_init(&self->text, self->rings[0], sizeof self->rings[0]);
    rouse_pipe_init(&self->frames, self->rings[1], sizeof self->rings[1]);
    ROUSE_PUT(self->talker, ROUSE_FUTURE(talker, .to = &self->text.writer));
    ROUSE_PUT(self->framer,
              ROUSE_FUTURE(framer, .from = &self->text.reader, .to = &self->frames.writer));
    ROUSE_PUT(self->printer, ROUSE_FUTURE(printer, .from = &self->frames.reader));
    ROUSE_AWAIT(self->all, rouse_join(ROUSE_LIST(&self->talker.future, &self->framer.future,
                                                 &self->printer.future)));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))

// expect: 10 bytes: "first line"
// expect: 6 bytes: "second"
// expect: 0 bytes: ""
// expect: 12 bytes: "and the last"
// expect: the end
