/* host.h: what a platform gives a runtime. Three calls are enough for a host with a loop of its own
   (a page, a game). A host that the runtime waits in (epoll, poll_oneoff) adds `wait`.
   docs/hosts.md builds one. */
#ifndef ROUSE_HOST_H
#define ROUSE_HOST_H

#include "status.h"

#ifdef __cplusplus
extern "C" {
#endif

#define ROUSE_NEVER UINT64_MAX /* a deadline that never comes */

struct rouse_host;
struct rouse_runtime;

struct rouse_host_calls {
    /* Call rouse_turn(host->runtime) soon. The runtime asks once per burst of wakes, never while a
       task runs; if more is ready at the end of a turn, it asks from inside rouse_turn. */
    void (*wake)(struct rouse_host *host);
    /* Monotonic nanoseconds. The clock may step back. */
    uint64_t (*now)(struct rouse_host *host);
    /* The earliest deadline, or ROUSE_NEVER; it replaces the last one. Round up, never down. */
    void (*wake_at)(struct rouse_host *host, uint64_t deadline_ns);

    /* The rest may be NULL. */

    /* Sleep until the deadline of wake_at, an event or an interrupt. Return ROUSE_ERR_DEADLOCK at
       once if there is no deadline, you expect no event, and `remote` is false. */
    rouse_status (*wait)(struct rouse_host *host, bool remote);
    /* Return true if others wait for the thread: the turn stops soon, the next one goes on. */
    bool (*slice_over)(struct rouse_host *host);
    /* End a `wait` early. Any thread and signal handler may call it. */
    void (*interrupt)(struct rouse_host *host);
    /* Descriptors, see below. Without `reserve` no future can wait for one. It prepares for `count`
       descriptors at once, or returns NO_MEMORY; it never shrinks. `look` reports what is ready and
       never sleeps: the runtime calls it now and then while tasks keep it busy. */
    rouse_status (*reserve)(struct rouse_host *host, size_t count);
    void (*look)(struct rouse_host *host);
    /* A wait for `fd` begins. Set this if your host is told of events; a host that asks about every
       wait each time does not need it. Return OK to wait, EMPTY if the descriptor is always ready,
       or why it cannot be waited for. `*watched` is 0 at first, then what you left there when the
       owner of the descriptor waited the last time. */
    rouse_status (*watch)(struct rouse_host *host, int fd, bool writing, int *watched);
    rouse_status (*open)(struct rouse_host *host);
    void (*close)(struct rouse_host *host);
};

/* One per runtime. A host with its own state has this as its first member. */
struct rouse_host {
    const struct rouse_host_calls *calls;
    struct rouse_runtime *runtime; /* set by rouse_runtime_init */
};

/* ---- Descriptors that futures wait for ----------------------------------------------------- */

/* The id names one wait and no other. If the future was dropped, its id is unknown and nothing
   happens. */
struct rouse_fd_wait {
    uint64_t id;
    int fd;
    bool writing; /* true: waits to write; false: to read, or for the end */
};
/* For `wait` and `look`: the number of waits, and each of them. Start with `*at` = 0. */
size_t rouse_host_waits(const struct rouse_runtime *rt);
bool rouse_host_next_wait(const struct rouse_runtime *rt, uint32_t *at, struct rouse_fd_wait *wait);
/* Ends a wait with OK, or with why the host cannot wait for it. Call it from `wait`, from `look`,
   or from your own event loop. The next turn wakes the future, so the list does not change under
   you. */
void rouse_host_fd_ready(struct rouse_runtime *rt, uint64_t id, rouse_status status);
/* The same for all waits for `fd` in these directions, without a walk. Returns the directions that
   had a wait. */
enum { ROUSE_FD_READ = 1, ROUSE_FD_WRITE = 2 };
unsigned rouse_host_fd_event(struct rouse_runtime *rt, int fd, unsigned directions,
                             rouse_status status);

/* ---- Linked with each host ----------------------------------------------------------------- */

enum { ROUSE_HOST_WORDS = 8 };
/* Makes the platform's host in `memory`, if rouse_options has none. */
struct rouse_host *rouse_host_default(uint64_t memory[ROUSE_HOST_WORDS]);
/* Gives that host `reserve` and `look`, if the platform has them. Called at the first wait for a
   descriptor; other programs do not link it. */
void rouse_host_use_fds(struct rouse_host *host);
/* Prints text for a person, to stderr or the console. */
void rouse_host_log(const char *text, size_t length);
/* Makes Ctrl-C, or what the platform has instead, call rouse_interrupt(rt). May do nothing. */
void rouse_host_on_interrupt(struct rouse_runtime *rt);
/* The platform's allocator. Like realloc; size 0 frees and returns NULL. */
void *rouse_host_allocate(void *data, void *block, size_t old_size, size_t new_size);

#ifdef __cplusplus
}
#endif
#endif
