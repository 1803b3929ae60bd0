/* net_host.h: what net.c asks of the host. Nothing here waits. */
#ifndef ROUSE_NET_HOST_H
#define ROUSE_NET_HOST_H

#include <rouse/net.h>

struct rouse_i_net_end {
    rouse_status status;
    const char *why; /* of a failure, for a person */
};
/* Begins: once the descriptor can be written, `connected` says how it ended. */
struct rouse_i_net_end rouse_i_net_connect(const char *address, uint16_t port, int *fd);
struct rouse_i_net_end rouse_i_net_connected(int fd);
struct rouse_i_net_end rouse_i_net_listen(struct rouse_tcp_listener *listener, const char *address,
                                          uint16_t port);
/* EMPTY: nobody yet. */
struct rouse_i_net_end rouse_i_net_accept(const struct rouse_tcp_listener *listener, int *fd);
void rouse_i_net_close(int fd);

#endif
