/* posix_files.c: file_job.h for Linux and WASI. Runs on any thread. */
#define _GNU_SOURCE
#include "../../src/io/file_job.h"
#include "posix_fd.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef O_CLOEXEC
#define O_CLOEXEC 0
#endif

static rouse_status status_of(int result)
{
    return result < 0 ? rouse_i_posix_status(errno) : ROUSE_OK;
}

static enum rouse_kind kind_of(mode_t mode)
{
    return S_ISREG(mode)   ? ROUSE_KIND_FILE
           : S_ISDIR(mode) ? ROUSE_KIND_DIRECTORY
           : S_ISLNK(mode) ? ROUSE_KIND_LINK
                           : ROUSE_KIND_OTHER;
}

static struct rouse_file_info info_of(const struct stat *from)
{
    return (struct rouse_file_info){.size = (uint64_t)from->st_size,
                                    .modified_ns = (uint64_t)from->st_mtim.tv_sec * 1000000000u +
                                                   (uint64_t)from->st_mtim.tv_nsec,
                                    .kind = kind_of(from->st_mode)};
}

rouse_status rouse_i_file_info(int fd, struct rouse_file_info *info)
{
    struct stat found;
    rouse_status status = status_of(fstat(fd, &found));
    if (status == ROUSE_OK)
        *info = info_of(&found);
    return status;
}

/* ---- One kind of job each ------------------------------------------------------------------ */

static int open_flags(unsigned how)
{
    bool writes = how & (ROUSE_OPEN_WRITE | ROUSE_OPEN_APPEND);
    int flags = !writes ? O_RDONLY : how & ROUSE_OPEN_READ ? O_RDWR : O_WRONLY;
    flags |= how & ROUSE_OPEN_APPEND ? O_APPEND : 0;
    flags |= how & ROUSE_OPEN_CREATE ? O_CREAT : 0;
    flags |= how & ROUSE_OPEN_EXCLUSIVE ? O_EXCL : 0;
    flags |= how & ROUSE_OPEN_TRUNCATE ? O_TRUNC : 0;
    return flags | O_CLOEXEC;
}

#ifdef __wasm__
#define open_at_once(job, flags) open((job)->text, (flags), 0666)
#else
static bool is_named_pipe(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISFIFO(found.st_mode);
}

/* A named pipe would keep the thread until its other end is opened. Without O_NONBLOCK afterwards,
   a reader asks first, and so waits for the first writer. */
static int open_at_once(struct rouse_i_file_job *job, int flags)
{
    int fd = open(job->text, flags | O_NONBLOCK, 0666);
    if (fd >= 0) {
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    } else if (errno == ENXIO && is_named_pipe(job->text)) {
        job->error = "nobody reads this named pipe";
        errno = EPIPE;
    }
    return fd;
}
#endif

static rouse_status run_open(struct rouse_i_file_job *job)
{
    job->fd = open_at_once(job, open_flags(job->how));
    if (job->fd < 0)
        return rouse_i_posix_status(errno);
    rouse_status status = rouse_i_file_info(job->fd, &job->info);
    if (status == ROUSE_OK && job->info.kind == ROUSE_KIND_DIRECTORY)
        status = ROUSE_ERR_IS_DIRECTORY;
    if (status == ROUSE_OK)
        return ROUSE_OK;
    close(job->fd);
    job->fd = -1;
    return status;
}

static rouse_status run_piece(struct rouse_i_file_job *job)
{
    ssize_t result;
    do {
        result = job->what == FILE_READ
                     ? pread(job->fd, job->data, job->count, (off_t)job->position)
                     : pwrite(job->fd, job->data, job->count, (off_t)job->position);
    } while (result < 0 && errno == EINTR);
    job->count = result > 0 ? (size_t)result : 0;
    if (result == 0 && job->what == FILE_WRITE)
        return ROUSE_ERR_IO;
    return result < 0 ? rouse_i_posix_status(errno) : ROUSE_OK;
}

static rouse_status run_stat(struct rouse_i_file_job *job)
{
    struct stat found;
    rouse_status status = status_of(stat(job->text, &found));
    if (status == ROUSE_OK)
        job->info = info_of(&found);
    return status;
}

static rouse_status run_remove(struct rouse_i_file_job *job)
{
    if (unlink(job->text) == 0)
        return ROUSE_OK;
    int error = errno; /* for a folder EISDIR, or EPERM as in POSIX: engines differ */
    if (rmdir(job->text) == 0)
        return ROUSE_OK;
    return rouse_i_posix_status(errno == ENOTDIR ? error : errno);
}

/* ---- A folder ------------------------------------------------------------------------------ */

static bool is_itself(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static enum rouse_kind kind_of_entry(const struct dirent *entry)
{
    switch (entry->d_type) {
    case DT_REG:
        return ROUSE_KIND_FILE;
    case DT_DIR:
        return ROUSE_KIND_DIRECTORY;
    case DT_LNK:
        return ROUSE_KIND_LINK;
    default:
        return ROUSE_KIND_OTHER;
    }
}

/* Names are added up to this size: then the longest name, of 255 bytes, still fits. */
enum { NAMES_FULL = FILE_NAMES - 258 };

static rouse_status run_list(struct rouse_i_file_job *job)
{
    const struct dirent *entry = NULL;
    job->count = 0;
    if (!job->directory && !(job->directory = opendir(job->text)))
        return rouse_i_posix_status(errno);
    errno = 0;
    while (job->count < NAMES_FULL && (entry = readdir(job->directory))) {
        size_t length = strlen(entry->d_name) + 1;
        if (is_itself(entry->d_name) || length > FILE_NAMES - 1 - job->count)
            continue;
        job->data[job->count] = (char)kind_of_entry(entry);
        memcpy(job->data + job->count + 1, entry->d_name, length);
        job->count += length + 1;
        errno = 0;
    }
    return !entry && errno ? rouse_i_posix_status(errno) : ROUSE_OK;
}

/* ---- Any job ------------------------------------------------------------------------------- */

static rouse_status run_job(struct rouse_i_file_job *job)
{
    switch (job->what) {
    case FILE_OPEN:
        return run_open(job);
    case FILE_READ:
    case FILE_WRITE:
        return run_piece(job);
    case FILE_SYNC:
        return status_of(fsync(job->fd));
    case FILE_STAT:
        return run_stat(job);
    case FILE_RENAME:
        return status_of(rename(job->text, job->to));
    case FILE_REMOVE:
        return run_remove(job);
    case FILE_MAKE_DIRECTORY:
        return status_of(mkdir(job->text, 0777));
    case FILE_LIST:
        return run_list(job);
    }
    return ROUSE_ERR_INVALID;
}

void rouse_i_file_run(struct rouse_i_job *job)
{
    struct rouse_i_file_job *self = (struct rouse_i_file_job *)(void *)job;
    self->status = run_job(self);
}

void rouse_i_file_abandon(struct rouse_i_job *job)
{
    struct rouse_i_file_job *self = (struct rouse_i_file_job *)(void *)job;
    if (self->what == FILE_OPEN && self->fd >= 0)
        close(self->fd);
    if (self->directory)
        closedir(self->directory);
}
