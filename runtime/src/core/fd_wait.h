/* fd_wait.h: how a leaf future waits for a descriptor. */
#ifndef ROUSE_FD_WAIT_H
#define ROUSE_FD_WAIT_H

#include <rouse/fd.h>

/* Pending until the host says that `fd` is ready. Every poll calls it with the same `use`. */
struct rouse_polled rouse_i_fd_wait(struct rouse_i_fd_use *use, struct rouse_context *cx, int fd,
                                    bool writing);
/* Ends the wait, if there is one. */
void rouse_i_fd_leave(struct rouse_i_fd_use *use);
/* The descriptor is being closed: a wait for it ends with BAD_FD. */
void rouse_i_fd_closed(struct rouse_i_fd_use *use);

#endif
