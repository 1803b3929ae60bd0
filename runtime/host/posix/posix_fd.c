/* posix_fd.c: readers and writers on descriptors, for Linux and WASI.

   Invariant: the blocking flag of a descriptor is never changed, because other programs share it
   (the terminal, the other end of a pipe). So a read waits until the host says that it will not
   block, then reads once. A write to a pipe does the same, with as many bytes as fit for sure. */
#define _GNU_SOURCE
#include "../../src/core/fd_wait.h"
#include "posix_fd.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#ifndef __wasm__
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#endif

enum {
    ALWAYS_READY = 1, /* a file: waiting is of no use, and some hosts refuse it */
    ASK_FIRST,        /* may block */
    TRY_FIRST         /* does not block: EAGAIN */
};
#ifndef PIPE_BUF
enum { PIPE_BUF = 4096 };
#endif
#ifdef __wasm__
enum { ASKS_AGAIN = false }; /* that would be another round through the engine */
#else
enum { ASKS_AGAIN = true };
#endif

rouse_status rouse_i_posix_status(int error)
{
    static const struct {
        int error;
        rouse_status status;
    } list[] = {
        {ENOENT, ROUSE_ERR_NOT_FOUND},       {EEXIST, ROUSE_ERR_EXISTS},
        {EACCES, ROUSE_ERR_PERMISSION},      {EPERM, ROUSE_ERR_PERMISSION},
        {EROFS, ROUSE_ERR_PERMISSION},       {EISDIR, ROUSE_ERR_IS_DIRECTORY},
        {ENOTDIR, ROUSE_ERR_NOT_DIRECTORY},  {ENOTEMPTY, ROUSE_ERR_NOT_EMPTY},
        {ENOSPC, ROUSE_ERR_NO_SPACE},        {EDQUOT, ROUSE_ERR_NO_SPACE},
        {EFBIG, ROUSE_ERR_NO_SPACE},         {EMFILE, ROUSE_ERR_TOO_MANY_FILES},
        {ENFILE, ROUSE_ERR_TOO_MANY_FILES},  {EBADF, ROUSE_ERR_BAD_FD},
        {EPIPE, ROUSE_ERR_CLOSED},           {ECONNRESET, ROUSE_ERR_RESET},
        {ENOMEM, ROUSE_ERR_NO_MEMORY},       {EINVAL, ROUSE_ERR_INVALID},
        {ENAMETOOLONG, ROUSE_ERR_INVALID},   {ESPIPE, ROUSE_ERR_NOT_SUPPORTED},
        {ENOSYS, ROUSE_ERR_NOT_SUPPORTED},   {ENOTSUP, ROUSE_ERR_NOT_SUPPORTED},
#ifdef ENOTCAPABLE
        {ENOTCAPABLE, ROUSE_ERR_PERMISSION},
#endif
    };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (list[i].error == error)
            return list[i].status;
    return ROUSE_ERR_IO;
}

static uint8_t manner_of(int fd)
{
    struct stat info;
    if (fstat(fd, &info) < 0)
        return TRY_FIRST; /* the read or write reports the error */
    if (S_ISREG(info.st_mode) || S_ISDIR(info.st_mode))
        return ALWAYS_READY;
    int flags = fcntl(fd, F_GETFL);
    return flags >= 0 && flags & O_NONBLOCK ? TRY_FIRST : ASK_FIRST;
}

static uint8_t manner(struct rouse_fd *self)
{
    if (!self->manner)
        self->manner = manner_of(self->fd);
    return self->manner;
}

/* One poll spares most waits a round through the host. In WASI it would be such a round itself. */
static bool is_ready_now(int fd, bool writing)
{
#ifdef __wasm__
    (void)fd;
    return writing; /* engines call stdout ready and let it block */
#else
    struct pollfd entry = {.fd = fd, .events = writing ? POLLOUT : POLLIN};
    return poll(&entry, 1, 0) > 0;
#endif
}

/* OK once the read or write may be tried. A descriptor that may block is asked again after a wait:
   another task, or another process, may have been faster. */
