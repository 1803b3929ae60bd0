/* sync.h: tasks wait for each other. Waiters are nodes in their own frames: nothing is allocated.
   Waiters are served in the order in which they came. A waiter that is dropped leaves the line; if
   it had its turn already, the next one gets it. Nothing here needs a drop once nobody waits. */
#ifndef ROUSE_SYNC_H
#define ROUSE_SYNC_H

#include "time.h"
#include "private/waiter.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Notify -------------------------------------------------------------------------------- */

/* Wakes waiters. A notify_one without a waiter is kept for the next one; only one is kept. */
struct rouse_notify {
    /* private */
    struct rouse_i_node waiters;
    bool kept;
};
struct rouse_notify_wait {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_notify *notify;
};
void rouse_notify_init(struct rouse_notify *notify);
ROUSE_LAZY struct rouse_notify_wait rouse_notify_wait(struct rouse_notify *notify);
void rouse_notify_one(struct rouse_notify *notify);
void rouse_notify_last(struct rouse_notify *notify); /* the same for the waiter that came last */
void rouse_notify_all(struct rouse_notify *notify);  /* wakes all who wait now; keeps nothing */

/* ---- Event --------------------------------------------------------------------------------- */

/* Set or not. Setting it wakes all waiters; they go on even if it is reset before their poll. */
struct rouse_event {
    /* private */
    struct rouse_i_node waiters;
    bool set;
};
struct rouse_event_wait {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_event *event;
};
void rouse_event_init(struct rouse_event *event);
void rouse_event_set(struct rouse_event *event);
void rouse_event_reset(struct rouse_event *event);
bool rouse_event_is_set(const struct rouse_event *event);
ROUSE_LAZY struct rouse_event_wait rouse_event_wait(struct rouse_event *event);

/* ---- Semaphore ----------------------------------------------------------------------------- */

/* A number of permits. Releasing more than were taken traps. A semaphore that starts with none has
   as many as you release to it. */
struct rouse_semaphore {
    /* private */
    struct rouse_i_node waiters;
    uint32_t permits; /* free ones: fewer than the first waiter wants */
    uint32_t handed;  /* given to waiters that were not polled yet */
    uint32_t limit;   /* permits in all */
    bool closed;
#if ROUSE_KNOWS
    struct rouse_i_holder holder; /* of all that is taken */
#endif
};
struct rouse_semaphore_acquire {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_semaphore *semaphore;
};
#define ROUSE_SEMAPHORE_MAX ((size_t)(UINT32_MAX >> 1)) /* permits a semaphore can have */

void rouse_semaphore_init(struct rouse_semaphore *semaphore, size_t permits);
/* Takes all n permits at once. CLOSED once closed; INVALID for more than ROUSE_SEMAPHORE_MAX. */
ROUSE_LAZY struct rouse_semaphore_acquire rouse_semaphore_acquire(struct rouse_semaphore *semaphore,
                                                                  size_t n);
/* Takes them now or returns false; always false while somebody waits. */
bool rouse_semaphore_try_acquire(struct rouse_semaphore *semaphore, size_t n);
void rouse_semaphore_release(struct rouse_semaphore *semaphore, size_t n);
void rouse_semaphore_add(struct rouse_semaphore *semaphore, size_t n); /* makes new permits */
/* Removes up to `n` free permits for good; returns how many it found. */
size_t rouse_semaphore_forget(struct rouse_semaphore *semaphore, size_t n);
/* All waiters get CLOSED, now and later. You can still release permits. */
void rouse_semaphore_close(struct rouse_semaphore *semaphore);
bool rouse_semaphore_is_closed(const struct rouse_semaphore *semaphore);
size_t rouse_semaphore_available(const struct rouse_semaphore *semaphore);

/* ---- Mutex --------------------------------------------------------------------------------- */

/* Held by one task at a time; unlocking hands it to the first waiter. Unlocking traps if it is not
   locked, and in checked builds also if another task locked it. */
