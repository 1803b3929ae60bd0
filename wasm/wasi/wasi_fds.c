/* wasi_fds.c: the WASI host while futures wait for descriptors: one poll_oneoff over all of them
   and one relative clock.

   Invariant: what an engine answers is a hint only. If a call fails as a whole, it is repeated for
   each descriptor by itself, so that a bad one ends only its own wait. A descriptor that the engine
   cannot poll counts as ready: its read blocks or fails. Sizes (`nbytes`) and the number of events
   are ignored. */
#include "../../runtime/src/core/executor.h"
#include "wasi_host.h"

enum {
    MILLISECOND = 1000000,
    ONE_BY_ONE_EVERY_NS = 10 * MILLISECOND,
    SHORT_WAIT_NS = MILLISECOND,
    SHORT_WAIT_EVERY_MS = 50,
};

static rouse_status reserve(struct rouse_host *host, size_t count)
{
    struct wasi_host *self = wasi_host_of(host);
    struct rouse_runtime *rt = host->runtime;
    size_t each = sizeof *self->subscriptions + sizeof *self->events;
    size_t capacity = self->capacity ? self->capacity * 2u : 4;
    if (count <= self->capacity)
        return ROUSE_OK;
    size_t old = self->capacity ? (self->capacity + 1u) * each : 0;
    void *memory = rouse_i_allocator(rt)(rt->options.allocate_data, self->subscriptions, old,
                                         (capacity + 1) * each);
    if (!memory)
        return ROUSE_ERR_NO_MEMORY;
    self->subscriptions = memory;
    self->events = (__wasi_event_t *)(void *)(self->subscriptions + capacity + 1);
    self->capacity = (uint32_t)capacity;
    return ROUSE_OK;
}

static void close_all(struct rouse_host *host)
{
    struct wasi_host *self = wasi_host_of(host);
    struct rouse_runtime *rt = host->runtime;
    size_t each = sizeof *self->subscriptions + sizeof *self->events;
    if (self->subscriptions)
        rouse_i_allocator(rt)(rt->options.allocate_data, self->subscriptions,
                              (self->capacity + 1u) * each, 0);
}

static void subscribe(__wasi_subscription_t *to, const struct rouse_fd_wait *wait)
{
    *to = (__wasi_subscription_t){.userdata = wait->id};
    to->u.tag = wait->writing ? __WASI_EVENTTYPE_FD_WRITE : __WASI_EVENTTYPE_FD_READ;
    to->u.u.fd_read.file_descriptor = (__wasi_fd_t)wait->fd; /* fd_write lies in the same place */
}

static void subscribe_clock(struct wasi_host *self, __wasi_subscription_t *to, uint64_t ns)
{
    *to = (__wasi_subscription_t){0};
    to->u.tag = __WASI_EVENTTYPE_CLOCK;
    to->u.u.clock.id = self->clock;
    to->u.u.clock.timeout = ns; /* relative: no flag */
}

/* Looks at every entry, however many the engine says that it wrote. An entry that was not written
   is zero, which means a clock. */
static __wasi_errno_t poll_subscribed(struct wasi_host *self, __wasi_size_t count)
{
    __wasi_size_t written;
    for (__wasi_size_t i = 0; i < count; i++)
        self->events[i] = (__wasi_event_t){0};
    __wasi_errno_t error = __wasi_poll_oneoff(self->subscriptions, self->events, count, &written);
    for (__wasi_size_t i = 0; error == __WASI_ERRNO_SUCCESS && i < count; i++) {
        const __wasi_event_t *event = &self->events[i];
        if (event->type != __WASI_EVENTTYPE_CLOCK)
            rouse_host_fd_ready(self->host.runtime, event->userdata,
                                event->error == __WASI_ERRNO_BADF ? ROUSE_ERR_BAD_FD : ROUSE_OK);
    }
    return error;
}

/* After the engine refused the whole call: polls each descriptor, without waiting. True if that
   ended a wait. */
