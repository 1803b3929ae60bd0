/* Files and folders. */
// needs: files malloc
#include "row.h"

ROW(a_file_that_is_made, struct rouse_file file; struct rouse_file_open open;
    struct rouse_write_all write; struct rouse_file_sync sync; struct rouse_path_change change;)
{
    ROUSE_BEGIN;
    // Tokio: let mut file = File::create("made").await?;
    // smol: let mut file = File::create("made").await?;
    // Go: file, err := os.Create("made")
    // Node: const file = await open('made', 'w')
    // libuv: uv_fs_open(loop, &open, "made", UV_FS_O_WRONLY | UV_FS_O_CREAT, 0666, on_open);
    // Threads: fd = open("made", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ROUSE_AWAIT(self->open,
                rouse_file_open(&self->file, "made",
                                ROUSE_OPEN_WRITE | ROUSE_OPEN_CREATE | ROUSE_OPEN_TRUNCATE));

    // Tokio: file.write_all(b"hello").await?;
    // smol: file.write_all(b"hello").await?;
    // Go: n, err := file.WriteString("hello")
    // Node: await file.writeFile('hello')
    // libuv: uv_fs_write(loop, &write, fd, &buffer, 1, -1, on_written);
    // Threads: n = write(fd, "hello", 5);
    ROUSE_AWAIT(self->write, rouse_write_all(&self->file.writer, "hello", 5));

    // Tokio: file.sync_all().await?;
    // smol: file.sync_all().await?;
    // Go: err = file.Sync()
    // Node: await file.sync()
    // libuv: uv_fs_fsync(loop, &sync, fd, on_synced);
    // Threads: fsync(fd);
    ROUSE_AWAIT(self->sync, rouse_file_sync(&self->file));

    // Tokio: drop(file);
    // smol: drop(file);
    // Go: file.Close()
    // Node: await file.close()
    // libuv: uv_fs_close(loop, &close, fd, on_closed);
    // Threads: close(fd);
    rouse_file_close(&self->file);

    // Tokio: fs::rename("made", "done").await?;
    // smol: fs::rename("made", "done").await?;
    // Go: err = os.Rename("made", "done")
    // Node: await rename('made', 'done')
    // libuv: uv_fs_rename(loop, &request, "made", "done", on_renamed);
    ROUSE_AWAIT(self->change, rouse_rename("made", "done"));

    // Tokio: fs::remove_file("done").await?;
    // smol: fs::remove_file("done").await?;
    // Go: err = os.Remove("done")
    // Node: await unlink('done')
    // libuv: uv_fs_unlink(loop, &request, "done", on_removed);
    ROUSE_AWAIT(self->change, rouse_remove("done"));

    ROUSE_FINALLY;
    rouse_file_close(&self->file);
    ROUSE_END;
}

/* For the rows that need a file. */
struct notes {
    struct rouse_future future;
    const char *path;
    struct rouse_file file;
    struct rouse_file_open open;
    struct rouse_write_all write;
};
ROUSE_ASYNC(notes)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->open,
                rouse_file_open(&self->file, self->path,
                                ROUSE_OPEN_WRITE | ROUSE_OPEN_CREATE | ROUSE_OPEN_TRUNCATE));
    ROUSE_AWAIT(self->write, rouse_write_all(&self->file.writer, "hello", 5));
    ROUSE_FINALLY;
    rouse_file_close(&self->file);
    ROUSE_END;
}

ROW(a_file_that_is_there, struct notes notes; struct rouse_file file; struct rouse_file_open open;
    char memory[64]; struct rouse_buffer text; struct rouse_read_to_end read;
    struct rouse_stat stat; uint64_t size; struct rouse_path_change change;)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->notes, ROUSE_FUTURE(notes, .path = "there"));
    rouse_buffer_init(&self->text, self->memory, sizeof self->memory);

    // Tokio: let mut file = File::open("there").await?;
    // smol: let mut file = File::open("there").await?;
    // Go: file, err := os.Open("there")
    // Node: const file = await open('there')
    // libuv: uv_fs_open(loop, &open, "there", UV_FS_O_RDONLY, 0, on_open);
    // Threads: fd = open("there", O_RDONLY);
    ROUSE_AWAIT(self->open, rouse_file_open(&self->file, "there", ROUSE_OPEN_READ));

    ROUSE_AWAIT(self->read, rouse_read_to_end(&self->file.reader, &self->text, 64));
    EXPECT_EQ(self->text.size, 5);

    // Tokio: let size = fs::metadata("there").await?.len();
    // smol: let size = fs::metadata("there").await?.len();
    // Go: info, err := os.Stat("there"); size := info.Size()
    // Node: const { size } = await stat('there')
    // libuv: uv_fs_stat(loop, &request, "there", on_stat); /* request.statbuf.st_size */
    ROUSE_AWAIT(self->stat, rouse_stat("there"));
    self->size = self->stat.out.size;

    EXPECT_EQ(self->size, 5);
    ROUSE_AWAIT(self->change, rouse_remove("there"));
    ROUSE_FINALLY;
    rouse_file_close(&self->file);
    ROUSE_END;
}

