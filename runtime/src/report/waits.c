/* waits.c: what each type of future waits for, in one table. The table names the types weakly: so a
   report links no primitive that the program does without. A new primitive gets a row here. */
#include "waits.h"
#include "../sync/acquire.h"
#include "../combine/children.h"
#include "../core/slab.h"
#include <rouse/buffered.h>
#include <rouse/channel.h>
#include <rouse/limit.h>
#include <rouse/scope.h>

#pragma weak rouse_i_slab_next
#pragma weak rouse_i_is_promise

/* ---- The table ----------------------------------------------------------------------------- */

/* X(type, struct, kind, member, second, what). `second` is an offset: for COUNT into the object,
   else into the future. The kinds are explained in waits.h. */
#define WAITS(X)                                                                                \
    X(sleep, sleep, TIME, deadline_ns, 0, "")                                                   \
    X(sleep_until, sleep, TIME, deadline_ns, 0, "")                                             \
    X(timeout, timeout, EITHER, child, offsetof(struct rouse_timeout, sleep),                   \
      "its child or the time limit")                                                            \
    X(interval, interval, INSIDE, sleep, 0, "the next tick")                                    \
    X(interval_tick, interval_tick, POINTED, interval, 0, "the next tick")                      \
    X(task_join, task_join, TASK, task, 0, "")                                                  \
    X(remote_wait, remote_wait, OBJECT, remote, 0, "a wake of the remote")                      \
    X(pending, pending, TEXT, future, 0, "nothing: it never ends")                              \
    X(yield, yield, TEXT, future, 0, "its next turn")                                           \
    X(poll_fn, poll_fn, TEXT, future, 0, "something that only its function knows")              \
    X(mutex_lock, mutex_lock, LOCK, mutex, 0, "a mutex")                                        \
    X(rwlock_read, rwlock_read, LOCK, lock, 0, "a rwlock to read")                              \
    X(rwlock_write, rwlock_write, LOCK, lock, 0, "a rwlock to write")                           \
    X(semaphore_acquire, semaphore_acquire, LOCK, semaphore, 0, "a semaphore")                  \
    X(notify_wait, notify_wait, OBJECT, notify, 0, "a notify")                                  \
    X(event_wait, event_wait, OBJECT, event, 0, "an event")                                     \
    X(once_get_or_init, once_get_or_init, OBJECT, once, 0, "a once")                            \
    X(barrier_wait, barrier_wait, COUNT, barrier, offsetof(struct rouse_barrier, arrived),      \
      "arrived at the barrier")                                                                 \
    X(wait_group_wait, wait_group_wait, COUNT, group, offsetof(struct rouse_wait_group, count), \
      "left in the wait group")                                                                 \
    X(tracker_wait, tracker_wait, COUNT, tracker, offsetof(struct rouse_tracker, count),        \
      "left in the tracker")                                                                    \
    X(set_next, set_next, COUNT, set, offsetof(struct rouse_set, count), "pending in the set")  \
    X(send, send, ROOM, channel, 0, "")                                                         \
    X(reserve, reserve, ROOM, channel, 0, "")                                                   \
    X(recv, recv, ITEM, channel, 0, "")                                                         \
    X(recv_many, recv_many, ITEM, channel, 0, "")                                               \
    X(oneshot_recv, oneshot_recv, OBJECT, oneshot, 0, "the item of a oneshot")                  \
    X(oneshot_closed, oneshot_closed, OBJECT, oneshot, 0, "the end of a oneshot")               \
    X(watch_changed, watch_changed, OBJECT, receiver, 0, "a change for the receiver")           \
    X(watch_wait_for, watch_wait_for, OBJECT, receiver, 0, "a value for the receiver")          \
    X(broadcast_recv, broadcast_recv, OBJECT, receiver, 0, "an item for the receiver")          \
    X(scope_join, scope_join, SCOPE, wait.scope, 0, "")                                         \
    X(scope_room, scope_room, SCOPE, wait.scope, 0, "")                                         \
    X(token_wait, token_wait, OBJECT, token, 0, "the cancel of a token")                        \
    X(with_token, with_token, EITHER, child, offsetof(struct rouse_with_token, wait),           \
      "its child or the cancel of its token")                                                   \
    X(shared_wait, shared_wait, OBJECT, shared, 0, "a shared future")                           \
    X(pool_acquire, pool_acquire, OBJECT, pool, 0, "an item of a pool")                         \
    X(read, read, OBJECT, reader, 0, "bytes from a reader")                                     \
    X(write, write, OBJECT, writer, 0, "room in a writer")                                      \
    X(join, join, ALL, children, 0, "all")                                                      \
    X(try_join, try_join, ALL, children, 0, "all")                                              \
    X(settle, settle, ALL, children, 0, "all")                                                  \
    X(race, race, ANY, children, 0, "the first")                                                \
    X(any, any, ANY, children, 0, "the first success")                                          \
    X(select, select, ANY, children, 0, "the first")

