/* poll_fds.c: the Linux host while futures wait for descriptors: one poll over all of them and over
   the epoll that has the timer and the eventfd.

   Why not add them to that epoll: it refuses regular files and /dev/null, forgets a descriptor that
   is closed during the wait, and has one entry for a reader and a writer of the same descriptor.
   poll answers for each wait by itself. */
#include "../../src/core/executor.h"
#include "epoll_host.h"

#include <errno.h>
#include <poll.h>

static rouse_status reserve(struct rouse_host *host, size_t count)
{
    struct epoll_host *self = epoll_host_of(host);
    struct rouse_runtime *rt = host->runtime;
    if (count <= self->capacity)
        return ROUSE_OK;
    size_t capacity = self->capacity ? self->capacity * 2u : 4;
    struct pollfd *polled = rouse_i_allocator(rt)(rt->options.allocate_data, self->polled,
                                                  (self->capacity + 1u) * sizeof *polled,
                                                  (capacity + 1) * sizeof *polled);
    if (!polled)
        return ROUSE_ERR_NO_MEMORY;
    self->polled = polled;
    self->capacity = (uint32_t)capacity;
    return ROUSE_OK;
}

static void close_all(struct rouse_host *host)
{
    struct epoll_host *self = epoll_host_of(host);
    struct rouse_runtime *rt = host->runtime;
    if (self->polled)
        rouse_i_allocator(rt)(rt->options.allocate_data, self->polled,
                              (self->capacity + 1u) * sizeof *self->polled, 0);
    rouse_i_epoll_close(host);
}

/* Any answer ends the wait, also an error: the read or write that follows finds out which. */
static void report_ready(struct epoll_host *self)
{
    struct rouse_runtime *rt = self->host.runtime;
    struct rouse_fd_wait wait;
    uint32_t at = 0;
    for (struct pollfd *entry = self->polled + 1; rouse_host_next_wait(rt, &at, &wait); entry++)
        if (entry->revents)
            rouse_host_fd_ready(rt, wait.id,
                                entry->revents & POLLNVAL ? ROUSE_ERR_BAD_FD : ROUSE_OK);
}

static void poll_all(struct epoll_host *self, int timeout_ms)
{
    struct rouse_runtime *rt = self->host.runtime;
    struct rouse_fd_wait wait;
    uint32_t at = 0;
    nfds_t count = 1;
    self->polled[0] = (struct pollfd){.fd = self->epoll, .events = POLLIN};
    while (rouse_host_next_wait(rt, &at, &wait))
        self->polled[count++] =
            (struct pollfd){.fd = wait.fd, .events = wait.writing ? POLLOUT : POLLIN};
    if (poll(self->polled, count, timeout_ms) <= 0)
        return; /* EINTR: the signal's handler may have woken a task */
    report_ready(self);
    if (self->polled[0].revents)
        rouse_i_epoll_sleep(self, 0);
}

static rouse_status wait_for_all(struct rouse_host *host, bool remote)
{
    if (rouse_host_waits(host->runtime) == 0)
        return rouse_i_epoll_wait(host, remote);
    poll_all(epoll_host_of(host), -1);
    return ROUSE_OK;
}

static void look_now(struct rouse_host *host)
{
    poll_all(epoll_host_of(host), 0);
}

void rouse_host_use_fds(struct rouse_host *host)
{
    static const struct rouse_host_calls calls = {.wake = rouse_i_epoll_wake,
                                                  .now = rouse_i_epoll_now,
                                                  .wake_at = rouse_i_epoll_wake_at,
                                                  .wait = wait_for_all,
                                                  .reserve = reserve,
                                                  .look = look_now,
                                                  .interrupt = rouse_i_epoll_interrupt,
                                                  .open = rouse_i_epoll_open,
                                                  .close = close_all};
    host->calls = &calls;
}
