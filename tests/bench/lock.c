/* lock.c: one operation is locking and unlocking once: alone, or by ten tasks that each yield while
   they hold the lock. The semaphore's is acquiring and releasing a permit. */
#include "crew.h"

enum { TASKS = 10 };

struct locker {
    struct rouse_future future;
    struct rouse_mutex *mutex;
    uint64_t left, *value;
    bool yields;
    struct rouse_mutex_lock lock;
};
ROUSE_ASYNC(locker)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        ROUSE_AWAIT(self->lock, rouse_mutex_lock(self->mutex));
        ++*self->value;
        if (self->yields)
            ROUSE_YIELD;
        rouse_mutex_unlock(self->mutex);
    }
    ROUSE_END;
}

static void mutex_uncontended(struct rouse_runtime *rt, uint64_t n)
{
    struct rouse_mutex mutex;
    uint64_t value = 0;
    rouse_mutex_init(&mutex);
    struct locker f = ROUSE_FUTURE(locker, .mutex = &mutex, .left = n, .value = &value);
    bench_block_on(rt, &f.future);
    bench_check(value == n, "an increment is lost");
}

static void mutex_10tasks_yield(struct rouse_runtime *rt, uint64_t n)
{
    struct rouse_mutex mutex;
    uint64_t value = 0;
    struct crew crew = ROUSE_FUTURE(crew);
    rouse_mutex_init(&mutex);
    for (int i = 0; i < TASKS; i++)
        crew_add(&crew, rouse_spawn(rt, ROUSE_FUTURE(locker, .mutex = &mutex, .left = n / TASKS,
                                                     .value = &value, .yields = true)));
    bench_block_on(rt, &crew.future);
    bench_check(value == n, "an increment is lost");
}

struct permits {
    struct rouse_future future;
    struct rouse_semaphore *semaphore;
    uint64_t left;
    struct rouse_semaphore_acquire acquire;
};
ROUSE_ASYNC(permits)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        ROUSE_AWAIT(self->acquire, rouse_semaphore_acquire(self->semaphore, 1));
        rouse_semaphore_release(self->semaphore, 1);
    }
    ROUSE_END;
}

static void semaphore_uncontended(struct rouse_runtime *rt, uint64_t n)
{
    struct rouse_semaphore semaphore;
    rouse_semaphore_init(&semaphore, 3);
    struct permits f = ROUSE_FUTURE(permits, .semaphore = &semaphore, .left = n);
    bench_block_on(rt, &f.future);
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("mutex_uncontended", 1000000, mutex_uncontended);
    bench("mutex_10tasks_yield", 500000, mutex_10tasks_yield);
    bench("semaphore_uncontended", 1000000, semaphore_uncontended);
    return EXIT_SUCCESS;
}
