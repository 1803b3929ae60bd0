/* wasi_host.c: the host for WASI preview 1. The loop sleeps in poll_oneoff on one relative clock.

   Invariant: poll_oneoff is never called without a subscription (one host hangs, others refuse). A
   program with nothing to wait for is reported as a deadlock instead. What poll_oneoff says about
   events is not trusted: the clock is read again, so early or extra events only cost a turn. */
#include "wasi_host.h"
#include <rouse/task.h>

#include <stdlib.h>

enum { STDERR = 2, MILLISECOND = 1000000 };

void rouse_i_wasi_wake(struct rouse_host *host)
{
    (void)host; /* nothing to do: rouse_block_on looks at the queue before it waits */
}

/* An engine without a monotonic clock: uses the real-time clock from then on. */
uint64_t rouse_i_wasi_now(struct rouse_host *host)
{
    struct wasi_host *self = wasi_host_of(host);
    __wasi_timestamp_t now = 0;
    if (__wasi_clock_time_get(self->clock, 1, &now) != __WASI_ERRNO_SUCCESS) {
        self->clock = __WASI_CLOCKID_REALTIME;
        if (__wasi_clock_time_get(self->clock, 1, &now) != __WASI_ERRNO_SUCCESS)
            return 0;
    }
    return now;
}

void rouse_i_wasi_wake_at(struct rouse_host *host, uint64_t deadline_ns)
{
    wasi_host_of(host)->deadline_ns = deadline_ns;
}

uint64_t rouse_i_wasi_time_left(struct wasi_host *self, uint64_t now)
{
    uint64_t left = self->deadline_ns - now;
    if (left > UINT64_MAX - self->grain_ns)
        left = UINT64_MAX - self->grain_ns;
    return (left + self->grain_ns - 1) / self->grain_ns * self->grain_ns;
}

/* An engine that rounds down to milliseconds returns early, again and again: from then on it is
   asked for whole milliseconds. */
void rouse_i_wasi_check_sleep(struct wasi_host *self)
{
    if (rouse_i_wasi_now(&self->host) < self->deadline_ns)
        self->grain_ns = MILLISECOND;
}

rouse_status rouse_i_wasi_wait(struct rouse_host *host, bool remote)
{
    struct wasi_host *self = wasi_host_of(host);
    uint64_t now = rouse_i_wasi_now(host);
    (void)remote; /* there is no other thread that could wake the runtime */
    if (self->deadline_ns == ROUSE_NEVER)
        return ROUSE_ERR_DEADLOCK;
    if (self->deadline_ns <= now)
        return ROUSE_OK;
    __wasi_subscription_t subscription = {0};
    __wasi_event_t event;
    __wasi_size_t count;
    subscription.u.tag = __WASI_EVENTTYPE_CLOCK;
    subscription.u.u.clock.id = self->clock;
    subscription.u.u.clock.timeout = rouse_i_wasi_time_left(self, now); /* relative: no flag */
    __wasi_errno_t error = __wasi_poll_oneoff(&subscription, &event, 1, &count);
    if (error != __WASI_ERRNO_SUCCESS && error != __WASI_ERRNO_INTR)
        return ROUSE_ERR_NOT_SUPPORTED;
    rouse_i_wasi_check_sleep(self);
    return ROUSE_OK;
}

struct rouse_host *rouse_host_default(uint64_t memory[ROUSE_HOST_WORDS])
{
    static const struct rouse_host_calls calls = {.wake = rouse_i_wasi_wake,
                                                  .now = rouse_i_wasi_now,
                                                  .wake_at = rouse_i_wasi_wake_at,
                                                  .wait = rouse_i_wasi_wait};
    struct wasi_host *self = (struct wasi_host *)(void *)memory;
    *self = (struct wasi_host){.host.calls = &calls,
                               .deadline_ns = ROUSE_NEVER,
                               .clock = __WASI_CLOCKID_MONOTONIC,
                               .grain_ns = 1};
    return &self->host;
}

/* Weak, so that a program without stdio does not link it. */
struct _IO_FILE;
__attribute__((weak)) int fflush(struct _IO_FILE *file);

void rouse_host_log(const char *text, size_t length)
{
    if (fflush)
        fflush(NULL); /* what the program printed before comes first */
    __wasi_ciovec_t part = {(const uint8_t *)text, length};
    __wasi_size_t written;
    (void)!__wasi_fd_write(STDERR, &part, 1, &written);
}

void rouse_host_on_interrupt(struct rouse_runtime *rt)
{
    (void)rt; /* preview 1 has no signals */
}

void *rouse_host_allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    (void)data, (void)old_size;
    if (new_size)
        return realloc(block, new_size);
    free(block);
    return NULL;
}
