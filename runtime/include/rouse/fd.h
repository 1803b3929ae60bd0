/* fd.h: the host's descriptors: standard input and output, readers and writers, system pipes, and
   waiting until one is ready. docs/reference/fd.md says what each host can do. */
#ifndef ROUSE_FD_H
#define ROUSE_FD_H

#include "bytes.h"
#include "private/fd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Standard input and output ------------------------------------------------------------- */

/* One of each per process; the first use sets up the descriptor. A closed stdin is empty. A write
   flushes first what printf has buffered. */
struct rouse_reader *rouse_stdin(void);
struct rouse_writer *rouse_stdout(void);
struct rouse_writer *rouse_stderr(void);

/* ---- Any descriptor ------------------------------------------------------------------------ */

/* A reader and a writer on a descriptor of yours; keep it open while they are used. They never
   block if the host can tell whether they would. */
struct rouse_fd {
    struct rouse_reader reader; /* CLOSED at the end of the file */
    struct rouse_writer writer; /* CLOSED if nobody reads any more: SIGPIPE is ignored */
    int fd;
    /* private */
    struct rouse_i_fd_use reading, writing;
    uint8_t manner; /* 0: not looked at yet */
    bool ended, drained;
};
void rouse_fd_init(struct rouse_fd *fd, int number);
/* Closes the descriptor of a pipe or a connection. Does nothing for zero, or the second time. */
void rouse_fd_close(struct rouse_fd *fd);

/* Opens a system pipe, for other processes and threads; between tasks rouse_pipe is cheaper.
   TOO_MANY_FILES; NOT_SUPPORTED on WASI. */
rouse_status rouse_fd_pipe(struct rouse_fd *reading, struct rouse_fd *writing);

/* Waits until `fd` can be read, or written, without blocking, or is at its end. A regular file is
   always ready. BAD_FD; NO_MEMORY; NOT_SUPPORTED on a host that cannot wait for descriptors. */
struct rouse_fd_ready {
    struct rouse_future future;
    /* private */
    struct rouse_i_fd_use use;
    int fd;
    bool writing;
};
ROUSE_LAZY struct rouse_fd_ready rouse_readable(int fd);
ROUSE_LAZY struct rouse_fd_ready rouse_writable(int fd);

/* Fills `bytes` with random bytes fit for secrets. NOT_SUPPORTED if the host has none. */
rouse_status rouse_random_bytes(void *bytes, size_t size);

#ifdef __cplusplus
}
#endif
#endif
