#include "use.h"

#if defined USE_pipe
USE(struct rouse_pipe pipe; char ring[8], buffer[8]; struct rouse_write write;
    struct rouse_read read;)
{
    ROUSE_BEGIN;
    rouse_pipe_init(&self->pipe, self->ring, sizeof self->ring);
    ROUSE_AWAIT(self->write, rouse_write(&self->pipe.writer, "hello", 5));
    ROUSE_AWAIT(self->read, rouse_read(&self->pipe.reader, self->buffer, 8));
    ROUSE_END;
}
#elif defined USE_memory
USE(struct rouse_memory file; char buffer[8]; struct rouse_read_exact read;)
{
    ROUSE_BEGIN;
    rouse_memory_init_const(&self->file, "hello, rouse", 12);
    ROUSE_AWAIT(self->read, rouse_read_exact(&self->file.reader, self->buffer, 8));
    ROUSE_END;
}
#elif defined USE_read_to_end
USE(struct rouse_memory file; struct rouse_buffer text; struct rouse_read_to_end read;)
{
    ROUSE_BEGIN;
    rouse_memory_init_const(&self->file, "hello, rouse", 12);
    ROUSE_AWAIT(self->read, rouse_read_to_end(&self->file.reader, &self->text, 64));
    ROUSE_FINALLY;
    rouse_buffer_drop(&self->text);
    ROUSE_END;
}
#elif defined USE_lines
USE(struct rouse_memory file; char memory[64]; struct rouse_buffered_reader buffered;
    struct rouse_lines lines; size_t n;)
{
    ROUSE_BEGIN;
    rouse_memory_init_const(&self->file, "one\ntwo\n", 8);
    rouse_buffered_reader_init(&self->buffered, &self->file.reader, self->memory, 64);
    ROUSE_EACH(self->lines, rouse_lines(&self->buffered))
        self->n += self->lines.out.size;
    ROUSE_END;
}
#elif defined USE_frames
USE(struct rouse_memory file; char memory[64]; struct rouse_buffered_reader buffered;
    struct rouse_frames frames; size_t n;)
{
    ROUSE_BEGIN;
    rouse_memory_init_const(&self->file, "\0\0\0\2hi", 6);
    rouse_buffered_reader_init(&self->buffered, &self->file.reader, self->memory, 64);
    ROUSE_EACH(self->frames, rouse_frames(&self->buffered, NULL))
        self->n += self->frames.out.size;
    ROUSE_END;
}
#elif defined USE_write_frame
USE(struct rouse_writer sink; char memory[64]; struct rouse_buffered_writer buffered;
    struct rouse_write_frame write; struct rouse_flush flush;)
{
    ROUSE_BEGIN;
    rouse_sink_writer_init(&self->sink);
    rouse_buffered_writer_init(&self->buffered, &self->sink, self->memory, 64);
    ROUSE_AWAIT(self->write, rouse_write_frame(&self->buffered, NULL, "hi", 2));
    ROUSE_AWAIT(self->flush, rouse_flush(&self->buffered.writer));
    ROUSE_END;
}
#elif defined USE_copy
USE(struct rouse_memory file; struct rouse_writer sink; char memory[64];
    struct rouse_buffered_reader buffered; struct rouse_copy copy;)
{
    ROUSE_BEGIN;
    rouse_memory_init_const(&self->file, "hello, rouse", 12);
    rouse_sink_writer_init(&self->sink);
    rouse_buffered_reader_init(&self->buffered, &self->file.reader, self->memory, 64);
    ROUSE_AWAIT(self->copy, rouse_copy(&self->buffered, &self->sink));
    ROUSE_END;
}
#elif defined USE_mock
static const struct rouse_mock_step script[] = {ROUSE_MOCK_READ("ping")};
USE(struct rouse_mock mock; char buffer[4]; struct rouse_read read;)
{
    ROUSE_BEGIN;
    rouse_mock_init(&self->mock, script, 1);
    ROUSE_AWAIT(self->read, rouse_read(&self->mock.reader, self->buffer, 4));
    ROUSE_END;
}
#endif

USE_MAIN
