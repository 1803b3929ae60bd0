/* sync.h: tasks wait for each other. Waiters are nodes in their own frames: nothing is allocated.
   Every line is first come, first served; a waiter that is dropped leaves it, and if it was its
   turn already, the turn goes to the next. Nothing here needs an end once nobody waits. */
#ifndef ROUSE_SYNC_H
#define ROUSE_SYNC_H

#include "time.h"
#include "private/waiter.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Notify -------------------------------------------------------------------------------- */

/* One event at a time. A notify_one with nobody waiting is kept, once. */
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
void rouse_notify_last(struct rouse_notify *notify); /* the same for who came last */
void rouse_notify_all(struct rouse_notify *notify);  /* who waits now; nothing is kept */

/* ---- Event --------------------------------------------------------------------------------- */

/* Happened or not. Whoever waited when it was set goes on, even if it is reset before that. */
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

/* A number of permits. Releasing more than were taken traps, unless it began with none: then what
   is released to it is what it has. */
struct rouse_semaphore {
    /* private */
    struct rouse_i_node waiters;
    uint32_t permits; /* free: while anyone waits, fewer than the first one wants */
    uint32_t handed;  /* given to waiters that were not polled since */
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
/* CLOSED once closed; INVALID for more than ROUSE_SEMAPHORE_MAX. All n at once, or none. */
ROUSE_LAZY struct rouse_semaphore_acquire rouse_semaphore_acquire(struct rouse_semaphore *semaphore,
                                                                  size_t n);
/* False while anybody waits: nobody jumps the line. */
bool rouse_semaphore_try_acquire(struct rouse_semaphore *semaphore, size_t n);
void rouse_semaphore_release(struct rouse_semaphore *semaphore, size_t n);
void rouse_semaphore_add(struct rouse_semaphore *semaphore, size_t n); /* permits that are new */
/* Takes up to `n` free permits out for good; how many it found. */
size_t rouse_semaphore_forget(struct rouse_semaphore *semaphore, size_t n);
/* All who wait get CLOSED, and so does everyone who comes. Permits can still be released. */
void rouse_semaphore_close(struct rouse_semaphore *semaphore);
bool rouse_semaphore_is_closed(const struct rouse_semaphore *semaphore);
size_t rouse_semaphore_available(const struct rouse_semaphore *semaphore);

/* ---- Mutex --------------------------------------------------------------------------------- */

/* Held by one task at a time; unlocking hands it to the first in line. Unlocking what is not locked
   traps; so does, in checked builds, unlocking what another task locked. */
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

/* Many readers or one writer, in one line: a reader does not overtake a writer that waits, so a
   task that reads twice can wait for itself. */
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

/* Nobody goes on until all are there; then it begins anew. 0 parties are 1. */
struct rouse_barrier {
    /* private */
    struct rouse_i_node waiters;
    size_t parties, arrived;
};
struct rouse_barrier_wait {
    struct rouse_future future;
    bool out; /* the leader: the one that came last */
    /* private */
    struct rouse_i_waiter waiter;
    struct rouse_barrier *barrier;
};
void rouse_barrier_init(struct rouse_barrier *barrier, size_t parties);
/* A party that is dropped while it waits has not arrived. */
ROUSE_LAZY struct rouse_barrier_wait rouse_barrier_wait(struct rouse_barrier *barrier);

/* ---- Wait group ---------------------------------------------------------------------------- */

/* Counts work that is under way. Waiting is done at once while nothing is. */
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
void rouse_wait_group_done(struct rouse_wait_group *group); /* more often than added traps */
ROUSE_LAZY struct rouse_wait_group_wait rouse_wait_group_wait(struct rouse_wait_group *group);

/* ---- Once ---------------------------------------------------------------------------------- */

/* What is initialised by whoever needs it first. What that is lies with you. */
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
/* Done when it is set. The first that comes awaits its `init`, a future in the caller's frame, the
   others wait. If that fails, its caller gets the failure and the next in line its turn; so too
   when it is dropped. An `init` that is not needed is dropped unpolled. */
ROUSE_LAZY struct rouse_once_get_or_init rouse_once_get_or_init(struct rouse_once *once,
                                                                struct rouse_future *init);
rouse_status rouse_once_set(struct rouse_once *once); /* FULL if it is set, or about to be */
bool rouse_once_is_set(const struct rouse_once *once);

#ifdef __cplusplus
}
#endif

#include "private/sync.h"
#endif