ROW(a_line_at_the_end, struct notes notes; struct rouse_file file; struct rouse_file_open open;
    struct rouse_write_all write; struct rouse_stat stat; struct rouse_path_change change;)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->notes, ROUSE_FUTURE(notes, .path = "log"));

    // Tokio: let mut log = OpenOptions::new().append(true).open("log").await?;
    // smol: let mut log = OpenOptions::new().append(true).open("log").await?;
    // Go: log, err := os.OpenFile("log", os.O_APPEND|os.O_WRONLY, 0)
    // Node: const log = await open('log', 'a')
    // libuv: uv_fs_open(loop, &open, "log", UV_FS_O_WRONLY | UV_FS_O_APPEND, 0, on_open);
    ROUSE_AWAIT(self->open, rouse_file_open(&self->file, "log", ROUSE_OPEN_APPEND));

    ROUSE_AWAIT(self->write, rouse_write_all(&self->file.writer, "!\n", 2));
    ROUSE_AWAIT(self->stat, rouse_stat("log"));
    EXPECT_EQ(self->stat.out.size, 7);
    ROUSE_AWAIT(self->change, rouse_remove("log"));
    ROUSE_FINALLY;
    rouse_file_close(&self->file);
    ROUSE_END;
}

ROW(a_folder, struct notes notes; struct rouse_path_change change;
    struct rouse_list_directory entries; int n;)
{
    ROUSE_BEGIN;
    // Tokio: fs::create_dir("folder").await?;
    // smol: fs::create_dir("folder").await?;
    // Go: err := os.Mkdir("folder", 0o777)
    // Node: await mkdir('folder')
    // libuv: uv_fs_mkdir(loop, &request, "folder", 0777, on_made);
    ROUSE_AWAIT(self->change, rouse_make_directory("folder"));

    ROUSE_AWAIT(self->notes, ROUSE_FUTURE(notes, .path = "folder/one"));

    // Tokio: while entries.next_entry().await?.is_some() { n += 1 } // of read_dir("folder")
    // smol: while entries.try_next().await?.is_some() { n += 1 } // of read_dir("folder")
    // Go: entries, err := os.ReadDir("folder"); for range entries { n++ }
    // Node: for await (const entry of await opendir('folder')) n++
    // libuv: uv_fs_scandir(loop, &request, "folder", 0, on_list);
    // Threads: while (readdir(folder)) n++;
    ROUSE_EACH(self->entries, rouse_list_directory("folder"))
        self->n++;

    EXPECT_EQ(self->n, 1);
    ROUSE_AWAIT(self->change, rouse_remove("folder/one"));
    ROUSE_AWAIT(self->change, rouse_remove("folder"));
    ROUSE_FINALLY;
    rouse_drop(&self->entries.future);
    ROUSE_END;
}

ROW(a_file_that_is_missing, struct rouse_file file; struct rouse_file_open open;
    rouse_status status; bool missing;)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->status, self->open,
                    rouse_file_open(&self->file, "none", ROUSE_OPEN_READ));
    // Tokio: let missing = error.kind() == io::ErrorKind::NotFound;
    // smol: let missing = error.kind() == io::ErrorKind::NotFound;
    // Go: missing := errors.Is(err, fs.ErrNotExist)
    // Node: const missing = error.code === 'ENOENT'
    // libuv: missing = open.result == UV_ENOENT;
    // Threads: missing = errno == ENOENT;
    self->missing = self->status == ROUSE_ERR_NOT_FOUND;

    EXPECT(self->missing);
    ROUSE_END;
}

static rouse_status hash_password(void *argument)
{
    *(int *)argument = 7;
    return ROUSE_OK;
}

ROW(standard_output_and_what_blocks, struct rouse_write_all write; struct rouse_blocking hash;
    int n; rouse_status status; char bytes[16];)
{
    ROUSE_BEGIN;
    // Tokio: io::stdout().write_all(b"hello\n").await?;
    // smol: Unblock::new(io::stdout()).write_all(b"hello\n").await?;
    // Go: os.Stdout.WriteString("hello\n")
    // Node: process.stdout.write('hello\n')
    // libuv: uv_write(&request, (uv_stream_t *)&out, &buffer, 1, on_written);
    ROUSE_AWAIT(self->write, rouse_write_all(rouse_stdout(), "hello\n", 6));

    // Tokio: let n = task::spawn_blocking(hash_password).await?;
    // smol: let n = unblock(hash_password).await;
    // libuv: uv_queue_work(loop, &request, hash_password, on_hashed);
    ROUSE_AWAIT(self->hash, rouse_blocking(hash_password, &self->n, NULL));

    EXPECT_EQ(self->n, 7);
    // Node: crypto.getRandomValues(bytes)
    // Go: rand.Read(bytes)
    // libuv: uv_random(NULL, NULL, bytes, sizeof bytes, 0, NULL);
    self->status = rouse_random_bytes(self->bytes, sizeof self->bytes);

    EXPECT_EQ(self->status, ROUSE_OK);
    ROUSE_END;
}
