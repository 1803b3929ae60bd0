/* net_host.h: what net.c asks of the host. No call waits. */
#ifndef ROUSE_NET_HOST_H
#define ROUSE_NET_HOST_H

#include <rouse/net.h>

struct rouse_i_net_result {
    rouse_status status;
    const char *why; /* it failed, for a person */
};
/* Begins to connect. Once the descriptor is writable, `connected` gives the result. */
struct rouse_i_net_result rouse_i_net_connect(const char *address, uint16_t port, int *fd);
struct rouse_i_net_result rouse_i_net_connected(int fd);
struct rouse_i_net_result rouse_i_net_listen(struct rouse_tcp_listener *listener,
                                             const char *address, uint16_t port);
/* EMPTY: no client is waiting. */
struct rouse_i_net_result rouse_i_net_accept(const struct rouse_tcp_listener *listener, int *fd);
void rouse_i_net_close(int fd);

#endif