static struct rouse_polled wait_first(struct rouse_fd *self, struct rouse_i_fd_use *use,
                                      struct rouse_context *cx, bool writing)
{
    if (self->fd < 0) { /* closed, perhaps while this waited */
        rouse_i_fd_leave(use);
        return ROUSE_READY(ROUSE_ERR_BAD_FD);
    }
    bool asks = manner(self) == ASK_FIRST;
    while (use->id || (asks && !is_ready_now(self->fd, writing))) {
        struct rouse_polled polled = rouse_i_fd_wait(use, cx, self->fd, writing);
        if (polled.status != ROUSE_OK || !ASKS_AGAIN)
            return polled;
    }
    return ROUSE_READY(ROUSE_OK);
}

/* On a host that cannot wait for descriptors, the read or write blocks. */
static bool may_try(struct rouse_polled polled)
{
    return polled.status == ROUSE_OK || polled.status == ROUSE_ERR_NOT_SUPPORTED;
}

/* ---- Reading ------------------------------------------------------------------------------- */

/* A closed stdin counts as an empty one: engines and shells differ in which of them they give. */
static rouse_status read_end_status(struct rouse_fd *self, ssize_t result)
{
    if (result < 0 && !(errno == EBADF && self->fd == STDIN_FILENO))
        return rouse_i_posix_status(errno);
    self->ended = manner(self) != ALWAYS_READY; /* a file may grow again */
    return ROUSE_ERR_CLOSED;
}

/* A read that returned less than it asked for has emptied a connection. The next one waits without
   trying; the host reports what came meanwhile, so nothing is missed. */
static bool may_be_drained(struct rouse_fd *self, bool got_less)
{
    return ASKS_AGAIN && got_less && manner(self) == TRY_FIRST;
}

static struct rouse_polled fd_read(struct rouse_reader *reader, struct rouse_context *cx,
                                   void *buffer, size_t size, size_t *count)
{
    struct rouse_fd *self = ROUSE_OWNER(reader, struct rouse_fd, reader);
    if (self->ended)
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    for (;;) {
        struct rouse_polled polled = wait_first(self, &self->reading, cx, false);
        if (!may_try(polled))
            return polled;
        if (!self->drained) {
            ssize_t result = read(self->fd, buffer, size);
            if (result > 0) {
                self->drained = may_be_drained(self, (size_t)result < size);
                *count = (size_t)result;
                return ROUSE_READY(ROUSE_OK);
            }
            if (result < 0 && errno == EINTR)
                continue;
            if (result == 0 || errno != EAGAIN)
                return ROUSE_READY(read_end_status(self, result));
        }
        self->drained = false;
        polled = rouse_i_fd_wait(&self->reading, cx, self->fd, false);
        if (polled.status != ROUSE_OK)
            return polled;
    }
}

static void fd_read_cancel(struct rouse_reader *reader)
{
    rouse_i_fd_leave(&ROUSE_OWNER(reader, struct rouse_fd, reader)->reading);
}

/* ---- Writing ------------------------------------------------------------------------------- */

/* What printf has buffered comes first. Weak, so that a program without stdio does not link it. */
static void flush_stdio(int fd)
{
#ifdef __wasm__
    __attribute__((weak)) extern int fflush(FILE *);
    if (fd <= STDERR_FILENO && fflush)
        fflush(NULL);
#else
    if (fd <= STDERR_FILENO)
        fflush(stdout);
#endif
}

/* For a pipe that nobody reads, wasmtime reports EIO and node:wasi ECONNRESET. */
static rouse_status write_status(struct rouse_fd *self)
{
    bool stream = sizeof(void *) == 4 && manner(self) != ALWAYS_READY;
    bool unread = errno == EIO || errno == ECONNRESET;
    return stream && unread ? ROUSE_ERR_CLOSED : rouse_i_posix_status(errno);
}

