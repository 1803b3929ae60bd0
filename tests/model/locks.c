/* Mutex, semaphore and reader-writer lock: permits in a line. The model is a number and a queue. */
#include "model.h"

static union {
    struct rouse_semaphore_acquire acquire;
    struct rouse_mutex_lock lock;
    struct rouse_rwlock_read read;
    struct rouse_rwlock_write write;
} futures[SLOTS];

/* ---- The model of all three --------------------------------------------------------------------
 */

static uint64_t permits, held; /* free; with those who were told so */
static uint64_t wants[SLOTS];
static bool closed;

static void serve(void)
{
    while (model.line.length > 0 && wants[model.line.who[0]] <= permits)
        permits -= wants[line_serve(&model.line)];
}

static void model_reset(uint64_t n)
{
    permits = n;
    held = 0;
    closed = false;
}

static rouse_status model_acquire(int i, uint64_t n)
{
    wants[i] = n;
    if (closed)
        return ROUSE_ERR_CLOSED;
    if (model.line.length == 0 && n <= permits) {
        permits -= n;
        held += n;
        return ROUSE_OK;
    }
    line_join(&model.line, i);
    return ROUSE_PENDING_;
}

static rouse_status model_poll(int i)
{
    if (!model.slots[i].turn)
        return ROUSE_PENDING_;
    if (wants[i] == UINT64_MAX)
        return ROUSE_ERR_CLOSED;
    held += wants[i];
    return ROUSE_OK;
}

static void model_drop(int i)
{
    if (!line_leave(&model.line, i) && wants[i] != UINT64_MAX)
        permits += wants[i];
    serve();
}

static void model_release(uint64_t n)
{
    held -= n;
    permits += n;
    serve();
}

static void poll_or_drop(void)
{
    int i = live_slot();
    if (i == NONE)
        return;
    if (below(3)) {
        rouse_status expected = model_poll(i);
        AGREE(poll_slot(i), expected);
    } else {
        bool was_closed = wants[i] == UINT64_MAX;
        drop_slot(i);
        if (!was_closed)
            model_drop(i);
    }
}

/* ---- Semaphore ---------------------------------------------------------------------------------
 */

enum { PERMITS = 7 };
static struct rouse_semaphore semaphore;

static void semaphore_reset(void)
{
    rouse_semaphore_init(&semaphore, PERMITS);
    model_reset(PERMITS);
}

static void semaphore_step(void)
{
    uint32_t n = below(PERMITS + 1);
    int i = free_slot();
    switch (below(200) ? below(4) : 4) {
    case 0:
        if (i == NONE)
            break;
        futures[i].acquire = rouse_semaphore_acquire(&semaphore, n);
        AGREE(start_slot(i, &futures[i].acquire.future), model_acquire(i, n));
        break;
    case 1:
        if (rouse_semaphore_try_acquire(&semaphore, n)) {
            AGREE(model.line.length == 0 && n <= permits && !closed, true);
            permits -= n;
            held += n;
        } else {
            AGREE(model.line.length == 0 && n <= permits && !closed, false);
        }
        break;
    case 2:
        n = n < held ? n : (uint32_t)held;
        model_release(n);
        rouse_semaphore_release(&semaphore, n);
        break;
    case 3:
        poll_or_drop();
        break;
    default:
        closed = true;
        for (int at = 0; at < model.line.length; at++)
            wants[model.line.who[at]] = UINT64_MAX;
        line_wake_all(&model.line);
        rouse_semaphore_close(&semaphore);
    }
    AGREE(rouse_semaphore_available(&semaphore), permits);
}

/* ---- Mutex -------------------------------------------------------------------------------------
 */

static struct rouse_mutex mutex;

static void mutex_reset(void)
{
    rouse_mutex_init(&mutex);
    model_reset(1);
}

static void mutex_step(void)
{
    int i = free_slot();
    switch (below(4)) {
    case 0:
        if (i == NONE)
            break;
        futures[i].lock = rouse_mutex_lock(&mutex);
        AGREE(start_slot(i, &futures[i].lock.future), model_acquire(i, 1));
        break;
    case 1: {
        bool locked = rouse_mutex_try_lock(&mutex);
        AGREE(locked, permits == 1);
        permits -= locked;
        held += locked;
        break;
    }
    case 2:
        if (held == 0)
            break;
        model_release(1);
        rouse_mutex_unlock(&mutex);
        break;
    default:
        poll_or_drop();
    }
    AGREE(rouse_mutex_is_locked(&mutex), permits == 0);
}

/* ---- Reader-writer lock ------------------------------------------------------------------------
 */

enum { READERS = 1000 };
static struct rouse_rwlock rwlock;

static void rwlock_reset(void)
{
    rouse_rwlock_init(&rwlock);
    model_reset(READERS);
}

static void rwlock_begin(int i, bool write)
{
    struct rouse_future *f = &futures[i].read.future;
    if (write)
        futures[i].write = rouse_rwlock_write(&rwlock);
    else
        futures[i].read = rouse_rwlock_read(&rwlock);
    rouse_status got = start_slot(i, f);
    AGREE(got, model_acquire(i, write ? READERS : 1));
}

static void rwlock_unlock(void)
{
    if (held == READERS && below(3) == 0) {
        model_release(READERS - 1);
        rouse_rwlock_downgrade(&rwlock);
    } else if (held == READERS) {
        model_release(READERS);
        rouse_rwlock_unlock_write(&rwlock);
    } else if (held > 0) {
        model_release(1);
        rouse_rwlock_unlock_read(&rwlock);
    }
}

static void rwlock_step(void)
{
    int i = free_slot();
    bool write = below(2);
    switch (below(5)) {
    case 0:
        if (i != NONE)
            rwlock_begin(i, write);
        break;
    case 1: {
        bool got = write ? rouse_rwlock_try_write(&rwlock) : rouse_rwlock_try_read(&rwlock);
        uint64_t n = write ? READERS : 1;
        AGREE(got, model.line.length == 0 && n <= permits);
        permits -= got ? n : 0;
        held += got ? n : 0;
        break;
    }
    case 2:
    case 3:
        rwlock_unlock();
        break;
    default:
        poll_or_drop();
    }
}

TEST(locks)
{
    history_arguments();
    model_run("semaphore", semaphore_reset, semaphore_step);
    model_run("mutex", mutex_reset, mutex_step);
    model_run("rwlock", rwlock_reset, rwlock_step);
}
