/* net.h: TCP connections, on Linux. WASI has no sockets before 0.3, and a page has none: there
   every future fails with NOT_SUPPORTED and a message. docs/reference/net.md has a program. */
#ifndef ROUSE_NET_H
#define ROUSE_NET_H

#include "fd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A connection is a struct rouse_fd. Its reader is CLOSED when the other side has ended. Call
   rouse_shutdown on its writer to tell the other side that you have, then rouse_fd_close.

   An address is numeric, "127.0.0.1" or "::1"; anything else is INVALID. Looking up a name blocks:
   do that in rouse_blocking. The message of a failure has the address, the port and the reason. */

/* ---- Connect ------------------------------------------------------------------------------- */

/* CLOSED: nobody listens there, or there is no way there. TIMEOUT: the system got no answer in
   time. Dropped while it waits, it leaves `connection` as it was. */
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

/* ---- Listen -------------------------------------------------------------------------------- */

/* Accepts connections. Zero is closed. */
struct rouse_tcp_listener {
    uint16_t port; /* if you asked for 0: the one that the system chose */
    /* private */
    bool open;
    int fd, watched;
    uint32_t accepting; /* tasks that wait for it in `runtime` */
    struct rouse_runtime *runtime;
};
/* Port 0: any free one. EXISTS: somebody listens there already. PERMISSION. */
struct rouse_tcp_listen {
    struct rouse_future future;
    /* private */
    struct rouse_tcp_listener *listener;
    const char *address;
    uint16_t port;
};
ROUSE_LAZY struct rouse_tcp_listen rouse_tcp_listen(struct rouse_tcp_listener *listener,
                                                    const char *address, uint16_t port);
/* A pending accept ends with BAD_FD. Does nothing the second time. */
void rouse_tcp_listener_close(struct rouse_tcp_listener *listener);

/* Waits for the next connection. Dropped while it waits, it loses none: the next accept gets it.
   TOO_MANY_FILES: close one first. BAD_FD: the listener is closed. */
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
