/* acquire.h: waiting for permits, for every primitive that is built on a semaphore.

   Invariants: permits + handed + taken = limit, where `handed` are the permits on their way to a
   waiter that has not polled yet. While the line is not empty, fewer permits are free than its
   first waiter wants. */
#ifndef ROUSE_ACQUIRE_H
#define ROUSE_ACQUIRE_H

#include "../trace/trace_events.h"
#include "waiters.h"

static inline bool rouse_i_permits_take(struct rouse_semaphore *semaphore, uint32_t n)
{
    if (n > semaphore->permits || semaphore->closed || !rouse_i_list_is_empty(&semaphore->waiters))
        return false;
    semaphore->permits -= n;
    return true;
}

/* Permits that are neither free nor on their way to a waiter. */
static inline uint32_t rouse_i_permits_taken(const struct rouse_semaphore *semaphore)
{
    return semaphore->limit - semaphore->permits - semaphore->handed;
}

/* For reports: remembers the task that has just taken the waiter's permits, and forgets it when all
   are given back. */
#if ROUSE_KNOWS
void rouse_i_note_holder(struct rouse_semaphore *semaphore, const struct rouse_i_waiter *waiter,
                         const struct rouse_context *cx);
static inline void rouse_i_forget_holder(struct rouse_semaphore *semaphore, uint32_t n)
{
    if (rouse_i_permits_taken(semaphore) == n)
        semaphore->holder.task = NULL;
}
#else
#define rouse_i_note_holder(semaphore, waiter, cx) ((void)0)
#define rouse_i_forget_holder(semaphore, n) ((void)0)
#endif

/* A poll that waits for `waiter->wants` permits. */
struct rouse_polled rouse_i_acquire_wait(struct rouse_semaphore *semaphore,
                                         struct rouse_i_waiter *waiter, struct rouse_context *cx);
static inline struct rouse_polled rouse_i_acquire_poll(struct rouse_semaphore *semaphore,
                                                       struct rouse_i_waiter *waiter,
                                                       struct rouse_context *cx)
{
    if (waiter->state == ROUSE_I_NEW && rouse_i_permits_take(semaphore, waiter->wants)) {
        rouse_i_note_holder(semaphore, waiter, cx);
        return ROUSE_READY(ROUSE_OK);
    }
    return rouse_i_acquire_wait(semaphore, waiter, cx);
}
void rouse_i_acquire_drop(struct rouse_semaphore *semaphore, struct rouse_i_waiter *waiter);

/* The same two for a primitive that a trace shows as a lock named `what`. */
static inline bool rouse_i_lock_try(struct rouse_semaphore *semaphore, uint32_t n, const char *what)
{
    bool taken = rouse_i_permits_take(semaphore, n);
    (void)what;
    if (taken)
        ROUSE_EVENT_ON(LOCK_TAKE, semaphore, what);
    return taken;
}
static inline struct rouse_polled rouse_i_lock_poll(struct rouse_semaphore *semaphore,
                                                    struct rouse_i_waiter *waiter,
                                                    struct rouse_context *cx, const char *what)
{
    bool first = waiter->state == ROUSE_I_NEW;
    struct rouse_polled polled = rouse_i_acquire_poll(semaphore, waiter, cx);
    (void)what;
    if (polled.status == ROUSE_OK)
        ROUSE_EVENT_ON(LOCK_TAKE, semaphore, what);
    else if (first && rouse_is_pending(polled))
        ROUSE_EVENT_ON(LOCK_WAIT, semaphore, what);
    return polled;
}

/* Its limit is `permits`, also when that is 0. */
void rouse_i_semaphore_begin(struct rouse_semaphore *semaphore, uint32_t permits);
/* Frees `n` permits and serves the line with what is free, front to back. Call it last. */
void rouse_i_permits_serve(struct rouse_semaphore *semaphore, uint32_t n);
static inline void rouse_i_permits_free(struct rouse_semaphore *semaphore, uint32_t n)
{
    rouse_i_forget_holder(semaphore, n);
    if (rouse_i_list_is_empty(&semaphore->waiters))
        semaphore->permits += n;
    else
        rouse_i_permits_serve(semaphore, n);
}

#endif
