/* Readers and writers. */
#include "row.h"

/* A file of 26 bytes, or what a row writes. */
struct file {
    struct rouse_memory memory;
    char data[64];
};
static void file_open(struct file *file, const char *text)
{
    memcpy(file->data, text, strlen(text));
    rouse_memory_init(&file->memory, file->data, strlen(text), sizeof file->data);
}

ROW(some_bytes, struct file file; char buffer[8]; struct rouse_read read;)
{
    ROUSE_BEGIN;
    file_open(&self->file, "hello, rouse");
    // Tokio: let n = file.read(&mut buffer).await?;
    // smol: let n = file.read(&mut buffer).await?;
    // Go: n, err := file.Read(buffer)
    // Node: const { bytesRead } = await file.read(buffer)
    // libuv: uv_read_start(stream, alloc_buffer, on_read);
    // epoll: n = read(fd, buffer, sizeof buffer); /* until EAGAIN */
    ROUSE_AWAIT(self->read,
                rouse_read(&self->file.memory.reader, self->buffer, sizeof self->buffer));

    EXPECT_EQ(self->read.out, 8);
    ROUSE_END;
}

ROW(exactly_so_many, struct file file; char buffer[8]; struct rouse_read_exact read;)
{
    ROUSE_BEGIN;
    file_open(&self->file, "hello, rouse");
    // Tokio: file.read_exact(&mut buffer).await?;
    // futures-rs: file.read_exact(&mut buffer).await?;
    // Go: io.ReadFull(file, buffer)
    ROUSE_AWAIT(self->read,
                rouse_read_exact(&self->file.memory.reader, self->buffer, sizeof self->buffer));

    EXPECT(memcmp(self->buffer, "hello, r", 8) == 0);
    ROUSE_END;
}

ROW(all_there_is, struct file file; char memory[64]; struct rouse_buffer text;
    struct rouse_read_to_end read;)
{
    ROUSE_BEGIN;
    file_open(&self->file, "hello, rouse");
    rouse_buffer_init(&self->text, self->memory, sizeof self->memory);
    // Tokio: file.read_to_end(&mut text).await?;
    // Go: text, err := io.ReadAll(file)
    // Node: const text = await buffer(file)
    ROUSE_AWAIT(self->read, rouse_read_to_end(&self->file.memory.reader, &self->text, 64));

    EXPECT_EQ(self->text.size, 12);
    ROUSE_END;
}

ROW(all_is_written, struct file file; struct rouse_write_all write;)
{
    ROUSE_BEGIN;
    file_open(&self->file, "");
    // Tokio: file.write_all(b"hello").await?;
    // futures-rs: file.write_all(b"hello").await?;
    // Go: io.WriteString(file, "hello")
    // Node: await file.write('hello')
    // libuv: uv_write(&request, stream, &buffer, 1, on_written);
    // epoll: n = write(fd, "hello", 5); /* the rest when EPOLLOUT comes */
    ROUSE_AWAIT(self->write, rouse_write_all(&self->file.memory.writer, "hello", 5));

    EXPECT_EQ(self->file.memory.size, 5);
    ROUSE_END;
}

ROW(to_another_place, struct file file; struct rouse_seek seek;)
{
    ROUSE_BEGIN;
    file_open(&self->file, "hello, rouse");
    // Tokio: file.seek(SeekFrom::Start(7)).await?;
    // Go: file.Seek(7, io.SeekStart)
    ROUSE_AWAIT(self->seek, rouse_seek(&self->file.memory.seeker, 7, ROUSE_FROM_START));

    EXPECT_EQ(self->seek.out, 7);
    ROUSE_END;
}

ROW(line_by_line, struct file file; char memory[64]; struct rouse_buffered_reader buffered;
    struct rouse_lines lines; size_t n;)
{
    ROUSE_BEGIN;
    file_open(&self->file, "one\ntwo\nthree\n");
    // Tokio: let buffered = BufReader::new(file);
    // Go: buffered := bufio.NewScanner(file)
    // Node: const lines = readline.createInterface({ input: file })
    rouse_buffered_reader_init(&self->buffered, &self->file.memory.reader, self->memory, 64);

    // Tokio: while let Some(line) = lines.next_line().await? { ... }
    // futures-rs: while let Some(line) = buffered.lines().next().await { ... }
    // Go: for buffered.Scan() { ... buffered.Text() ... }
    // Node: for await (const line of lines) ...
    ROUSE_EACH(self->lines, rouse_lines(&self->buffered))
        self->n += self->lines.out.size;

