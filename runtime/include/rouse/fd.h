/* fd.h: descriptors of the host: waiting until one is ready; readers and writers on them; standard
   input and output; pipes of the system. docs/reference/fd.md says what each host can do. */
#ifndef ROUSE_FD_H
#define ROUSE_FD_H

#include "bytes.h"
#include "private/fd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Standard input and output ------------------------------------------------------------- */

/* One of each per process; the first use fits out the descriptor. A closed stdin is empty. What
   printf has buffered leaves before what the writers write. */
struct rouse_reader *rouse_stdin(void);
struct rouse_writer *rouse_stdout(void);
struct rouse_writer *rouse_stderr(void);

/* ---- Any descriptor ------------------------------------------------------------------------ */

/* A descriptor that stays the caller's: it must be open as long as this is used. Reads and writes
   never block where the host can tell whether they would. */
struct rouse_fd {
    struct rouse_reader reader; /* CLOSED at the end of the file */
    struct rouse_writer writer; /* CLOSED when nobody reads any more: SIGPIPE is ignored */
    int fd;
    /* private */
    struct rouse_i_fd_use reading, writing;
    uint8_t manner; /* 0: not looked at yet */
    bool ended;
};
void rouse_fd_init(struct rouse_fd *fd, int number);
/* Closes it: for what rouse_fd_pipe or a connection opened. For zero, and a second time, it does
   nothing. */
void rouse_fd_close(struct rouse_fd *fd);

/* A pipe of the system, for other processes and threads; between tasks rouse_pipe costs less.
   TOO_MANY_FILES; NOT_SUPPORTED on WASI. */
rouse_status rouse_fd_pipe(struct rouse_fd *reading, struct rouse_fd *writing);

/* Done when `fd` can be read, or written, without blocking; also at its end. BAD_FD; NOT_SUPPORTED
   on a host that cannot wait for descriptors; NO_MEMORY. A regular file is always ready. */
struct rouse_fd_ready {
    struct rouse_future future;
    /* private */
    struct rouse_i_fd_use use;
    int fd;
    bool writing;
};
ROUSE_LAZY struct rouse_fd_ready rouse_readable(int fd);
ROUSE_LAZY struct rouse_fd_ready rouse_writable(int fd);

/* Bytes nobody can foretell. NOT_SUPPORTED where there are none. */
rouse_status rouse_random_bytes(void *bytes, size_t size);

#ifdef __cplusplus
}
#endif
#endif
