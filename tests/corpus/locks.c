/* Every lock and signal, with tasks that are aborted at each of their awaits while others wait:
   whoever is left must come to its end, and everything must be free in the end. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

enum { LOCKERS = 3, VICTIMS = 2, PERMITS = 2 };

struct locks {
    struct rouse_mutex mutex;
    struct rouse_semaphore semaphore;
    struct rouse_rwlock rwlock;
    struct rouse_once once;
    struct rouse_wait_group group;
    int inside;
};

static void check(bool right, const char *what)
{
    if (right)
        return;
    fprintf(stderr, "locks: %s\n", what);
    abort();
}

static void locks_init(struct locks *locks)
{
    *locks = (struct locks){.inside = 0};
    rouse_mutex_init(&locks->mutex);
    rouse_semaphore_init(&locks->semaphore, PERMITS);
    rouse_rwlock_init(&locks->rwlock);
    rouse_once_init(&locks->once);
    rouse_wait_group_init(&locks->group);
}

static void locks_check(struct locks *locks)
{
    check(rouse_mutex_try_lock(&locks->mutex), "the mutex is not free");
    check(rouse_semaphore_try_acquire(&locks->semaphore, PERMITS), "permits are lost");
    check(rouse_rwlock_try_write(&locks->rwlock), "the rwlock is not free");
    check(rouse_once_is_set(&locks->once) || rouse_once_set(&locks->once) == ROUSE_OK,
          "nobody has the turn, yet it is taken");
    check(locks->inside == 0, "somebody is inside");
}

/* ---- one that uses them all ---------------------------------------------------------------------
 */

struct initialiser {
    struct rouse_future future;
};
ROUSE_ASYNC(initialiser)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    ROUSE_YIELD;
    ROUSE_END;
}

struct locker {
    struct rouse_future future;
    struct locks *locks;
    uint32_t id;
    enum { NOTHING, MUTEX, SEMAPHORE, READ, WRITE } holding;
    struct rouse_mutex_lock lock;
    struct rouse_semaphore_acquire acquire;
    struct rouse_rwlock_read read;
    struct rouse_rwlock_write write;
    struct initialiser initialiser;
    struct rouse_once_get_or_init get;
};

static void let_go(struct locker *self)
{
    struct locks *locks = self->locks;
    if (self->holding == MUTEX) {
        locks->inside--;
        rouse_mutex_unlock(&locks->mutex);
    } else if (self->holding == SEMAPHORE) {
        rouse_semaphore_release(&locks->semaphore, 1 + self->id % 2);
    } else if (self->holding == READ) {
        rouse_rwlock_unlock_read(&locks->rwlock);
    } else if (self->holding == WRITE) {
        rouse_rwlock_unlock_write(&locks->rwlock);
    }
    self->holding = NOTHING;
}

ROUSE_ASYNC(locker)
{
    struct locks *locks = self->locks;
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(&locks->mutex));
    self->holding = MUTEX;
    check(++locks->inside == 1, "two hold the mutex");
    ROUSE_YIELD;
    let_go(self);
    ROUSE_AWAIT(self->acquire, rouse_semaphore_acquire(&locks->semaphore, 1 + self->id % 2));
    self->holding = SEMAPHORE;
    ROUSE_YIELD;
    let_go(self);
    if (self->id == 1) {
        ROUSE_AWAIT(self->write, rouse_rwlock_write(&locks->rwlock));
        self->holding = WRITE;
        ROUSE_YIELD;
        rouse_rwlock_downgrade(&locks->rwlock);
    } else {
        ROUSE_AWAIT(self->read, rouse_rwlock_read(&locks->rwlock));
    }
    self->holding = READ;
    ROUSE_YIELD;
    let_go(self);
    ROUSE_PUT(self->initialiser, ROUSE_FUTURE(initialiser));
    ROUSE_AWAIT(self->get, rouse_once_get_or_init(&locks->once, &self->initialiser.future));
    ROUSE_FINALLY;
    let_go(self);
    rouse_drop(&self->initialiser.future);
    rouse_wait_group_done(&locks->group);
    ROUSE_END;
}

