/* wasi_host.h: what wasi_host.c shares with wasi_fds.c, which waits for descriptors as well. */
#ifndef ROUSE_WASI_HOST_H
#define ROUSE_WASI_HOST_H

#include <rouse/host.h>
#include <wasi/api.h>

struct wasi_host {
    struct rouse_host host;
    uint64_t deadline_ns;
    uint64_t grain_ns; /* the engine's clock steps: 1 ns or 1 ms */
    __wasi_clockid_t clock;
    uint32_t capacity; /* wasi_fds.c: how many descriptors fit below */
    __wasi_subscription_t *subscriptions;
    __wasi_event_t *events;
    bool one_by_one;    /* the engine does not take several subscriptions at once */
    uint32_t looked_ms; /* when it last gave the engine time to look */
};
_Static_assert(sizeof(struct wasi_host) <= ROUSE_HOST_WORDS * sizeof(uint64_t),
               "the host fits into the runtime");

static inline struct wasi_host *wasi_host_of(struct rouse_host *host)
{
    return (struct wasi_host *)(void *)host;
}

/* The calls of wasi_host.c. */
void rouse_i_wasi_wake(struct rouse_host *host);
uint64_t rouse_i_wasi_now(struct rouse_host *host);
void rouse_i_wasi_wake_at(struct rouse_host *host, uint64_t deadline_ns);
rouse_status rouse_i_wasi_wait(struct rouse_host *host, bool remote);
/* The time to the deadline, rounded up to the engine's grain. The deadline must lie ahead. */
uint64_t rouse_i_wasi_time_left(struct wasi_host *self, uint64_t now);
/* Call it after a sleep: an engine that returned too early counts in milliseconds. */
void rouse_i_wasi_check_sleep(struct wasi_host *self);

#endif