    EXPECT_EQ(self->n, 3 + 3 + 5);
    ROUSE_END;
}

ROW(a_pipe_and_a_copy, char ring[8], memory[8]; struct rouse_pipe pipe; struct file in, out;
    struct rouse_buffered_reader from, through; struct rouse_copy there, back;
    struct rouse_try_join both; struct rouse_shutdown end;)
{
    ROUSE_BEGIN;
    file_open(&self->in, "hello");
    file_open(&self->out, "");
    // Tokio: let (mut near, mut far) = tokio::io::simplex(8);
    // Go: reader, writer := io.Pipe()
    // Node: const pipe = new PassThrough()
    // libuv: uv_pipe(fds, UV_NONBLOCK_PIPE, UV_NONBLOCK_PIPE);
    // epoll: pipe2(fds, O_NONBLOCK);
    rouse_pipe_init(&self->pipe, self->ring, sizeof self->ring);

    rouse_buffered_reader_init(&self->from, &self->in.memory.reader, self->memory, 8);
    // Tokio: tokio::io::copy_buf(&mut from, &mut pipe).await?;
    // futures-rs: futures::io::copy_buf(&mut from, &mut pipe).await?;
    // Go: io.Copy(writer, from)
    // Node: await pipeline(from, pipe)
    // epoll: splice(from, NULL, pipe, NULL, 65536, 0);
    ROUSE_AWAIT(self->there, rouse_copy(&self->from, &self->pipe.writer));

    // Tokio: pipe.shutdown().await?;
    // Go: writer.Close()
    // Node: pipe.end()
    // libuv: uv_shutdown(&request, stream, on_shutdown);
    // epoll: shutdown(fd, SHUT_WR);
    ROUSE_AWAIT(self->end, rouse_shutdown(&self->pipe.writer));

    rouse_buffered_reader_init(&self->through, &self->pipe.reader, self->memory, 8);
    ROUSE_AWAIT(self->back, rouse_copy(&self->through, &self->out.memory.writer));
    EXPECT_EQ(self->back.out, 5);
    EXPECT_EQ(self->out.memory.size, 5);
    ROUSE_END;
}

ROW(frame_by_frame, struct file file; char memory[32], buffer[32];
    struct rouse_buffered_writer writer; struct rouse_buffered_reader reader;
    struct rouse_write_frame write; struct rouse_flush flush; struct rouse_frames frames;
    struct rouse_memory again; size_t n;)
{
    ROUSE_BEGIN;
    file_open(&self->file, "");
    rouse_buffered_writer_init(&self->writer, &self->file.memory.writer, self->memory, 32);
    // Tokio: framed.send(Bytes::from("hello")).await?; // LengthDelimitedCodec
    // Go: binary.Write(w, binary.BigEndian, uint32(5)); io.WriteString(w, "hello")
    ROUSE_AWAIT(self->write, rouse_write_frame(&self->writer, NULL, "hello", 5));

    // Tokio: framed.flush().await?;
    // Go: w.Flush()
    ROUSE_AWAIT(self->flush, rouse_flush(&self->writer.writer));

    rouse_memory_init_const(&self->again, self->file.data, self->file.memory.size);
    rouse_buffered_reader_init(&self->reader, &self->again.reader, self->buffer, 32);
    // Tokio: while let Some(frame) = framed.next().await { ... }
    ROUSE_EACH(self->frames, rouse_frames(&self->reader, NULL))
        self->n += self->frames.out.size;

    EXPECT_EQ(self->n, 5);
    ROUSE_END;
}

static const struct rouse_mock_step script[] = {
    ROUSE_MOCK_READ("ping"),
    ROUSE_MOCK_WRITE("pong"),
};
ROW(a_script_for_tests, struct rouse_mock mock; char buffer[4]; struct rouse_read_exact read;
    struct rouse_write_all write;)
{
    ROUSE_BEGIN;
    // Tokio: let mut mock = Builder::new().read(b"ping").write(b"pong").build();
    // Go: mock := iotest.OneByteReader(strings.NewReader("ping"))
    rouse_mock_init(&self->mock, script, 2);

    ROUSE_AWAIT(self->read, rouse_read_exact(&self->mock.reader, self->buffer, 4));
    ROUSE_AWAIT(self->write, rouse_write_all(&self->mock.writer, "pong", 4));
    EXPECT(!rouse_mock_report(&self->mock));
    ROUSE_END;
}
