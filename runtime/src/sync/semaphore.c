/* semaphore.c: permits. A waiter gets all that it wants at once, and nobody overtakes it. */
#include "acquire.h"
#include "../core/executor.h"

void rouse_i_semaphore_begin(struct rouse_semaphore *semaphore, uint32_t permits)
{
    *semaphore = (struct rouse_semaphore){.permits = permits, .limit = permits};
    rouse_i_list_init(&semaphore->waiters);
}

void rouse_semaphore_init(struct rouse_semaphore *semaphore, size_t permits)
{
    if (permits > ROUSE_SEMAPHORE_MAX)
        rouse_i_misuse(NULL, "a semaphore of more than ROUSE_SEMAPHORE_MAX permits");
    rouse_i_semaphore_begin(semaphore, (uint32_t)permits);
    if (permits == 0)
        semaphore->limit = ROUSE_SEMAPHORE_MAX;
}

void rouse_i_permits_serve(struct rouse_semaphore *semaphore, uint32_t n)
{
    struct rouse_i_node served;
    rouse_i_list_init(&served);
    semaphore->permits += n;
    while (!rouse_i_list_is_empty(&semaphore->waiters)) {
        struct rouse_i_waiter *waiter = rouse_i_first_waiter(&semaphore->waiters);
        if (waiter->wants > semaphore->permits)
            break;
        semaphore->permits -= waiter->wants;
        semaphore->handed += waiter->wants;
        waiter->state = ROUSE_I_SERVED;
        rouse_i_node_unlink(&waiter->node);
        rouse_i_list_append(&served, &waiter->node);
    }
    rouse_i_wake_all(&served, ROUSE_I_SERVED);
}

#if ROUSE_KNOWS
/* The holder is known only when a task polls with its own waker: a future that several tasks poll
   has another. The waiter lies right behind the header of its future. */
void rouse_i_note_holder(struct rouse_semaphore *semaphore, const struct rouse_i_waiter *waiter,
                         const struct rouse_context *cx)
{
    const struct rouse_future *f = (const struct rouse_future *)(const void *)waiter - 1;
    const struct rouse_task *task = cx->waker.data;
    semaphore->holder.task = NULL;
    if (cx->waker.table != &rouse_i_task_borrowed ||
        rouse_i_permits_taken(semaphore) != waiter->wants)
        return;
    if (f->parent)
        f = f->parent;
    semaphore->holder = (struct rouse_i_holder){task, f->type, task->birth.id, f->at};
}
#endif

struct rouse_polled rouse_i_acquire_wait(struct rouse_semaphore *semaphore,
                                         struct rouse_i_waiter *waiter, struct rouse_context *cx)
{
    if (waiter->state == ROUSE_I_SERVED) {
        semaphore->handed -= waiter->wants;
        rouse_i_note_holder(semaphore, waiter, cx);
        return rouse_i_waiter_done(waiter, ROUSE_OK);
    }
    if (semaphore->closed)
        return rouse_i_waiter_done(waiter, ROUSE_ERR_CLOSED);
    if (waiter->wants > ROUSE_SEMAPHORE_MAX)
        return ROUSE_READY(ROUSE_ERR_INVALID);
    return rouse_i_waiter_wait(&semaphore->waiters, waiter, cx);
}

/* A waiter without a turn may have held back others that want less, so the line is served even
   when no permit comes back. */
void rouse_i_acquire_drop(struct rouse_semaphore *semaphore, struct rouse_i_waiter *waiter)
{
    uint32_t n = 0;
    rouse_i_waiter_leave(waiter);
    if (waiter->state == ROUSE_I_SERVED) {
        n = waiter->wants;
        semaphore->handed -= n;
    }
    if (waiter->state != ROUSE_I_RELEASED)
        rouse_i_permits_free(semaphore, n);
}

void rouse_i_semaphore_release(struct rouse_semaphore *semaphore, size_t n, const char *place)
{
    if (n > rouse_i_permits_taken(semaphore))
        rouse_i_misuse(place, "released more permits of a semaphore than were taken");
    ROUSE_EVENT_ON(LOCK_RELEASE, semaphore, "semaphore");
    rouse_i_permits_free(semaphore, (uint32_t)n);
}

void(rouse_semaphore_release)(struct rouse_semaphore *semaphore, size_t n)
{
    rouse_i_semaphore_release(semaphore, n, NULL);
}

/* A semaphore that began without permits has no limit to raise. */
void rouse_semaphore_add(struct rouse_semaphore *semaphore, size_t n)
{
    size_t room = ROUSE_SEMAPHORE_MAX - semaphore->limit;
    if (room == 0)
        room = rouse_i_permits_taken(semaphore);
    else
        semaphore->limit += n < room ? (uint32_t)n : (uint32_t)room;
    if (n > room)
        rouse_i_misuse(NULL, "a semaphore of more than ROUSE_SEMAPHORE_MAX permits");
    rouse_i_permits_free(semaphore, (uint32_t)n);
}

size_t rouse_semaphore_forget(struct rouse_semaphore *semaphore, size_t n)
{
    uint32_t found = n < semaphore->permits ? (uint32_t)n : semaphore->permits;
    semaphore->permits -= found;
    if (semaphore->limit < ROUSE_SEMAPHORE_MAX) /* one that began with none still has no limit */
        semaphore->limit -= found;
    return found;
}

bool rouse_semaphore_try_acquire(struct rouse_semaphore *semaphore, size_t n)
{
    return n <= ROUSE_SEMAPHORE_MAX && rouse_i_lock_try(semaphore, (uint32_t)n, "semaphore");
}

void rouse_semaphore_close(struct rouse_semaphore *semaphore)
{
    semaphore->closed = true;
    rouse_i_wake_all(&semaphore->waiters, ROUSE_I_RELEASED);
}

bool rouse_semaphore_is_closed(const struct rouse_semaphore *semaphore)
{
    return semaphore->closed;
}

size_t rouse_semaphore_available(const struct rouse_semaphore *semaphore)
{
    return semaphore->permits;
}

static struct rouse_polled semaphore_acquire_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_semaphore_acquire *self = (struct rouse_semaphore_acquire *)(void *)f;
    return rouse_i_lock_poll(self->semaphore, &self->waiter, cx, "semaphore");
}

static void semaphore_acquire_drop(struct rouse_future *f)
{
    struct rouse_semaphore_acquire *self = (struct rouse_semaphore_acquire *)(void *)f;
    rouse_i_acquire_drop(self->semaphore, &self->waiter);
}

const struct rouse_type rouse_semaphore_acquire_type = {
    "rouse_semaphore_acquire", __FILE__, sizeof(struct rouse_semaphore_acquire),
    semaphore_acquire_poll, semaphore_acquire_drop};

ROUSE_MAKER_FUNCTION_(rouse_semaphore_acquire,
                      rouse_semaphore_acquire)(struct rouse_semaphore *semaphore, size_t n)
{
    return rouse_semaphore_acquire(semaphore, n);
}
