/* why.c: why a task does not go on: which task waits for which, and where they wait in a circle.

   Invariant: what is called a deadlock is one, whatever timers and operations are under way; only
   an abort from outside can end it. So only waits count that nothing else can end: for a task, for
   a lock whose holder is known, for the children of a scope, for every child of a join. A wait for
   one of several things, for example with a timeout, leads nowhere. */
#include "waits.h"
#include "../core/wheel.h"
#include <rouse/scope.h>
#include <rouse/trace.h>

enum {
    MAX_CIRCLE = 32,     /* tasks in a circle */
    MAX_STEPS = 1 << 20, /* of one search, which may otherwise grow exponentially */
};

struct search {
    struct rouse_runtime *rt;
    uint32_t steps;
    bool single_step; /* stop at the first task that is waited for */
    size_t length;
    struct hop {
        const struct rouse_task *task;
        const struct rouse_future *leaf; /* waits for the next task of the path */
    } path[MAX_CIRCLE + 1];
};

static const struct rouse_future *root_of(const struct rouse_task *task)
{
    return (const struct rouse_future *)(const void *)(task + 1);
}

static bool visit_future(struct search *search, const struct rouse_future *f);

/* True when the path has come back to the task that it began with. */
static bool visit_task(struct search *search, const struct rouse_future *leaf,
                       const struct rouse_task *task)
{
    if (!task || task->state & TASK_DONE || search->steps == 0)
        return false;
    search->steps--;
    search->path[search->length - 1].leaf = leaf;
    search->path[search->length].task = task;
    if (task == search->path[0].task || search->single_step)
        return true;
    for (size_t i = 1; i < search->length; i++)
        if (search->path[i].task == task)
            return false; /* a circle, but the first task is not in it */
    if (search->length == MAX_CIRCLE || task->state & (TASK_QUEUED | TASK_RUNNING))
        return false;
    search->length++;
    if (visit_future(search, root_of(task)))
        return true;
    search->length--;
    return false;
}

static bool visit_scope(struct search *search, const struct rouse_future *leaf,
                        const struct rouse_scope *scope)
{
    for (struct rouse_i_node *node = scope->children.next; node != &scope->children;
         node = node->next)
        if (visit_task(search, leaf, ROUSE_I_CONTAINER(node, struct rouse_i_tail, node)->task))
            return true;
    return false;
}

static bool visit_children(struct search *search, const struct rouse_i_wait *wait,
                           const struct rouse_future *leaf)
{
    size_t count = rouse_i_wait_children(wait, leaf), pending = 0;
    for (size_t i = 0; i < count; i++)
        pending += rouse_i_is_pending(rouse_i_wait_child(wait, leaf, i));
    if (wait->kind != ROUSE_I_WAIT_ALL && pending > 1)
        return false; /* any of them may end the wait */
    for (size_t i = 0; i < count; i++) {
        const struct rouse_future *child = rouse_i_wait_child(wait, leaf, i);
        if (rouse_i_is_pending(child) && visit_future(search, child))
            return true;
    }
    return false;
}

static bool visit_future(struct search *search, const struct rouse_future *f)
{
    const struct rouse_future *leaf = rouse_i_leaf(f);
    const struct rouse_i_wait *wait = rouse_i_wait_of(leaf);
    if (!wait || !rouse_i_is_pending(leaf))
        return false;
    const void *object = wait->member ? rouse_i_wait_object(wait, leaf) : NULL;
    if (wait->kind == ROUSE_I_WAIT_TASK)
        return visit_task(search, leaf, object);
    if (wait->kind == ROUSE_I_WAIT_LOCK)
        return visit_task(search, leaf, rouse_i_holder(search->rt, object));
    if (wait->kind == ROUSE_I_WAIT_SCOPE)
        return visit_scope(search, leaf, object);
    return visit_children(search, wait, leaf);
}

static bool finds_circle(struct search *search, struct rouse_runtime *rt,
                         const struct rouse_task *task, uint32_t steps)
{
    *search = (struct search){.rt = rt, .steps = steps, .length = 1};
    search->path[0].task = task;
    return !(task->state & (TASK_QUEUED | TASK_RUNNING)) && visit_future(search, root_of(task));
}

/* ---- As text ------------------------------------------------------------------------------- */

