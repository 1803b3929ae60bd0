/* no_net.c: net_host.h where there are no sockets: in WASI preview 1 and on a page. */
#include "../../runtime/src/io/net_host.h"

static const struct rouse_i_net_result none = {ROUSE_ERR_NOT_SUPPORTED,
                                               "sockets need WASI 0.3, or Linux"};

struct rouse_i_net_result rouse_i_net_connect(const char *address, uint16_t port, int *fd)
{
    (void)address, (void)port, (void)fd;
    return none;
}

struct rouse_i_net_result rouse_i_net_connected(int fd)
{
    (void)fd;
    return none;
}

struct rouse_i_net_result rouse_i_net_listen(struct rouse_tcp_listener *listener,
                                             const char *address, uint16_t port)
{
    (void)listener, (void)address, (void)port;
    return none;
}

struct rouse_i_net_result rouse_i_net_accept(const struct rouse_tcp_listener *listener, int *fd)
{
    (void)listener, (void)fd;
    return none;
}

void rouse_i_net_close(int fd)
{
    (void)fd; /* none was opened */
}