struct rouse_mutex {
    /* private */
    struct rouse_semaphore semaphore;
};
struct rouse_mutex_lock {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_mutex *mutex;
};
void rouse_mutex_init(struct rouse_mutex *mutex);
ROUSE_LAZY struct rouse_mutex_lock rouse_mutex_lock(struct rouse_mutex *mutex);
bool rouse_mutex_try_lock(struct rouse_mutex *mutex);
void rouse_mutex_unlock(struct rouse_mutex *mutex);
bool rouse_mutex_is_locked(const struct rouse_mutex *mutex);

/* ---- Reader-writer lock -------------------------------------------------------------------- */

/* Many readers or one writer. A reader does not overtake a writer that waits, so a task that locks
   it twice for reading can wait for itself. */
struct rouse_rwlock {
    /* private: a reader takes one permit, a writer takes all */
    struct rouse_semaphore semaphore;
};
struct rouse_rwlock_read {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_rwlock *lock;
};
struct rouse_rwlock_write {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_rwlock *lock;
};
void rouse_rwlock_init(struct rouse_rwlock *lock);
ROUSE_LAZY struct rouse_rwlock_read rouse_rwlock_read(struct rouse_rwlock *lock);
ROUSE_LAZY struct rouse_rwlock_write rouse_rwlock_write(struct rouse_rwlock *lock);
bool rouse_rwlock_try_read(struct rouse_rwlock *lock);
bool rouse_rwlock_try_write(struct rouse_rwlock *lock);
void rouse_rwlock_unlock_read(struct rouse_rwlock *lock);
void rouse_rwlock_unlock_write(struct rouse_rwlock *lock);
void rouse_rwlock_downgrade(struct rouse_rwlock *lock); /* the writer becomes a reader */

/* ---- Barrier ------------------------------------------------------------------------------- */

/* Waiters go on when `parties` of them have arrived; then it starts again. 0 counts as 1. */
struct rouse_barrier {
    /* private */
    struct rouse_i_node waiters;
    size_t parties, arrived;
};
struct rouse_barrier_wait {
    struct rouse_future future;
    bool out; /* true for the leader, the one that arrived last */
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_barrier *barrier;
};
void rouse_barrier_init(struct rouse_barrier *barrier, size_t parties);
/* A party that is dropped while it waits has not arrived. */
ROUSE_LAZY struct rouse_barrier_wait rouse_barrier_wait(struct rouse_barrier *barrier);

/* ---- Wait group ---------------------------------------------------------------------------- */

/* Counts work that is under way. A wait is done when the count is 0. */
struct rouse_wait_group {
    /* private */
    struct rouse_i_node waiters;
    size_t count;
};
struct rouse_wait_group_wait {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_wait_group *group;
};
void rouse_wait_group_init(struct rouse_wait_group *group);
void rouse_wait_group_add(struct rouse_wait_group *group, size_t n);
void rouse_wait_group_done(struct rouse_wait_group *group); /* traps when there is none */
ROUSE_LAZY struct rouse_wait_group_wait rouse_wait_group_wait(struct rouse_wait_group *group);

/* ---- Once ---------------------------------------------------------------------------------- */

/* Makes sure that one initialisation runs once. You own what it initialises. */
struct rouse_once {
    /* private */
    struct rouse_i_node waiters;
    bool running, set;
};
struct rouse_once_get_or_init {
    struct rouse_future future;
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_once *once;
    struct rouse_future *init;
};
void rouse_once_init(struct rouse_once *once);
/* Waits until it is set. The first caller awaits `init`, a future in its frame; the others wait. If
   `init` fails, this caller fails, and the next one awaits its own `init`; the same when it is
   dropped. An `init` that is not needed is dropped unpolled. */
ROUSE_LAZY struct rouse_once_get_or_init rouse_once_get_or_init(struct rouse_once *once,
                                                                struct rouse_future *init);
rouse_status rouse_once_set(struct rouse_once *once); /* FULL if it is set, or an `init` runs */
bool rouse_once_is_set(const struct rouse_once *once);

#ifdef __cplusplus
}
#endif

#include "private/sync.h"
#endif