static struct rouse_polled fd_write(struct rouse_writer *writer, struct rouse_context *cx,
                                    const void *data, size_t size, size_t *count)
{
    struct rouse_fd *self = ROUSE_OWNER(writer, struct rouse_fd, writer);
    flush_stdio(self->fd);
    for (;;) {
        struct rouse_polled polled = wait_first(self, &self->writing, cx, true);
        if (!may_try(polled))
            return polled;
        bool may_block = sizeof(void *) > 4 && manner(self) == ASK_FIRST;
        ssize_t result = write(self->fd, data, may_block && size > PIPE_BUF ? PIPE_BUF : size);
        if (result > 0) {
            *count = (size_t)result;
            return ROUSE_READY(ROUSE_OK);
        }
        if (result < 0 && errno == EINTR)
            continue;
        if (result == 0 || errno != EAGAIN)
            return ROUSE_READY(result == 0 ? ROUSE_ERR_IO : write_status(self));
        polled = rouse_i_fd_wait(&self->writing, cx, self->fd, true);
        if (polled.status != ROUSE_OK)
            return polled;
    }
}

#ifdef __wasm__
#define fd_shutdown NULL /* no connections */
#else
/* Ends the writing side of a connection. Standard output stays open for printf, even if the shell
   made it a connection. */
static struct rouse_polled fd_shutdown(struct rouse_writer *writer, struct rouse_context *cx)
{
    struct rouse_fd *self = ROUSE_OWNER(writer, struct rouse_fd, writer);
    (void)cx;
    if (self->fd <= STDERR_FILENO || shutdown(self->fd, SHUT_WR) == 0 || errno == ENOTSOCK)
        return ROUSE_READY(ROUSE_OK);
    return ROUSE_READY(errno == ENOTCONN ? ROUSE_ERR_CLOSED : rouse_i_posix_status(errno));
}
#endif

static void fd_write_cancel(struct rouse_writer *writer)
{
    rouse_i_fd_leave(&ROUSE_OWNER(writer, struct rouse_fd, writer)->writing);
}

/* ---- Life ---------------------------------------------------------------------------------- */

/* A write to a pipe that nobody reads is CLOSED and must not kill the program. If the program has
   its own handler, that stays. */
static void ignore_sigpipe(void)
{
#ifndef __wasm__
    static bool done;
    struct sigaction action;
    if (done || sigaction(SIGPIPE, NULL, &action) < 0)
        return;
    done = true;
    if (!(action.sa_flags & SA_SIGINFO) && action.sa_handler == SIG_DFL)
        signal(SIGPIPE, SIG_IGN);
#endif
}

void rouse_fd_init(struct rouse_fd *fd, int number)
{
    static const struct rouse_reader_calls reading = {fd_read, fd_read_cancel};
    static const struct rouse_writer_calls writing = {fd_write, NULL, fd_shutdown, fd_write_cancel};
    ignore_sigpipe();
    *fd = (struct rouse_fd){
        .reader = {.calls = &reading}, .writer = {.calls = &writing}, .fd = number};
}

void rouse_fd_close(struct rouse_fd *fd)
{
    if (fd->reader.calls && fd->fd >= 0) /* in a zeroed struct, 0 is not standard input */
        close(fd->fd);
    rouse_i_fd_closed(&fd->reading);
    rouse_i_fd_closed(&fd->writing);
    fd->fd = -1;
}

rouse_status rouse_fd_pipe(struct rouse_fd *reading, struct rouse_fd *writing)
{
#ifdef __wasm__
    (void)reading, (void)writing;
    return ROUSE_ERR_NOT_SUPPORTED; /* preview 1 has none */
#else
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
        return rouse_i_posix_status(errno);
    rouse_fd_init(reading, ends[0]);
    rouse_fd_init(writing, ends[1]);
    return ROUSE_OK;
#endif
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
    return &standard(STDIN_FILENO)->reader;
}

struct rouse_writer *rouse_stdout(void)
{
    return &standard(STDOUT_FILENO)->writer;
}

struct rouse_writer *rouse_stderr(void)
{
    return &standard(STDERR_FILENO)->writer;
}

rouse_status rouse_random_bytes(void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        size_t some = size - done < 256 ? size - done : 256; /* the most getentropy gives */
        if (getentropy((char *)bytes + done, some) < 0)
            return rouse_i_posix_status(errno);
        done += some;
    }
    return ROUSE_OK;
}
