/* host.h: what a platform gives a runtime. Three calls are enough for a host that calls us (a page,
   a game loop); a host that we call (epoll, poll_oneoff) adds `wait`. docs/hosts.md builds one. */
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
    /* Run me soon: call rouse_turn(host->runtime). Called once per burst of wakes, never while a
       task runs; at the end of a turn, from inside rouse_turn, if more is ready. */
    void (*wake)(struct rouse_host *host);
    /* Monotonic nanoseconds. A clock that steps back is tolerated. */
    uint64_t (*now)(struct rouse_host *host);
    /* The earliest deadline, or ROUSE_NEVER; replaces the last. Round up, never down. */
    void (*wake_at)(struct rouse_host *host, uint64_t deadline_ns);

    /* The rest may be NULL. */

    /* Sleep until the deadline of wake_at, an event or an interrupt. With neither a deadline nor an
       event of its own to come, and `remote` false, ROUSE_ERR_DEADLOCK at once. */
    rouse_status (*wait)(struct rouse_host *host, bool remote);
    /* True when others wait for the thread: the turn stops soon and goes on in the next one. */
    bool (*slice_over)(struct rouse_host *host);
    /* Ends a `wait` early; called from any thread and from signal handlers. */
    void (*interrupt)(struct rouse_host *host);
    /* Descriptors, both or neither: see below. `reserve` gets what is needed to ask for `count` of
       them at once, or NO_MEMORY; it never shrinks. `look` takes what has come, and never sleeps:
       it is called now and then while tasks keep the runtime busy. */
    rouse_status (*reserve)(struct rouse_host *host, size_t count);
    void (*look)(struct rouse_host *host);
    rouse_status (*open)(struct rouse_host *host);
    void (*close)(struct rouse_host *host);
};

/* One per runtime. A host with state of its own embeds this as its first member. */
struct rouse_host {
    const struct rouse_host_calls *calls;
    struct rouse_runtime *runtime; /* set by rouse_runtime_init */
};

/* ---- Descriptors that futures wait for ----------------------------------------------------- */

/* An id is a place and its generation, never a pointer: a future that was dropped in the meantime
   is not found any more, and nothing happens. */
struct rouse_fd_wait {
    uint64_t id;
    int fd;
    bool writing; /* until it can be written; else until it can be read, or has ended */
};
/* For `wait` and `look`: how many are waited for, and each of them. `*at` begins with 0. */
size_t rouse_host_waits(const struct rouse_runtime *rt);
bool rouse_host_next_wait(const struct rouse_runtime *rt, uint32_t *at, struct rouse_fd_wait *wait);
/* The wait is over: OK, or why it cannot be waited for. The wake comes when `wait` or `look` has
   returned, so nothing changes under them. */
void rouse_host_fd_ready(struct rouse_runtime *rt, uint64_t id, rouse_status status);

/* ---- Linked with each host ----------------------------------------------------------------- */

enum { ROUSE_HOST_WORDS = 8 };
/* Makes the platform's own host in `memory`; used when rouse_options names none. */
struct rouse_host *rouse_host_default(uint64_t memory[ROUSE_HOST_WORDS]);
/* Gives that host `reserve` and `look`, where the platform has them. Linked only with programs that
   wait for descriptors, and called at their first wait. */
void rouse_host_use_fds(struct rouse_host *host);
/* Text for a person: stderr, or the console. */
void rouse_host_log(const char *text, size_t length);
/* Makes the platform's way to stop a program (Ctrl-C) call rouse_interrupt(rt). May do nothing. */
void rouse_host_on_interrupt(struct rouse_runtime *rt);
/* The platform's allocator: like realloc; size 0 frees and returns NULL. */
void *rouse_host_allocate(void *data, void *block, size_t old_size, size_t new_size);

#ifdef __cplusplus
}
#endif
#endif
