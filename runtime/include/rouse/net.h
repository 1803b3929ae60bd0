/* net.h: connections over TCP, on Linux. WASI has no sockets before 0.3, and a page has none: there
   all of this is NOT_SUPPORTED, with a message. docs/reference/net.md has a program. */
#ifndef ROUSE_NET_H
#define ROUSE_NET_H

#include "fd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A connection is a struct rouse_fd: a reader, CLOSED when the other side has ended; a writer,
   whose rouse_shutdown tells the other side that this was all; rouse_fd_close.

   An address is numeric, "127.0.0.1" or "::1", else INVALID: looking names up blocks, and belongs
   in rouse_blocking. Every failure names address and port, and says what the system says. */

/* CLOSED: nobody listens there, or the way is cut. TIMEOUT: no answer in the time the system gives.
   A drop gives up, and leaves `connection` as it was. */
struct rouse_tcp_connect {
    struct rouse_future future;
    /* private */
    struct rouse_fd *connection;
    const char *address;
    struct rouse_i_fd_use use;
    int fd; /* while it connects */
    uint16_t port;
};
ROUSE_LAZY struct rouse_tcp_connect rouse_tcp_connect(struct rouse_fd *connection,
                                                      const char *address, uint16_t port);

/* Where others connect to. Zero is closed. */
struct rouse_tcp_listener {
    uint16_t port; /* where 0 was asked for: the one the system chose */
    /* private */
    bool open;
    int fd;
};
/* Port 0: any that is free. EXISTS: somebody listens there. PERMISSION. */
struct rouse_tcp_listen {
    struct rouse_future future;
    /* private */
    struct rouse_tcp_listener *listener;
    const char *address;
    uint16_t port;
};
ROUSE_LAZY struct rouse_tcp_listen rouse_tcp_listen(struct rouse_tcp_listener *listener,
                                                    const char *address, uint16_t port);
/* A second time it does nothing. Nobody may be accepting. */
void rouse_tcp_listener_close(struct rouse_tcp_listener *listener);

/* The next that connects. A drop loses nobody: who came is there for the next accept.
   TOO_MANY_FILES: wait until one is closed. BAD_FD: the listener is closed. */
struct rouse_tcp_accept {
    struct rouse_future future;
    /* private */
    struct rouse_tcp_listener *listener;
    struct rouse_fd *connection;
    struct rouse_i_fd_use use;
};
ROUSE_LAZY struct rouse_tcp_accept rouse_tcp_accept(struct rouse_tcp_listener *listener,
                                                    struct rouse_fd *connection);

#ifdef __cplusplus
}
#endif
#endif
