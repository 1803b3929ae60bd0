/* sync.h: the macros of rouse/sync.h. */
#ifndef ROUSE_PRIVATE_SYNC_H
#define ROUSE_PRIVATE_SYNC_H

#include "../sync.h"
#include "maker.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- A trap names the line of the call ----------------------------------------------------- */

void rouse_i_semaphore_release(struct rouse_semaphore *semaphore, size_t n, const char *place);
void rouse_i_mutex_unlock(struct rouse_mutex *mutex, const char *place);
void rouse_i_rwlock_unlock_read(struct rouse_rwlock *lock, const char *place);
void rouse_i_rwlock_unlock_write(struct rouse_rwlock *lock, const char *place);
void rouse_i_rwlock_downgrade(struct rouse_rwlock *lock, const char *place);
void rouse_i_wait_group_done(struct rouse_wait_group *group, const char *place);
#define rouse_semaphore_release(semaphore, n) rouse_i_semaphore_release(semaphore, n, ROUSE_PLACE_)
#define rouse_mutex_unlock(mutex) rouse_i_mutex_unlock(mutex, ROUSE_PLACE_)
#define rouse_rwlock_unlock_read(lock) rouse_i_rwlock_unlock_read(lock, ROUSE_PLACE_)
#define rouse_rwlock_unlock_write(lock) rouse_i_rwlock_unlock_write(lock, ROUSE_PLACE_)
#define rouse_rwlock_downgrade(lock) rouse_i_rwlock_downgrade(lock, ROUSE_PLACE_)
#define rouse_wait_group_done(group) rouse_i_wait_group_done(group, ROUSE_PLACE_)

/* ---- Makers, see maker.h ------------------------------------------------------------------- */

extern const struct rouse_type rouse_notify_wait_type, rouse_event_wait_type,
    rouse_semaphore_acquire_type, rouse_mutex_lock_type, rouse_rwlock_read_type,
    rouse_rwlock_write_type;
#ifndef __cplusplus
static inline uint32_t rouse_i_permits(size_t n)
{
    return n > ROUSE_SEMAPHORE_MAX ? UINT32_MAX : (uint32_t)n;
}
ROUSE_MAKER_(rouse_notify_wait);
ROUSE_MAKER_(rouse_event_wait);
ROUSE_MAKER_(rouse_semaphore_acquire);
ROUSE_MAKER_(rouse_mutex_lock);
ROUSE_MAKER_(rouse_rwlock_read);
ROUSE_MAKER_(rouse_rwlock_write);
#define rouse_notify_wait(notify_) \
    ROUSE_MADE_(rouse_notify_wait, ROUSE_FUTURE(rouse_notify_wait, .notify = (notify_)))
#define rouse_event_wait(event_) \
    ROUSE_MADE_(rouse_event_wait, ROUSE_FUTURE(rouse_event_wait, .event = (event_)))
#define rouse_semaphore_acquire(semaphore_, n_)                                            \
    ROUSE_MADE_(rouse_semaphore_acquire,                                                   \
                ROUSE_FUTURE(rouse_semaphore_acquire, .waiter.wants = rouse_i_permits(n_), \
                             .semaphore = (semaphore_)))
#define rouse_mutex_lock(mutex_) \
    ROUSE_MADE_(rouse_mutex_lock, ROUSE_FUTURE(rouse_mutex_lock, .mutex = (mutex_)))
#define rouse_rwlock_read(lock_) \
    ROUSE_MADE_(rouse_rwlock_read, ROUSE_FUTURE(rouse_rwlock_read, .lock = (lock_)))
#define rouse_rwlock_write(lock_) \
    ROUSE_MADE_(rouse_rwlock_write, ROUSE_FUTURE(rouse_rwlock_write, .lock = (lock_)))
#endif

#ifdef __cplusplus
}
#endif
#endif
