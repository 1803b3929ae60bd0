/* epoll_host.c: Linux. The loop sleeps in epoll_pwait2-like precision through a timerfd; other
   threads and signals end the sleep by writing to an eventfd.

   Invariant: while nothing is due and nobody writes, `wait` makes one system call and stays there.
 */
#define _GNU_SOURCE
#include <rouse/host.h>
#include <rouse/task.h>

#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* Lives in the runtime's host_memory: the descriptors are opened at the first wait or interrupt. */
struct epoll_host {
    struct rouse_host host;
    uint64_t deadline_ns;
    int epoll, event, timer;
};
_Static_assert(sizeof(struct epoll_host) <= ROUSE_HOST_WORDS * sizeof(uint64_t),
               "the host fits into the runtime");

static struct epoll_host *epoll_host_of(struct rouse_host *host)
{
    return (struct epoll_host *)(void *)host;
}

static void epoll_wake(struct rouse_host *host)
{
    (void)host; /* we are called: rouse_block_on looks at the queue before it waits */
}

static uint64_t epoll_now(struct rouse_host *host)
{
    struct timespec time;
    (void)host;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void epoll_wake_at(struct rouse_host *host, uint64_t deadline_ns)
{
    struct epoll_host *self = epoll_host_of(host);
    bool never = deadline_ns == ROUSE_NEVER;
    self->deadline_ns = deadline_ns;
    struct itimerspec at = {0};
    if (!never) {
        /* 292 years are enough for the kernel; 0 would disarm. */
        uint64_t ns = deadline_ns > INT64_MAX ? INT64_MAX : deadline_ns ? deadline_ns : 1;
        at.it_value.tv_sec = (time_t)(ns / 1000000000u);
        at.it_value.tv_nsec = (long)(ns % 1000000000u);
    }
    timerfd_settime(self->timer, TFD_TIMER_ABSTIME, &at, NULL);
}

static void drain(int fd)
{
    uint64_t count;
    while (read(fd, &count, sizeof count) < 0 && errno == EINTR) {
    }
}

static rouse_status epoll_host_wait(struct rouse_host *host, bool remote)
{
    struct epoll_host *self = epoll_host_of(host);
    struct epoll_event ready[2];
    if (self->deadline_ns == ROUSE_NEVER && !remote)
        return ROUSE_ERR_DEADLOCK;
    int count = epoll_wait(self->epoll, ready, 2, -1);
    for (int i = 0; i < count; i++)
        drain(ready[i].data.fd);
    return ROUSE_OK; /* EINTR too: the signal's handler may have woken somebody */
}

/* Async-signal-safe: nothing but a write. A full counter means a wake is under way already. */
static void epoll_interrupt(struct rouse_host *host)
{
    int saved = errno;
    uint64_t one = 1;
    ssize_t written = write(epoll_host_of(host)->event, &one, sizeof one);
    (void)written;
    errno = saved;
}

static void epoll_close(struct rouse_host *host)
{
    struct epoll_host *self = epoll_host_of(host);
    int fds[] = {self->epoll, self->event, self->timer};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    self->epoll = self->event = self->timer = -1;
}

static rouse_status epoll_open(struct rouse_host *host)
{
    struct epoll_host *self = epoll_host_of(host);
    self->epoll = epoll_create1(EPOLL_CLOEXEC);
    self->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    self->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = self->event};
    struct epoll_event timer = {.events = EPOLLIN, .data.fd = self->timer};
    if (self->epoll < 0 || self->event < 0 || self->timer < 0 ||
        epoll_ctl(self->epoll, EPOLL_CTL_ADD, self->event, &event) < 0 ||
        epoll_ctl(self->epoll, EPOLL_CTL_ADD, self->timer, &timer) < 0) {
        epoll_close(host);
        return ROUSE_ERR_NOT_SUPPORTED; /* out of descriptors */
    }
    return ROUSE_OK;
}

struct rouse_host *rouse_host_default(uint64_t memory[ROUSE_HOST_WORDS])
{
    static const struct rouse_host_calls calls = {.wake = epoll_wake,
                                                  .now = epoll_now,
                                                  .wake_at = epoll_wake_at,
                                                  .wait = epoll_host_wait,
                                                  .interrupt = epoll_interrupt,
                                                  .open = epoll_open,
                                                  .close = epoll_close};
    struct epoll_host *self = (struct epoll_host *)(void *)memory;
    *self = (struct epoll_host){.host.calls = &calls, .deadline_ns = ROUSE_NEVER};
    return &self->host;
}
