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
    uint8_t *armed; /* by descriptor */
    void (*take_event)(struct epoll_host *self, int fd, uint32_t events);
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
/* Sleeps until there is an event, and takes all there are. */
void rouse_i_epoll_sleep(struct epoll_host *self, int timeout_ms);

#endif
