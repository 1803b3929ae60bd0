/* sockets.c: what net_host.h asks, on Linux. Sockets never block and are not inherited. */
#define _GNU_SOURCE
#include "../../src/io/net_host.h"
#include "../posix/posix_fd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MOST_WAITING = 128 }; /* who has connected, and was not accepted yet */

static struct rouse_i_net_end failed(int error)
{
    rouse_status status = error == ECONNREFUSED ? ROUSE_ERR_CLOSED
                          : error == EADDRINUSE ? ROUSE_ERR_EXISTS
                          : error == ETIMEDOUT  ? ROUSE_ERR_TIMEOUT
                                                : rouse_i_posix_status(error);
    return (struct rouse_i_net_end){status, strerror(error)};
}

static const struct rouse_i_net_end ok = {ROUSE_OK, NULL};

union place {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* 0: it is none. */
static socklen_t place_of(const char *address, uint16_t port, union place *place)
{
    memset(place, 0, sizeof *place);
    if (inet_pton(AF_INET, address, &place->v4.sin_addr) == 1) {
        place->v4.sin_family = AF_INET;
        place->v4.sin_port = htons(port);
        return sizeof place->v4;
    }
    if (inet_pton(AF_INET6, address, &place->v6.sin6_addr) != 1)
        return 0;
    place->v6.sin6_family = AF_INET6;
    place->v6.sin6_port = htons(port);
    return sizeof place->v6;
}

/* A socket for the place; `size` is the place's. */
static struct rouse_i_net_end make(const char *address, uint16_t port, union place *place,
                                   socklen_t *size, int *fd)
{
    *size = place_of(address, port, place);
    if (*size == 0)
        return (struct rouse_i_net_end){ROUSE_ERR_INVALID, "not an address in numbers"};
    *fd = socket(place->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    return *fd < 0 ? failed(errno) : ok;
}

static struct rouse_i_net_end close_failed(int fd)
{
    struct rouse_i_net_end end = failed(errno);
    close(fd);
    return end;
}

struct rouse_i_net_end rouse_i_net_connect(const char *address, uint16_t port, int *fd)
{
    union place place;
    socklen_t size;
    struct rouse_i_net_end end = make(address, port, &place, &size, fd);
    if (end.status < 0 || connect(*fd, &place.any, size) == 0 || errno == EINPROGRESS)
        return end;
    return close_failed(*fd);
}

struct rouse_i_net_end rouse_i_net_connected(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        error = errno;
    return error ? failed(error) : ok;
}

/* A server that starts again finds its port free although old connections linger. */
struct rouse_i_net_end rouse_i_net_listen(struct rouse_tcp_listener *listener, const char *address,
                                          uint16_t port)
{
    union place place;
    socklen_t size;
    int yes = 1, fd;
    struct rouse_i_net_end end = make(address, port, &place, &size, &fd);
    if (end.status < 0)
        return end;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
        bind(fd, &place.any, size) < 0 || listen(fd, MOST_WAITING) < 0 ||
        getsockname(fd, &place.any, &size) < 0)
        return close_failed(fd);
    listener->fd = fd;
    listener->port = ntohs(place.any.sa_family == AF_INET ? place.v4.sin_port : place.v6.sin6_port);
    return ok;
}

/* One that has hung up again while it waited was nobody. */
struct rouse_i_net_end rouse_i_net_accept(const struct rouse_tcp_listener *listener, int *fd)
{
    do {
        *fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    } while (*fd < 0 && (errno == EINTR || errno == ECONNABORTED));
    if (*fd >= 0)
        return ok;
    return errno == EAGAIN ? (struct rouse_i_net_end){ROUSE_ERR_EMPTY, NULL} : failed(errno);
}

void rouse_i_net_close(int fd)
{
    close(fd);
}
