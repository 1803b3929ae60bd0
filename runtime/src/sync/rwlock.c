/* rwlock.c: a semaphore with more permits than there can be readers. A reader takes one, a writer
   all of them; so readers and writers wait in one line. */
#include "acquire.h"

enum { ALL = (int)ROUSE_SEMAPHORE_MAX };

/* Their names in a trace. */
#define READ "read lock"
#define WRITE "write lock"

void rouse_rwlock_init(struct rouse_rwlock *lock)
{
    rouse_i_semaphore_begin(&lock->semaphore, ALL);
}

bool rouse_rwlock_try_read(struct rouse_rwlock *lock)
{
    return rouse_i_lock_try(&lock->semaphore, 1, READ);
}

bool rouse_rwlock_try_write(struct rouse_rwlock *lock)
{
    return rouse_i_lock_try(&lock->semaphore, ALL, WRITE);
}

void rouse_i_rwlock_unlock_read(struct rouse_rwlock *lock, const char *place)
{
    uint32_t taken = rouse_i_permits_taken(&lock->semaphore);
    if (taken == 0 || taken == ALL)
        rouse_i_misuse(place, "unlocked a rwlock that no reader holds");
    ROUSE_EVENT_ON(LOCK_RELEASE, &lock->semaphore, READ);
    rouse_i_permits_free(&lock->semaphore, 1);
}

static void release_write(struct rouse_rwlock *lock, uint32_t n, const char *place)
{
    if (rouse_i_permits_taken(&lock->semaphore) != ALL)
        rouse_i_misuse(place, "unlocked a rwlock that no writer holds");
    ROUSE_EVENT_ON(LOCK_RELEASE, &lock->semaphore, WRITE);
    if (n < ALL)
        ROUSE_EVENT_ON(LOCK_TAKE, &lock->semaphore, READ);
    rouse_i_permits_free(&lock->semaphore, n);
}

void rouse_i_rwlock_unlock_write(struct rouse_rwlock *lock, const char *place)
{
    release_write(lock, ALL, place);
}

void rouse_i_rwlock_downgrade(struct rouse_rwlock *lock, const char *place)
{
    release_write(lock, ALL - 1, place);
}

void(rouse_rwlock_unlock_read)(struct rouse_rwlock *lock)
{
    rouse_i_rwlock_unlock_read(lock, NULL);
}

void(rouse_rwlock_unlock_write)(struct rouse_rwlock *lock)
{
    rouse_i_rwlock_unlock_write(lock, NULL);
}

void(rouse_rwlock_downgrade)(struct rouse_rwlock *lock)
{
    rouse_i_rwlock_downgrade(lock, NULL);
}

static struct rouse_polled rwlock_read_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_rwlock_read *self = (struct rouse_rwlock_read *)(void *)f;
    self->waiter.wants = 1;
    return rouse_i_lock_poll(&self->lock->semaphore, &self->waiter, cx, READ);
}

static void rwlock_read_drop(struct rouse_future *f)
{
    struct rouse_rwlock_read *self = (struct rouse_rwlock_read *)(void *)f;
    rouse_i_acquire_drop(&self->lock->semaphore, &self->waiter);
}

const struct rouse_type rouse_rwlock_read_type = {"rouse_rwlock_read", __FILE__,
                                                  sizeof(struct rouse_rwlock_read),
                                                  rwlock_read_poll, rwlock_read_drop};

ROUSE_MAKER_FUNCTION_(rouse_rwlock_read, rouse_rwlock_read)(struct rouse_rwlock *lock)
{
    return rouse_rwlock_read(lock);
}

static struct rouse_polled rwlock_write_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_rwlock_write *self = (struct rouse_rwlock_write *)(void *)f;
    self->waiter.wants = ALL;
    return rouse_i_lock_poll(&self->lock->semaphore, &self->waiter, cx, WRITE);
}

static void rwlock_write_drop(struct rouse_future *f)
{
    struct rouse_rwlock_write *self = (struct rouse_rwlock_write *)(void *)f;
    rouse_i_acquire_drop(&self->lock->semaphore, &self->waiter);
}

const struct rouse_type rouse_rwlock_write_type = {"rouse_rwlock_write", __FILE__,
                                                   sizeof(struct rouse_rwlock_write),
                                                   rwlock_write_poll, rwlock_write_drop};

ROUSE_MAKER_FUNCTION_(rouse_rwlock_write, rouse_rwlock_write)(struct rouse_rwlock *lock)
{
    return rouse_rwlock_write(lock);
}
