/* file.c: the reader, writer and seeker of an open file.

   Invariant: every read and write names its position, and `position` moves only when a future
   reports done. So a future that was dropped half way can be made again: it reads or writes the
   same place. A drop waits for the piece that is under way, which would otherwise race with the
   next. Appending has no position; it is done at once, on this thread. */
#include "file_job.h"
#include <string.h>

static size_t min(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Polls the piece that the first poll of a read or write began. All pieces use one record. */
static struct rouse_polled poll_piece(struct rouse_file *file, struct rouse_context *cx,
                                      size_t *count)
{
    struct rouse_i_file_job *job = file->job;
    if (!rouse_i_job_is_done(&job->job, cx))
        return ROUSE_PENDING;
    job->fd = -1; /* nothing is under way */
    if (job->status < 0)
        return ROUSE_READY(job->status);
    *count = job->count;
    return ROUSE_READY(ROUSE_OK);
}

static rouse_status begin_piece(struct rouse_file *file, struct rouse_context *cx,
                                enum rouse_i_file_what what, const void *data, size_t size)
{
    if (!file->job)
        file->job = rouse_i_file_piece();
    struct rouse_i_file_job *job = file->job;
    if (!job)
        return ROUSE_ERR_NO_MEMORY;
    job->what = what;
    job->fd = file->stream.fd;
    job->position = file->position;
    job->count = min(size, FILE_PIECE);
    if (data)
        memcpy(job->data, data, job->count);
    rouse_i_job_start(&job->job, cx);
    return ROUSE_OK;
}

static bool is_under_way(const struct rouse_file *file, enum rouse_i_file_what what)
{
    bool under_way = file->job && file->job->fd >= 0;
    if (under_way && file->job->what != what)
        rouse_i_bug(NULL, "a file is read and written at the same time: it has one position");
    return under_way;
}

static struct rouse_polled file_read(struct rouse_reader *reader, struct rouse_context *cx,
                                     void *buffer, size_t size, size_t *count)
{
    struct rouse_file *file = ROUSE_OWNER(reader, struct rouse_file, reader);
    if (file->stream.fd < 0)
        return ROUSE_READY(ROUSE_ERR_BAD_FD);
    if (!file->regular)
        return rouse_poll_read(&file->stream.reader, cx, buffer, size, count);
    rouse_status status = ROUSE_OK;
    if (!is_under_way(file, FILE_READ))
        status = begin_piece(file, cx, FILE_READ, NULL, size);
    if (status < 0)
        return ROUSE_READY(status);
    size_t bytes_read = 0;
    struct rouse_polled polled = poll_piece(file, cx, &bytes_read);
    if (polled.status != ROUSE_OK)
        return polled;
    if (bytes_read == 0)
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    *count = min(bytes_read, size); /* this buffer may be smaller than the one that began */
    memcpy(buffer, file->job->data, *count);
    file->position += *count;
    return polled;
}

static struct rouse_polled file_write(struct rouse_writer *writer, struct rouse_context *cx,
                                      const void *data, size_t size, size_t *count)
{
    struct rouse_file *file = ROUSE_OWNER(writer, struct rouse_file, writer);
    if (file->stream.fd < 0)
        return ROUSE_READY(ROUSE_ERR_BAD_FD);
    if (!file->regular || file->append)
        return rouse_poll_write(&file->stream.writer, cx, data, size, count);
    rouse_status status = ROUSE_OK;
    if (!is_under_way(file, FILE_WRITE))
        status = begin_piece(file, cx, FILE_WRITE, data, size);
    if (status < 0)
        return ROUSE_READY(status);
    struct rouse_polled polled = poll_piece(file, cx, count);
    file->position += *count;
    return polled;
}

static void settle_piece(struct rouse_file *file)
{
    if (!file->job || file->job->fd < 0)
        return;
    rouse_i_job_settle(&file->job->job);
    file->job->fd = -1;
}

static void read_cancel(struct rouse_reader *reader)
{
    struct rouse_file *file = ROUSE_OWNER(reader, struct rouse_file, reader);
    settle_piece(file);
    rouse_cancel_read(&file->stream.reader);
}

static void write_cancel(struct rouse_writer *writer)
{
    struct rouse_file *file = ROUSE_OWNER(writer, struct rouse_file, writer);
    settle_piece(file);
    rouse_cancel_write(&file->stream.writer);
}

static struct rouse_polled file_seek(struct rouse_seeker *seeker, struct rouse_context *cx,
                                     int64_t offset, enum rouse_whence whence, uint64_t *position)
{
    struct rouse_file *file = ROUSE_OWNER(seeker, struct rouse_file, seeker);
    struct rouse_file_info info = {0};
    (void)cx;
    if (file->stream.fd < 0)
        return ROUSE_READY(ROUSE_ERR_BAD_FD);
    if (!file->regular)
        return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED);
    rouse_status status =
        whence == ROUSE_FROM_END ? rouse_i_file_info(file->stream.fd, &info) : ROUSE_OK;
    if (status < 0)
        return ROUSE_READY(status);
    uint64_t base = whence == ROUSE_FROM_START ? 0
                    : whence == ROUSE_FROM_END ? info.size
                                               : file->position;
    uint64_t distance = offset < 0 ? 0 - (uint64_t)offset : (uint64_t)offset;
    if (distance > (offset < 0 ? base : (uint64_t)INT64_MAX - base))
        return ROUSE_READY(ROUSE_ERR_INVALID);
    file->position = *position = base + (uint64_t)offset;
    return ROUSE_READY(ROUSE_OK);
}

void rouse_i_file_init(struct rouse_file *file, int fd, unsigned how, bool regular)
{
    static const struct rouse_reader_calls reading = {file_read, read_cancel};
    static const struct rouse_writer_calls writing = {file_write, NULL, NULL, write_cancel};
    static const struct rouse_seeker_calls seeking = {file_seek, NULL};
    *file = (struct rouse_file){.reader = {.calls = &reading},
                                .writer = {.calls = &writing},
                                .seeker = {.calls = &seeking},
                                .regular = regular,
                                .append = how & ROUSE_OPEN_APPEND};
    rouse_fd_init(&file->stream, fd);
}

void rouse_file_close(struct rouse_file *file)
{
    if (!file->reader.calls)
        return;
    struct rouse_waker waiting = {0}; /* of a task that reads or writes: it finds the file closed */
    if (file->job) {
        waiting = file->job->job.remote.waker;
        file->job->job.remote.waker = (struct rouse_waker){0};
    }
    settle_piece(file);
    rouse_i_job_leave(file->job ? &file->job->job : NULL);
    file->job = NULL;
    rouse_fd_close(&file->stream);
    rouse_waker_wake(&waiting);
}
