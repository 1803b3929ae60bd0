/* epoll_host.h: what epoll_host.c shares with epoll_fds.c, which waits for descriptors as well. */
#ifndef ROUSE_EPOLL_HOST_H
#define ROUSE_EPOLL_HOST_H

#include <rouse/host.h>

/* Lives in the runtime's host_memory. */
struct epoll_host {
    struct rouse_host host;
    uint64_t deadline_ns;
    int epoll, event, timer;
    /* Of epoll_fds.c, in programs that wait for descriptors. */
    uint32_t capacity;
    struct epoll_entry {
        uint32_t directions, additions; /* ROUSE_FD_; how often epoll got it */
    } *entries;                         /* by descriptor */
    bool (*take_event)(struct epoll_host *self, uint64_t data, uint32_t events);
};
_Static_assert(sizeof(struct epoll_host) <= ROUSE_HOST_WORDS * sizeof(uint64_t),
               "the host fits into the runtime");

static inline struct epoll_host *epoll_host_of(struct rouse_host *host)
{
    return (struct epoll_host *)(void *)host;
}

/* The calls of epoll_host.c. */
void rouse_i_epoll_wake(struct rouse_host *host);
uint64_t rouse_i_epoll_now(struct rouse_host *host);
void rouse_i_epoll_wake_at(struct rouse_host *host, uint64_t deadline_ns);
rouse_status rouse_i_epoll_wait(struct rouse_host *host, bool remote);
void rouse_i_epoll_interrupt(struct rouse_host *host);
rouse_status rouse_i_epoll_open(struct rouse_host *host);
void rouse_i_epoll_close(struct rouse_host *host);
/* An epoll with the eventfd and the timer; -1: out of descriptors. */
int rouse_i_epoll_make(const struct epoll_host *self);
/* Sleeps until there is an event, and takes some of those there are. False: there was none. */
bool rouse_i_epoll_sleep(struct epoll_host *self, int timeout_ms);

#endif