static bool poll_one_by_one(struct wasi_host *self)
{
    struct rouse_runtime *rt = self->host.runtime;
    struct rouse_fd_wait wait;
    size_t before = rouse_host_waits(rt);
    for (uint32_t at = 0; rouse_host_next_wait(rt, &at, &wait);) {
        subscribe(&self->subscriptions[0], &wait);
        subscribe_clock(self, &self->subscriptions[1], 0);
        __wasi_errno_t error = poll_subscribed(self, 2);
        if (error != __WASI_ERRNO_SUCCESS && error != __WASI_ERRNO_INTR)
            rouse_host_fd_ready(rt, wait.id,
                                error == __WASI_ERRNO_BADF ? ROUSE_ERR_BAD_FD : ROUSE_OK);
    }
    return rouse_host_waits(rt) < before;
}

static __wasi_errno_t sleep_only(struct wasi_host *self, uint64_t ns)
{
    subscribe_clock(self, &self->subscriptions[0],
                    ns < ONE_BY_ONE_EVERY_NS ? ns : ONE_BY_ONE_EVERY_NS);
    return poll_subscribed(self, 1);
}

/* `ns` UINT64_MAX: without a limit. An engine that takes each descriptor but not all together is
   asked every ten milliseconds. */
static rouse_status poll_all(struct wasi_host *self, uint64_t ns)
{
    struct rouse_fd_wait wait;
    __wasi_size_t count = 0;
    if (!self->one_by_one) {
        for (uint32_t at = 0; rouse_host_next_wait(self->host.runtime, &at, &wait);)
            subscribe(&self->subscriptions[count++], &wait);
        if (ns != UINT64_MAX)
            subscribe_clock(self, &self->subscriptions[count++], ns);
        __wasi_errno_t error = poll_subscribed(self, count);
        if (error == __WASI_ERRNO_SUCCESS || error == __WASI_ERRNO_INTR)
            return ROUSE_OK;
    }
    if (poll_one_by_one(self) || ns == 0)
        return ROUSE_OK;
    self->one_by_one = true; /* no descriptor was at fault */
    return sleep_only(self, ns) == __WASI_ERRNO_SUCCESS ? ROUSE_OK : ROUSE_ERR_NOT_SUPPORTED;
}

/* How long to wait while other tasks are ready: 0. But one engine reports a clock of 0 before it
   looks at the descriptors, so a millisecond now and then. */
static uint64_t short_wait(struct wasi_host *self, uint64_t now)
{
    uint32_t now_ms = (uint32_t)(now / MILLISECOND); /* it may wrap */
    if (now_ms - self->looked_ms < SHORT_WAIT_EVERY_MS)
        return 0;
    self->looked_ms = now_ms;
    return SHORT_WAIT_NS;
}

static rouse_status wait_for_all(struct rouse_host *host, bool remote)
{
    struct wasi_host *self = wasi_host_of(host);
    if (rouse_host_waits(host->runtime) == 0)
        return rouse_i_wasi_wait(host, remote);
    if (self->deadline_ns == ROUSE_NEVER)
        return poll_all(self, UINT64_MAX);
    uint64_t now = rouse_i_wasi_now(host);
    if (self->deadline_ns <= now)
        return poll_all(self, short_wait(self, now));
    size_t before = rouse_host_waits(host->runtime);
    rouse_status status = poll_all(self, rouse_i_wasi_time_left(self, now));
    if (rouse_host_waits(host->runtime) == before && !self->one_by_one)
        rouse_i_wasi_check_sleep(self);
    return status;
}

static void look_now(struct rouse_host *host)
{
    struct wasi_host *self = wasi_host_of(host);
    (void)!poll_all(self, short_wait(self, rouse_i_wasi_now(host)));
}

void rouse_host_use_fds(struct rouse_host *host)
{
    static const struct rouse_host_calls calls = {.wake = rouse_i_wasi_wake,
                                                  .now = rouse_i_wasi_now,
                                                  .wake_at = rouse_i_wasi_wake_at,
                                                  .wait = wait_for_all,
                                                  .reserve = reserve,
                                                  .look = look_now,
                                                  .close = close_all};
    host->calls = &calls;
}
