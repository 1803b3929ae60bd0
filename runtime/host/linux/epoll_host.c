/* epoll_host.c: the Linux host. The loop sleeps in epoll_wait, with the precision of a timerfd;
   other threads and signals end the sleep by writing to an eventfd.

   Invariant: while nothing is due and nobody writes, `wait` stays in one system call. */
#define _GNU_SOURCE
#include "epoll_host.h"
#include <rouse/task.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 64 }; /* taken at once: the rest comes with the next call */

void rouse_i_epoll_wake(struct rouse_host *host)
{
    (void)host; /* nothing to do: rouse_block_on looks at the queue before it waits */
}

uint64_t rouse_i_epoll_now(struct rouse_host *host)
{
    struct timespec time;
    (void)host;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

void rouse_i_epoll_wake_at(struct rouse_host *host, uint64_t deadline_ns)
{
    struct epoll_host *self = epoll_host_of(host);
    bool never = deadline_ns == ROUSE_NEVER;
    self->deadline_ns = deadline_ns;
    struct itimerspec at = {0};
    if (!never) {
        /* The kernel's clock ends after 292 years, and 0 would disarm the timer. */
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

bool rouse_i_epoll_sleep(struct epoll_host *self, int timeout_ms)
{
    struct epoll_event ready[EVENTS];
    int count = epoll_wait(self->epoll, ready, EVENTS, timeout_ms);
    for (int i = 0; i < count; i++) {
        int fd = (int)(uint32_t)ready[i].data.u64;
        if (fd == self->event || fd == self->timer)
            drain(fd);
        else if (!self->take_event(self, ready[i].data.u64, ready[i].events))
            break;
    }
    return count > 0;
}

rouse_status rouse_i_epoll_wait(struct rouse_host *host, bool remote)
{
    struct epoll_host *self = epoll_host_of(host);
    if (self->deadline_ns == ROUSE_NEVER && !remote)
        return ROUSE_ERR_DEADLOCK;
    rouse_i_epoll_sleep(self, -1);
    return ROUSE_OK; /* also after EINTR: the signal's handler may have woken a task */
}

/* Async-signal-safe: only a write. A full counter means that a wake is already under way. */
void rouse_i_epoll_interrupt(struct rouse_host *host)
{
    int saved = errno;
    uint64_t one = 1;
    ssize_t written = write(epoll_host_of(host)->event, &one, sizeof one);
    (void)written;
    errno = saved;
}

void rouse_i_epoll_close(struct rouse_host *host)
{
    struct epoll_host *self = epoll_host_of(host);
    int fds[] = {self->epoll, self->event, self->timer};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    self->epoll = self->event = self->timer = -1;
}

/* In a program that was started without stdin, stdout or stderr, the host's descriptors must not
   take their numbers. */
static void occupy_standard_fds(void)
{
    int fd;
    do {
        fd = open("/dev/null", O_RDWR);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
}

int rouse_i_epoll_make(const struct epoll_host *self)
{
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = (uint32_t)self->event};
    struct epoll_event timer = {.events = EPOLLIN, .data.u64 = (uint32_t)self->timer};
    if (epoll < 0)
        return -1;
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, self->event, &event) == 0 &&
        epoll_ctl(epoll, EPOLL_CTL_ADD, self->timer, &timer) == 0)
        return epoll;
    close(epoll);
    return -1;
}

rouse_status rouse_i_epoll_open(struct rouse_host *host)
{
    if (fcntl(STDIN_FILENO, F_GETFD) < 0 || fcntl(STDOUT_FILENO, F_GETFD) < 0 ||
        fcntl(STDERR_FILENO, F_GETFD) < 0)
        occupy_standard_fds();
    struct epoll_host *self = epoll_host_of(host);
    self->event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    self->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    self->epoll = rouse_i_epoll_make(self);
    if (self->epoll >= 0)
        return ROUSE_OK;
    rouse_i_epoll_close(host);
    return ROUSE_ERR_NOT_SUPPORTED; /* out of descriptors */
}

struct rouse_host *rouse_host_default(uint64_t memory[ROUSE_HOST_WORDS])
{
    static const struct rouse_host_calls calls = {.wake = rouse_i_epoll_wake,
                                                  .now = rouse_i_epoll_now,
                                                  .wake_at = rouse_i_epoll_wake_at,
                                                  .wait = rouse_i_epoll_wait,
                                                  .interrupt = rouse_i_epoll_interrupt,
                                                  .open = rouse_i_epoll_open,
                                                  .close = rouse_i_epoll_close};
    struct epoll_host *self = (struct epoll_host *)(void *)memory;
    *self = (struct epoll_host){.host.calls = &calls, .deadline_ns = ROUSE_NEVER};
    return &self->host;
}