#define DECLARE(name, T, kind, member, second, what) \
    extern const struct rouse_type rouse_##name##_type __attribute__((weak));
WAITS(DECLARE)

#define ROW(name, T, kind, member, second, what)                                              \
    {&rouse_##name##_type, ROUSE_I_WAIT_##kind, (uint16_t)offsetof(struct rouse_##T, member), \
     (uint16_t)(second), what},

static const struct rouse_i_wait waits[] = {WAITS(ROW)};
/* Each ROUSE_IMPORT is a type of its own. */
static const struct rouse_i_wait promise = {.kind = ROUSE_I_WAIT_TEXT,
                                            .what = "a JavaScript promise"};

const struct rouse_i_wait *rouse_i_wait_of(const struct rouse_future *leaf)
{
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++)
        if (waits[i].type == leaf->type)
            return &waits[i];
    return rouse_i_is_promise && rouse_i_is_promise(leaf) ? &promise : NULL;
}

/* ---- Children ------------------------------------------------------------------------------ */

size_t rouse_i_wait_children(const struct rouse_i_wait *wait, const struct rouse_future *leaf)
{
    const struct rouse_i_children *list = rouse_i_wait_member(wait, leaf);
    switch (wait->kind) {
    case ROUSE_I_WAIT_ALL:
    case ROUSE_I_WAIT_ANY:
        return list->count;
    case ROUSE_I_WAIT_EITHER:
        return 2;
    case ROUSE_I_WAIT_INSIDE:
    case ROUSE_I_WAIT_POINTED:
        return 1;
    default:
        return 0;
    }
}

const struct rouse_future *rouse_i_wait_child(const struct rouse_i_wait *wait,
                                              const struct rouse_future *leaf, size_t index)
{
    const void *member = rouse_i_wait_member(wait, leaf);
    if (wait->kind == ROUSE_I_WAIT_ALL || wait->kind == ROUSE_I_WAIT_ANY)
        return rouse_i_children_list(member)[index];
    if (index == 1)
        return (const struct rouse_future *)(const void *)((const char *)leaf + wait->second);
    return wait->kind == ROUSE_I_WAIT_INSIDE ? member : rouse_i_wait_object(wait, leaf);
}

/* ---- The holder of a lock ------------------------------------------------------------------ */

#if ROUSE_KNOWS
/* Searches all tasks, because the task that took a lock may have ended without unlocking it. */
static bool is_alive(struct rouse_runtime *rt, const struct rouse_i_holder *holder)
{
    struct rouse_i_node *node = rouse_i_slab_next ? rt->slab.chunks.next : &rt->slab.chunks;
    uintptr_t task = (uintptr_t)holder->task;
    bool found = false;
    for (; node != &rt->slab.chunks && !found; node = node->next) {
        const struct rouse_i_chunk *chunk = ROUSE_I_CONTAINER(node, struct rouse_i_chunk, node);
        found = task - (uintptr_t)chunk < chunk->size;
    }
    for (node = rt->placed.next; node != &rt->placed && !found; node = node->next)
        found = &ROUSE_I_CONTAINER(node, struct rouse_i_placed, node)->task == holder->task;
    return found && holder->task->birth.id == holder->id && holder->task->state &&
           !(holder->task->state & TASK_DONE);
}

const struct rouse_task *rouse_i_holder(struct rouse_runtime *rt,
                                        const struct rouse_semaphore *semaphore)
{
    return semaphore->holder.task && is_alive(rt, &semaphore->holder) ? semaphore->holder.task
                                                                      : NULL;
}

