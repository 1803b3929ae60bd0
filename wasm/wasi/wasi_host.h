/* wasi_host.h: what the WASI host shares with its half that waits for descriptors. */
#ifndef ROUSE_WASI_HOST_H
#define ROUSE_WASI_HOST_H

#include <rouse/host.h>
#include <wasi/api.h>

struct wasi_host {
    struct rouse_host host;
    uint64_t deadline_ns;
    uint64_t grain_ns; /* what the engine cuts off */
    __wasi_clockid_t clock;
    uint32_t capacity; /* wasi_fds.c: how many descriptors fit below */
    __wasi_subscription_t *subscriptions;
    __wasi_event_t *events;
    bool alone;          /* the engine does not take several subscriptions at once */
    uint32_t patient_ms; /* when it last gave the engine time to look */
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
/* How long to ask for, in the engine's own grain; the deadline must lie ahead. */
uint64_t rouse_i_wasi_left(struct wasi_host *self, uint64_t now);
/* After a sleep: an engine that came back too early counts in milliseconds. */
void rouse_i_wasi_slept(struct wasi_host *self);

#endif