/* ---- one of three is aborted after `turns` yields ----------------------------------------------
 */

struct cut {
    struct rouse_future future;
    int victim, turns, turn;
    bool out; /* the victim had not ended */
    struct locks locks;
    struct rouse_task *tasks[LOCKERS];
    struct rouse_wait_group_wait all;
};
ROUSE_ASYNC(cut)
{
    ROUSE_BEGIN;
    locks_init(&self->locks);
    for (uint32_t i = 0; i < LOCKERS; i++) {
        rouse_wait_group_add(&self->locks.group, 1);
        self->tasks[i] = ROUSE_SPAWN(ROUSE_FUTURE(locker, .locks = &self->locks, .id = i));
    }
    for (self->turn = 0; self->turn < self->turns; self->turn++)
        ROUSE_YIELD;
    self->out = !rouse_task_is_finished(self->tasks[self->victim]);
    rouse_task_abort(self->tasks[self->victim]);
    ROUSE_AWAIT(self->all, rouse_wait_group_wait(&self->locks.group));
    for (int i = 0; i < LOCKERS; i++)
        if (!self->tasks[i])
            ROUSE_FAIL(ROUSE_ERR_NO_MEMORY);
    ROUSE_FINALLY;
    for (int i = 0; i < LOCKERS; i++) {
        rouse_task_abort(self->tasks[i]);
        rouse_task_detach(self->tasks[i]);
    }
    if (ROUSE_STARTED)
        locks_check(&self->locks);
    ROUSE_END;
}

/* ---- signals -----------------------------------------------------------------------------------
 */

struct signals {
    struct rouse_notify notify;
    struct rouse_event event;
    struct rouse_barrier barrier;
};

struct runner {
    struct rouse_future future;
    struct signals *signals;
    struct rouse_barrier_wait barrier;
    struct rouse_event_wait event;
    struct rouse_notify_wait notify;
};
ROUSE_ASYNC(runner)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->barrier, rouse_barrier_wait(&self->signals->barrier));
    if (self->barrier.out)
        rouse_event_set(&self->signals->event);
    ROUSE_AWAIT(self->event, rouse_event_wait(&self->signals->event));
    if (self->barrier.out)
        rouse_notify_one(&self->signals->notify);
    ROUSE_AWAIT(self->notify, rouse_notify_wait(&self->signals->notify));
    rouse_notify_last(&self->signals->notify); /* to the next */
    ROUSE_END;
}

struct relay {
    struct rouse_future future;
    struct signals signals;
    struct runner a, b, c;
    struct rouse_join all;
};
ROUSE_ASYNC(relay)
{
    ROUSE_BEGIN;
    rouse_notify_init(&self->signals.notify);
    rouse_event_init(&self->signals.event);
    rouse_barrier_init(&self->signals.barrier, 3);
    ROUSE_PUT(self->a, ROUSE_FUTURE(runner, .signals = &self->signals));
    ROUSE_PUT(self->b, ROUSE_FUTURE(runner, .signals = &self->signals));
    ROUSE_PUT(self->c, ROUSE_FUTURE(runner, .signals = &self->signals));
    ROUSE_AWAIT(self->all,
                rouse_join(ROUSE_LIST(&self->a.future, &self->b.future, &self->c.future)));
    ROUSE_END;
}

struct locks_program {
    struct rouse_future future;
    int victim, turns;
    struct cut cut;
    struct relay relay;
};
ROUSE_ASYNC(locks_program)
{
    ROUSE_BEGIN;
    for (self->victim = 0; self->victim < VICTIMS; self->victim++) {
        self->turns = 0;
        do {
            ROUSE_AWAIT(self->cut,
                        ROUSE_FUTURE(cut, .victim = self->victim, .turns = self->turns++));
        } while (self->cut.out);
    }
    printf("cut everywhere\n");
    ROUSE_AWAIT(self->relay, ROUSE_FUTURE(relay));
    printf("relayed\n");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(locks_program))

// needs: malloc
// expect: cut everywhere
// expect: relayed