static void add_holder(struct rouse_i_text *text, struct rouse_runtime *rt,
                       const struct rouse_semaphore *semaphore)
{
    const struct rouse_i_holder *holder = &semaphore->holder;
    if (!holder->task || rouse_i_permits_taken(semaphore) == 0)
        return;
    rouse_i_text_string(text, ", held by ");
    if (is_alive(rt, holder))
        rouse_i_text_task(text, holder->task);
    else
        rouse_i_text_add(text, "a task that has ended (#%u)", (unsigned)holder->id);
    rouse_i_text_add(text, " since %s", holder->type->name);
    rouse_i_text_place(text, holder->type, holder->line);
}
#else
const struct rouse_task *rouse_i_holder(struct rouse_runtime *rt,
                                        const struct rouse_semaphore *semaphore)
{
    (void)rt, (void)semaphore;
    return NULL;
}
#define add_holder(text, rt, semaphore) ((void)0)
#endif

/* ---- As text ------------------------------------------------------------------------------- */

void rouse_i_text_ms(struct rouse_i_text *text, uint64_t ns)
{
    rouse_i_text_add(text, "%ju.%03u ms", (uintmax_t)(ns / ROUSE_MS),
                     (unsigned)(ns / ROUSE_US % 1000));
}

void rouse_i_text_place(struct rouse_i_text *text, const struct rouse_type *type, uint32_t at)
{
    rouse_i_text_add(text, " (%s", type->file ? type->file : "?");
    if (at > ROUSE_AT_POLLED && at < ROUSE_AT_UNSTARTED)
        rouse_i_text_add(text, ":%u", (unsigned)at);
    rouse_i_text_char(text, ')');
}

void rouse_i_text_task(struct rouse_i_text *text, const struct rouse_task *task)
{
    rouse_i_text_add(text, "task %s", rouse_task_name(task));
#if ROUSE_KNOWS
    if (task)
        rouse_i_text_add(text, " (#%u)", (unsigned)task->birth.id);
#endif
}

static void add_channel(struct rouse_i_text *text, const char *what,
                        const struct rouse_channel *channel)
{
    rouse_i_text_add(text, "%s a channel at %p, %u of %u items", what, (const void *)channel,
                     (unsigned)channel->count, (unsigned)channel->capacity);
}

static void add_time(struct rouse_i_text *text, struct rouse_runtime *rt, uint64_t deadline_ns)
{
    uint64_t now = rouse_now(rt);
    if (deadline_ns >= UINT64_MAX - 1) /* saturated */ {
        rouse_i_text_string(text, "a time that never comes");
        return;
    }
    rouse_i_text_string(text, "time, due in ");
    rouse_i_text_ms(text, deadline_ns > now ? deadline_ns - now : 0);
}

void rouse_i_text_wait_name(struct rouse_i_text *text, struct rouse_runtime *rt,
                            const struct rouse_i_wait *wait, const struct rouse_future *leaf)
{
    const void *member = rouse_i_wait_member(wait, leaf);
    const void *object = wait->member ? rouse_i_wait_object(wait, leaf) : NULL;
    switch (wait->kind) {
    case ROUSE_I_WAIT_TIME:
        add_time(text, rt, *(const uint64_t *)member);
        return;
    case ROUSE_I_WAIT_TASK:
        rouse_i_text_task(text, object);
        return;
    case ROUSE_I_WAIT_ROOM:
        add_channel(text, "room in", object);
        return;
    case ROUSE_I_WAIT_ITEM:
        add_channel(text, "an item of", object);
        return;
    case ROUSE_I_WAIT_SCOPE:
        rouse_i_text_add(text, "its scope, %zu children left",
                         rouse_scope_count((const struct rouse_scope *)object));
        return;
    case ROUSE_I_WAIT_COUNT:
        rouse_i_text_add(text, "others, %zu %s at %p",
                         *(const size_t *)(const void *)((const char *)object + wait->second),
                         wait->what, object);
        return;
    default:
        rouse_i_text_string(text, wait->what);
    }
    if (wait->kind == ROUSE_I_WAIT_OBJECT || wait->kind == ROUSE_I_WAIT_LOCK)
        rouse_i_text_add(text, " at %p", object);
    if (wait->kind == ROUSE_I_WAIT_LOCK)
        add_holder(text, rt, object);
}