static void add_hop(struct rouse_i_text *text, struct rouse_runtime *rt, const struct hop *hop)
{
    const struct rouse_future *leaf = hop->leaf, *frame = leaf->parent ? leaf->parent : leaf;
    rouse_i_text_task(text, hop->task);
    rouse_i_text_string(text, " waits for ");
    rouse_i_text_wait_name(text, rt, rouse_i_wait_of(leaf), leaf);
    rouse_i_text_add(text, ", in %s", frame->type->name);
    rouse_i_text_place(text, frame->type, frame->at);
#if ROUSE_KNOWS
    rouse_i_text_add(text, ", spawned at %s",
                     hop->task->birth.site ? hop->task->birth.site : "an unknown place");
#endif
    rouse_i_text_char(text, '\n');
}

static void write_circle(struct search *search, void (*sink)(void *, const char *, size_t),
                         void *sink_data)
{
    for (size_t i = 0; i < search->length; i++) {
        char buffer[600];
        struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
        rouse_i_text_string(&text, i == 0 ? "  deadlock: " : "            ");
        add_hop(&text, search->rt, &search->path[i]);
        sink(sink_data, text.start, text.length);
    }
}

/* A circle is found from each of its tasks, and written for the one with the lowest address. */
static bool is_first(const struct search *search)
{
    for (size_t i = 1; i < search->length; i++)
        if (search->path[i].task < search->path[0].task)
            return false;
    return true;
}

static void write_circles(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                          void *sink_data)
{
    struct rouse_i_chunk *chunk = NULL;
    struct rouse_task *task = NULL;
    struct search search = {.steps = MAX_STEPS};
    while ((task = rouse_i_task_next(rt, &chunk, task)))
        if (finds_circle(&search, rt, task, search.steps) && is_first(&search))
            write_circle(&search, sink, sink_data);
}

/* Writes which task this one waits for, which task that one waits for, and so on: until it is
   unknown or was written already. */
static void write_path(struct rouse_runtime *rt, const struct rouse_task *task,
                       void (*sink)(void *, const char *, size_t), void *sink_data)
{
    struct search search;
    const struct rouse_task *written[MAX_CIRCLE];
    for (size_t count = 0; count < MAX_CIRCLE; count++) {
        for (size_t i = 0; i < count; i++)
            if (written[i] == task) {
                if (finds_circle(&search, rt, task, MAX_STEPS))
                    write_circle(&search, sink, sink_data);
                return;
            }
        char buffer[600];
        struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
        search = (struct search){.rt = rt, .steps = MAX_STEPS, .single_step = true, .length = 1};
        search.path[0].task = written[count] = task;
        if (task->state & (TASK_QUEUED | TASK_RUNNING) || !visit_future(&search, root_of(task)))
            return;
        rouse_i_text_string(&text, "  ");
        add_hop(&text, rt, &search.path[0]);
        sink(sink_data, text.start, text.length);
        task = search.path[1].task;
    }
}

void rouse_why(struct rouse_runtime *rt, const struct rouse_task *task,
               void (*sink)(void *data, const char *text, size_t length), void *sink_data)
{
    char buffer[2048];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    if (!task) {
        write_circles(rt, sink, sink_data);
        return;
    }
    rouse_i_text_string(&text, "  ");
    rouse_i_text_task(&text, task);
    rouse_i_text_add(&text,
                     ", %s:", rouse_i_task_is_done(task) ? "done" : rouse_i_task_state(task));
    rouse_i_text_chain(&text, "in", rouse_i_task_frame(task));
    if (!rouse_i_task_is_done(task))
        rouse_i_text_wait(&text, rt, rouse_i_leaf(root_of(task)));
    rouse_i_text_char(&text, '\n');
    sink(sink_data, text.start, text.length);
    if (!rouse_i_task_is_done(task))
        write_path(rt, task, sink, sink_data);
}

/* ---- The public dump: links everything that it can print ------------------------------------- */

static void write_timers(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                         void *sink_data)
{
    char buffer[80];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    uint64_t next = rouse_i_wheel_next(&rt->timers), now = rouse_now(rt);
    if (next == ROUSE_NEVER)
        return;
    rouse_i_text_string(&text, "  timers: the next is due in ");
    rouse_i_text_ms(&text, next > now ? next - now : 0);
    rouse_i_text_char(&text, '\n');
    sink(sink_data, text.start, text.length);
}

void rouse_dump(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                void *sink_data)
{
    rouse_i_dump(rt, sink, sink_data);
    write_timers(rt, sink, sink_data);
    rouse_why(rt, NULL, sink, sink_data);
}
