/* net.c: connects, listens and accepts. Invariant: a descriptor belongs to the future that connects
   until that is done; an accepted one belongs to the caller at once. */
#include "../core/fd_wait.h"
#include "net_host.h"
#include <rouse/async.h>
#include <rouse/host.h>

/* The message of a failure names the address. */
static struct rouse_polled end_with(struct rouse_future *f, struct rouse_context *cx,
                                    struct rouse_i_net_result result, const char *address,
                                    uint16_t port)
{
    if (result.status == ROUSE_OK)
        return ROUSE_READY(ROUSE_OK);
    uint32_t at = f->at;
    rouse_i_fail_with(cx, f, __LINE__, result.status, NULL, "%s, port %u: %s", address,
                      (unsigned)port, result.why);
    f->at = at;
    return ROUSE_READY(result.status);
}

static struct rouse_i_net_result result_of_wait(struct rouse_polled polled)
{
    return (struct rouse_i_net_result){polled.status, rouse_status_text(polled.status)};
}

/* ---- Connect ------------------------------------------------------------------------------- */

static struct rouse_polled connect_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_tcp_connect *self = (struct rouse_tcp_connect *)(void *)f;
    if (!self->use.id) {
        struct rouse_i_net_result result =
            rouse_i_net_connect(self->address, self->port, &self->fd);
        if (result.status < 0)
            return end_with(f, cx, result, self->address, self->port);
    }
    struct rouse_polled polled = rouse_i_fd_wait(&self->use, cx, self->fd, true);
    if (rouse_is_pending(polled))
        return polled;
    struct rouse_i_net_result result =
        polled.status == ROUSE_OK ? rouse_i_net_connected(self->fd) : result_of_wait(polled);
    if (result.status == ROUSE_OK)
        rouse_fd_init(self->connection, self->fd);
    else
        rouse_i_net_close(self->fd);
    return end_with(f, cx, result, self->address, self->port);
}

static void connect_drop(struct rouse_future *f)
{
    struct rouse_tcp_connect *self = (struct rouse_tcp_connect *)(void *)f;
    rouse_i_fd_leave(&self->use);
    rouse_i_net_close(self->fd);
}

static const struct rouse_type rouse_tcp_connect_type = {
    "rouse_tcp_connect", __FILE__, sizeof(struct rouse_tcp_connect), connect_poll, connect_drop};

struct rouse_tcp_connect rouse_tcp_connect(struct rouse_fd *connection, const char *address,
                                           uint16_t port)
{
    return ROUSE_FUTURE(rouse_tcp_connect, .connection = connection, .address = address,
                        .port = port);
}

/* ---- Listen -------------------------------------------------------------------------------- */

static struct rouse_polled listen_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_tcp_listen *self = (struct rouse_tcp_listen *)(void *)f;
    struct rouse_i_net_result result =
        rouse_i_net_listen(self->listener, self->address, self->port);
    self->listener->open = result.status == ROUSE_OK;
    return end_with(f, cx, result, self->address, self->port);
}

static const struct rouse_type rouse_tcp_listen_type = {
    "rouse_tcp_listen", __FILE__, sizeof(struct rouse_tcp_listen), listen_poll, NULL};

struct rouse_tcp_listen rouse_tcp_listen(struct rouse_tcp_listener *listener, const char *address,
                                         uint16_t port)
{
    return ROUSE_FUTURE(rouse_tcp_listen, .listener = listener, .address = address, .port = port);
}

void rouse_tcp_listener_close(struct rouse_tcp_listener *listener)
{
    if (!listener->open)
        return;
    rouse_i_net_close(listener->fd);
    listener->open = false;
    listener->watched = 0;
    if (listener->accepting)
        rouse_host_fd_event(listener->runtime, listener->fd, ROUSE_FD_READ, ROUSE_ERR_BAD_FD);
}

/* ---- Accept -------------------------------------------------------------------------------- */

static struct rouse_i_net_result accept_one(const struct rouse_tcp_accept *self)
{
    int fd = -1;
    if (!self->listener->open)
        return (struct rouse_i_net_result){ROUSE_ERR_BAD_FD, "the listener is closed"};
    struct rouse_i_net_result result = rouse_i_net_accept(self->listener, &fd);
    if (result.status == ROUSE_OK)
        rouse_fd_init(self->connection, fd);
    return result;
}

/* None is counted if the listener was closed and listens again meanwhile. */
static void count_out(const struct rouse_tcp_accept *self)
{
    if (self->use.id && self->listener->accepting)
        self->listener->accepting--;
}

/* While an accept waits, the listener knows the runtime, so that closing it can end the wait. */
static struct rouse_polled wait_for_one(struct rouse_tcp_accept *self, struct rouse_context *cx)
{
    struct rouse_tcp_listener *listener = self->listener;
    count_out(self);
    self->use.watched = listener->watched;
    struct rouse_polled polled = rouse_i_fd_wait(&self->use, cx, listener->fd, false);
    listener->watched = self->use.watched;
    listener->runtime = cx->runtime;
    listener->accepting += self->use.id != 0;
    return polled;
}

static struct rouse_polled accept_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_tcp_accept *self = (struct rouse_tcp_accept *)(void *)f;
    for (bool waits = self->use.id != 0;; waits = true) {
        struct rouse_i_net_result result;
        if (waits) {
            struct rouse_polled polled = wait_for_one(self, cx);
            if (rouse_is_pending(polled))
                return polled;
            if (polled.status != ROUSE_OK)
                return end_with(f, cx, result_of_wait(polled), "accept", self->listener->port);
        }
        result = accept_one(self);
        if (result.status != ROUSE_ERR_EMPTY)
            return end_with(f, cx, result, "accept", self->listener->port);
    }
}

static void accept_drop(struct rouse_future *f)
{
    struct rouse_tcp_accept *self = (struct rouse_tcp_accept *)(void *)f;
    count_out(self);
    rouse_i_fd_leave(&self->use);
}

static const struct rouse_type rouse_tcp_accept_type = {
    "rouse_tcp_accept", __FILE__, sizeof(struct rouse_tcp_accept), accept_poll, accept_drop};

struct rouse_tcp_accept rouse_tcp_accept(struct rouse_tcp_listener *listener,
                                         struct rouse_fd *connection)
{
    return ROUSE_FUTURE(rouse_tcp_accept, .listener = listener, .connection = connection);
}
