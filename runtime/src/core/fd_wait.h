/* fd_wait.h: waiting for a descriptor inside a leaf. */
#ifndef ROUSE_FD_WAIT_H
#define ROUSE_FD_WAIT_H

#include <rouse/fd.h>

/* Pending until the host says that `fd` is ready; call it again with the same use. */
struct rouse_polled rouse_i_fd_wait(struct rouse_i_fd_use *use, struct rouse_context *cx, int fd,
                                    bool writing);
/* Nobody waits any more. Without a wait it does nothing. */
void rouse_i_fd_leave(struct rouse_i_fd_use *use);

#endif