/* ---- A wait and its children --------------------------------------------------------------- */

enum { MAX_SHOWN = 8, MAX_DEPTH = 4 };

static void add_wait(struct rouse_i_text *text, struct rouse_runtime *rt,
                     const struct rouse_future *leaf, unsigned depth);

/* "[0] job (main.c:14) > rouse_recv (runtime/src/channel/recv.c): an item of ..." */
static void add_child(struct rouse_i_text *text, struct rouse_runtime *rt,
                      const struct rouse_future *child, size_t index, unsigned depth)
{
    rouse_i_text_char(text, '\n');
    for (unsigned i = 0; i < 2 * depth + 4; i++)
        rouse_i_text_char(text, ' ');
    rouse_i_text_add(text, "[%zu] ", index);
    if (!rouse_i_is_pending(child)) {
        bool done = child && child->at == ROUSE_AT_DONE;
        rouse_i_text_string(text, done ? "done" : child ? "not polled yet" : "none");
        return;
    }
    for (const struct rouse_future *f = child; f; f = rouse_i_awaiting(f)) {
        rouse_i_text_add(text, f == child ? "%s" : " > %s", f->type->name);
        rouse_i_text_place(text, f->type, f->at);
    }
    rouse_i_text_string(text, ": ");
    add_wait(text, rt, rouse_i_leaf(child), depth);
}

static void add_wait(struct rouse_i_text *text, struct rouse_runtime *rt,
                     const struct rouse_future *leaf, unsigned depth)
{
    const struct rouse_i_wait *wait = rouse_i_wait_of(leaf);
    if (!wait) {
        rouse_i_text_string(text, "something unknown to this report");
        return;
    }
    rouse_i_text_wait_name(text, rt, wait, leaf);
    size_t count = rouse_i_wait_children(wait, leaf);
    if (count == 0 || depth == MAX_DEPTH)
        return;
    if (wait->kind == ROUSE_I_WAIT_ALL || wait->kind == ROUSE_I_WAIT_ANY)
        rouse_i_text_add(text, " of %zu", count);
    for (size_t i = 0; i < count && i < MAX_SHOWN; i++)
        add_child(text, rt, rouse_i_wait_child(wait, leaf, i), i, depth + 1);
    if (count > MAX_SHOWN)
        rouse_i_text_add(text, "\n    ... and %zu more", count - MAX_SHOWN);
}

void rouse_i_text_wait(struct rouse_i_text *text, struct rouse_runtime *rt,
                       const struct rouse_future *leaf)
{
    if (!rouse_i_wait_of(leaf) || leaf->at == ROUSE_AT_START || leaf->at == ROUSE_AT_DONE)
        return;
    rouse_i_text_string(text, "\n    waits for ");
    add_wait(text, rt, leaf, 0);
}

/* ---- A task --------------------------------------------------------------------------------- */

#if ROUSE_KNOWS
static void add_birth(struct rouse_i_text *text, struct rouse_runtime *rt,
                      const struct rouse_task *task)
{
    const struct rouse_i_birth *birth = &task->birth;
    rouse_i_text_add(text, "; #%u, ", (unsigned)birth->id);
    rouse_i_text_ms(text, rouse_now(rt) - birth->born_ns);
    rouse_i_text_add(text, " old, %u polls", (unsigned)birth->polls);
    if (birth->site)
        rouse_i_text_add(text, ", spawned at %s", birth->site);
    if (birth->parent)
        rouse_i_text_add(text, " by #%u", (unsigned)birth->parent->birth.id);
}

#else
#define add_birth(text, rt, task) ((void)0)
#endif

void rouse_i_text_task_detail(struct rouse_i_text *text, struct rouse_runtime *rt,
                              const struct rouse_task *task)
{
    const struct rouse_future *frame = rouse_i_task_frame(task);
    rouse_i_text_add(text, " %u bytes", (unsigned)task->size);
    add_birth(text, rt, task);
    rouse_i_text_chain(text, "in", frame);
    rouse_i_text_wait(text, rt, frame);
}
