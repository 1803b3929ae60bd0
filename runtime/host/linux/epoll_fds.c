/* epoll_fds.c: the Linux host while futures wait for descriptors. They are in the epoll that has
   the timer and the eventfd, level-triggered, and stay there from one wait to the next.

   Invariant: `entries` has, by descriptor, the directions that epoll reports, or more than it
   reports, never fewer. An event that no task waits for disarms its directions: the next wait arms
   them again.

   What epoll refuses (regular files, /dev/null) is always ready. What it forgets, when the last
   copy of a descriptor is closed, it does not find when it is armed again: then it is added anew.
   What it cannot forget (a child process has a copy of what was closed) it reports for ever, and
   nothing but a new epoll helps. The number of its addition tells such an event from one of the
   file that has the descriptor now. */
#define _GNU_SOURCE
#include "../../src/core/executor.h"
#include "epoll_host.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

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
    if (self->entries)
        rouse_i_allocator(rt)(rt->options.allocate_data, self->entries,
                              self->capacity * sizeof *self->entries, 0);
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
    struct epoll_entry *entries =
        rouse_i_allocator(rt)(rt->options.allocate_data, self->entries,
                              self->capacity * sizeof *entries, more * sizeof *entries);
    if (!entries)
        return ROUSE_ERR_NO_MEMORY;
    memset(entries + self->capacity, 0, (more - self->capacity) * sizeof *entries);
    self->entries = entries;
    self->capacity = more;
    return ROUSE_OK;
}

static int control(struct epoll_host *self, int operation, int fd, unsigned directions)
{
    struct epoll_event event = {0};
    event.events =
        (directions & ROUSE_FD_READ ? EPOLLIN : 0u) | (directions & ROUSE_FD_WRITE ? EPOLLOUT : 0u);
    event.data.u64 = (uint64_t)self->entries[fd].additions << 32 | (uint32_t)fd;
    return epoll_ctl(self->epoll, operation, fd, &event) == 0 ? 0 : errno;
}

/* Makes epoll report these directions, and no others. 0, or why not. */
static int arm(struct epoll_host *self, int fd, unsigned directions)
{
    struct epoll_entry *entry = &self->entries[fd];
    int error = entry->directions ? control(self, EPOLL_CTL_MOD, fd, directions) : ENOENT;
    if (error == ENOENT) {
        entry->additions++;
        error = control(self, EPOLL_CTL_ADD, fd, directions);
    }
    if (error == EEXIST)
        error = control(self, EPOLL_CTL_MOD, fd, directions);
    if (!error)
        entry->directions = directions;
    return error;
}

static rouse_status refused(int error)
{
    return error == EPERM                       ? ROUSE_ERR_EMPTY
           : error == EBADF                     ? ROUSE_ERR_BAD_FD
           : error == ENOMEM || error == ENOSPC ? ROUSE_ERR_NO_MEMORY
                                                : ROUSE_ERR_NOT_SUPPORTED;
}

/* `*watched` is this epoll's number, plus one, once the owner has its descriptor in there. */
static rouse_status watch(struct rouse_host *host, int fd, bool writing, int *watched)
{
    struct epoll_host *self = epoll_host_of(host);
    unsigned direction = writing ? ROUSE_FD_WRITE : ROUSE_FD_READ;
    if ((uint32_t)fd >= self->capacity && fcntl(fd, F_GETFD) < 0)
        return ROUSE_ERR_BAD_FD; /* before there is memory for a number that was made up */
    rouse_status status = make_room(self, fd);
    if (status < 0)
        return status;
    unsigned armed = self->entries[fd].directions;
    if (*watched == self->epoll + 1 && armed & direction)
        return ROUSE_OK;
    int error = arm(self, fd, armed | direction);
    if (error)
        return refused(error);
    *watched = self->epoll + 1;
    return ROUSE_OK;
}

static bool is_of(const struct epoll_host *self, uint64_t data)
{
    uint32_t fd = (uint32_t)data;
    return fd < self->capacity && self->entries[fd].additions == (uint32_t)(data >> 32);
}

/* A new epoll with what is waited for, and nothing else. It takes the number of the old one. If
   there is no descriptor for it, the old one serves on, and its next event tries again. */
static void renew(struct epoll_host *self)
{
    struct rouse_runtime *rt = self->host.runtime;
    struct rouse_fd_wait wait;
    int epoll = rouse_i_epoll_make(self);
    if (epoll < 0)
        return;
    dup3(epoll, self->epoll, O_CLOEXEC);
    close(epoll);
    for (uint32_t i = 0; i < self->capacity; i++)
        self->entries[i].directions = 0;
    for (uint32_t at = 0; rouse_host_next_wait(rt, &at, &wait);) {
        int unknown = 0;
        rouse_status status = watch(&self->host, wait.fd, wait.writing, &unknown);
        if (status != ROUSE_OK)
            rouse_host_fd_ready(rt, wait.id, status == ROUSE_ERR_EMPTY ? ROUSE_OK : status);
    }
}

/* The end of a connection is reported for as long as its descriptor is in the epoll at all. False:
   epoll does not know it by that number. */
static bool disarm(struct epoll_host *self, int fd, unsigned directions)
{
    struct epoll_entry *entry = &self->entries[fd];
    unsigned left = entry->directions & ~directions;
    entry->directions = left;
    return control(self, left ? EPOLL_CTL_MOD : EPOLL_CTL_DEL, fd, left) == 0;
}

/* A descriptor that can be written stays so, and would be reported again at once. False: the epoll
   is a new one, and what was taken from the old one is out of date. */
static bool take_event(struct epoll_host *self, uint64_t data, uint32_t events)
{
    int fd = (int)(uint32_t)data;
    unsigned directions =
        (events & EPOLLIN ? ROUSE_FD_READ : 0u) | (events & EPOLLOUT ? ROUSE_FD_WRITE : 0u);
    if (events & (EPOLLHUP | EPOLLERR))
        directions = ROUSE_FD_READ | ROUSE_FD_WRITE;
    bool known = is_of(self, data);
    unsigned waited = known ? rouse_host_fd_event(self->host.runtime, fd, directions, ROUSE_OK) : 0;
    unsigned unwanted = directions & (~waited | ROUSE_FD_WRITE);
    if (!unwanted || (known && disarm(self, fd, unwanted)))
        return true;
    renew(self);
    return false;
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
    struct epoll_host *self = epoll_host_of(host);
    if (rouse_host_waits(host->runtime) == 0)
        return rouse_i_epoll_wait(host, remote);
    bool slept = ROUSE_CHECKED && (rouse_i_epoll_sleep(self, 0) || find_closed(host->runtime));
    if (!slept)
        rouse_i_epoll_sleep(self, -1);
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
