/* epoll_fds.c: the Linux host while futures wait for descriptors. They are in the epoll that has
   the timer and the eventfd, level-triggered, and stay there from one wait to the next.

   Invariant: `armed` has, by descriptor, the directions that epoll reports, or more than it
   reports, never fewer. An event that no task waits for disarms its directions: the next wait arms
   them again.

   What epoll refuses (regular files, /dev/null) is always ready. What it forgets, when the last
   copy of a descriptor is closed, it does not find when it is armed again: then it is added anew.
 */
#include "../../src/core/executor.h"
#include "../posix/posix_fd.h"
#include "epoll_host.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>

_Static_assert(ROUSE_FD_READ == 1 && ROUSE_FD_WRITE == 2, "directions are bits");

static rouse_status reserve(struct rouse_host *host, size_t count)
{
    (void)host, (void)count; /* `watch` gets its memory, by descriptor */
    return ROUSE_OK;
}

static void close_all(struct rouse_host *host)
{
    struct epoll_host *self = epoll_host_of(host);
    struct rouse_runtime *rt = host->runtime;
    if (self->armed)
        rouse_i_allocator(rt)(rt->options.allocate_data, self->armed, self->capacity, 0);
    rouse_i_epoll_close(host);
}

static rouse_status make_room(struct epoll_host *self, int fd)
{
    struct rouse_runtime *rt = self->host.runtime;
    uint32_t more = self->capacity ? self->capacity : 64;
    if ((uint32_t)fd < self->capacity)
        return ROUSE_OK;
    while (more <= (uint32_t)fd)
        more *= 2;
    uint8_t *armed =
        rouse_i_allocator(rt)(rt->options.allocate_data, self->armed, self->capacity, more);
    if (!armed)
        return ROUSE_ERR_NO_MEMORY;
    memset(armed + self->capacity, 0, more - self->capacity);
    self->armed = armed;
    self->capacity = more;
    return ROUSE_OK;
}

/* Makes epoll report these directions, and no others. Whether it knows the descriptor is a guess.
 */
static int arm(struct epoll_host *self, int fd, unsigned directions, bool known)
{
    struct epoll_event event = {.data.fd = fd};
    event.events =
        (directions & ROUSE_FD_READ ? EPOLLIN : 0u) | (directions & ROUSE_FD_WRITE ? EPOLLOUT : 0u);
    int first = known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;
    int second = known ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    if (epoll_ctl(self->epoll, first, fd, &event) == 0)
        return 0;
    if (errno != (known ? ENOENT : EEXIST))
        return errno;
    return epoll_ctl(self->epoll, second, fd, &event) == 0 ? 0 : errno;
}

/* `*watched` is this epoll's number, plus one, once the owner has its descriptor in there. */
static rouse_status watch(struct rouse_host *host, int fd, bool writing, int *watched)
{
    struct epoll_host *self = epoll_host_of(host);
    unsigned direction = writing ? ROUSE_FD_WRITE : ROUSE_FD_READ;
    bool known = *watched == self->epoll + 1;
    bool has_entry = (uint32_t)fd < self->capacity;
    unsigned before = has_entry ? self->armed[fd] : 0;
    if (known && before & direction)
        return ROUSE_OK;
    int error = arm(self, fd, before | direction, known && before);
    if (error)
        return error == EPERM                       ? ROUSE_ERR_EMPTY
               : error == EBADF                     ? ROUSE_ERR_BAD_FD
               : error == ENOMEM || error == ENOSPC ? ROUSE_ERR_NO_MEMORY
                                                    : ROUSE_ERR_NOT_SUPPORTED;
    rouse_status status =
        make_room(self, fd); /* now it is known to be no larger than there are files */
    if (status < 0) {
        epoll_ctl(self->epoll, EPOLL_CTL_DEL, fd, NULL);
        return status;
    }
    self->armed[fd] = (uint8_t)(before | direction);
    *watched = self->epoll + 1;
    return ROUSE_OK;
}

/* The end of a connection is reported for as long as its descriptor is in the epoll at all. */
static void disarm(struct epoll_host *self, int fd, unsigned directions)
{
    unsigned left = (uint32_t)fd < self->capacity ? self->armed[fd] & ~directions : 0;
    if (left)
        arm(self, fd, left, true);
    else
        epoll_ctl(self->epoll, EPOLL_CTL_DEL, fd, NULL);
    if ((uint32_t)fd < self->capacity)
        self->armed[fd] = (uint8_t)left;
}

/* A descriptor that can be written stays so, and would be reported again at once. */
static void take_event(struct epoll_host *self, int fd, uint32_t events)
{
    unsigned directions =
        (events & EPOLLIN ? ROUSE_FD_READ : 0u) | (events & EPOLLOUT ? ROUSE_FD_WRITE : 0u);
    if (events & (EPOLLHUP | EPOLLERR))
        directions = ROUSE_FD_READ | ROUSE_FD_WRITE;
    unsigned waited = rouse_host_fd_event(self->host.runtime, fd, directions, ROUSE_OK);
    unsigned unwanted = directions & (~waited | ROUSE_FD_WRITE);
    if (unwanted)
        disarm(self, fd, unwanted);
}

void rouse_i_fd_forget(int fd, int watched)
{
    if (watched) /* a copy of the descriptor, in a child process say, would keep it in the epoll */
        epoll_ctl(watched - 1, EPOLL_CTL_DEL, fd, NULL);
}

#if ROUSE_CHECKED
/* epoll says nothing of a descriptor that was closed: its task would wait for ever. */
static bool find_closed(struct rouse_runtime *rt)
{
    struct rouse_fd_wait wait;
    size_t before = rouse_host_waits(rt);
    for (uint32_t at = 0; rouse_host_next_wait(rt, &at, &wait);)
        if (fcntl(wait.fd, F_GETFD) < 0)
            rouse_host_fd_ready(rt, wait.id, ROUSE_ERR_BAD_FD);
    return rouse_host_waits(rt) < before;
}
#else
#define find_closed(rt) false
#endif

static rouse_status wait_for_all(struct rouse_host *host, bool remote)
{
    if (rouse_host_waits(host->runtime) == 0)
        return rouse_i_epoll_wait(host, remote);
    if (!find_closed(host->runtime))
        rouse_i_epoll_sleep(epoll_host_of(host), -1);
    return ROUSE_OK;
}

static void look(struct rouse_host *host)
{
    rouse_i_epoll_sleep(epoll_host_of(host), 0);
}

void rouse_host_use_fds(struct rouse_host *host)
{
    static const struct rouse_host_calls calls = {.wake = rouse_i_epoll_wake,
                                                  .now = rouse_i_epoll_now,
                                                  .wake_at = rouse_i_epoll_wake_at,
                                                  .wait = wait_for_all,
                                                  .reserve = reserve,
                                                  .look = look,
                                                  .watch = watch,
                                                  .interrupt = rouse_i_epoll_interrupt,
                                                  .open = rouse_i_epoll_open,
                                                  .close = close_all};
    host->calls = &calls;
    epoll_host_of(host)->take_event = take_event;
}
