/* sockets.c: net_host.h for Linux. Invariant: sockets never block and are not inherited. */
#define _GNU_SOURCE
#include "../../src/io/net_host.h"
#include "../posix/posix_fd.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct rouse_i_net_result failure(int error)
{
    rouse_status status = error == ECONNREFUSED ? ROUSE_ERR_CLOSED
                          : error == EADDRINUSE ? ROUSE_ERR_EXISTS
                          : error == ETIMEDOUT  ? ROUSE_ERR_TIMEOUT
                                                : rouse_i_posix_status(error);
    return (struct rouse_i_net_result){status, strerror(error)};
}

static const struct rouse_i_net_result ok = {ROUSE_OK, NULL};

union socket_address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* The size of the parsed address; 0: it is not an address. */
static socklen_t parse_address(const char *address, uint16_t port, union socket_address *parsed)
{
    memset(parsed, 0, sizeof *parsed);
    if (inet_pton(AF_INET, address, &parsed->v4.sin_addr) == 1) {
        parsed->v4.sin_family = AF_INET;
        parsed->v4.sin_port = htons(port);
        return sizeof parsed->v4;
    }
    if (inet_pton(AF_INET6, address, &parsed->v6.sin6_addr) != 1)
        return 0;
    parsed->v6.sin6_family = AF_INET6;
    parsed->v6.sin6_port = htons(port);
    return sizeof parsed->v6;
}

/* Makes a socket for the address; `size` is the size of the parsed address. */
static struct rouse_i_net_result make_socket(const char *address, uint16_t port,
                                             union socket_address *parsed, socklen_t *size, int *fd)
{
    *size = parse_address(address, port, parsed);
    if (*size == 0)
        return (struct rouse_i_net_result){ROUSE_ERR_INVALID, "not a numeric address"};
    *fd = socket(parsed->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    return *fd < 0 ? failure(errno) : ok;
}

static struct rouse_i_net_result close_failed(int fd)
{
    struct rouse_i_net_result result = failure(errno);
    close(fd);
    return result;
}

struct rouse_i_net_result rouse_i_net_connect(const char *address, uint16_t port, int *fd)
{
    union socket_address parsed;
    socklen_t size;
    struct rouse_i_net_result result = make_socket(address, port, &parsed, &size, fd);
    if (result.status < 0 || connect(*fd, &parsed.any, size) == 0 || errno == EINPROGRESS)
        return result;
    return close_failed(*fd);
}

struct rouse_i_net_result rouse_i_net_connected(int fd)
{
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
        error = errno;
    return error ? failure(error) : ok;
}

/* SO_REUSEADDR: a server that starts again gets its port although old connections linger. */
struct rouse_i_net_result rouse_i_net_listen(struct rouse_tcp_listener *listener,
                                             const char *address, uint16_t port)
{
    union socket_address parsed;
    socklen_t size;
    int yes = 1, fd;
    struct rouse_i_net_result result = make_socket(address, port, &parsed, &size, &fd);
    if (result.status < 0)
        return result;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
        bind(fd, &parsed.any, size) < 0 || listen(fd, SOMAXCONN) < 0 ||
        getsockname(fd, &parsed.any, &size) < 0)
        return close_failed(fd);
    *listener = (struct rouse_tcp_listener){.fd = fd};
    listener->port =
        ntohs(parsed.any.sa_family == AF_INET ? parsed.v4.sin_port : parsed.v6.sin6_port);
    return ok;
}

/* Skips clients that have hung up before they were accepted. */
struct rouse_i_net_result rouse_i_net_accept(const struct rouse_tcp_listener *listener, int *fd)
{
    do {
        *fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    } while (*fd < 0 && (errno == EINTR || errno == ECONNABORTED));
    if (*fd >= 0)
        return ok;
    return errno == EAGAIN ? (struct rouse_i_net_result){ROUSE_ERR_EMPTY, NULL} : failure(errno);
}

void rouse_i_net_close(int fd)
{
    close(fd);
}
