/* why.c: why a task does not go on: who waits for whom, and where that is a circle.

   Only waits that nobody else can end count: for a task, for a lock that one known task has, for
   the children of a scope, for every child of a join. A wait for one of several things, with a time
   limit say, leads nowhere. So what is called a deadlock is one, whatever timers and operations are
   under way; only an abort from outside can end it. */
#include "waits.h"
#include "../core/wheel.h"
#include <rouse/scope.h>
#include <rouse/trace.h>

enum {
    LONGEST = 32,    /* tasks in a circle */
    STEPS = 1 << 20, /* of one search: where many wait for many, it gives up */
};

struct search {
    struct rouse_runtime *rt;
    uint32_t steps;
    bool one; /* only one step from the first task */
    size_t length;
    struct hop {
        const struct rouse_task *task;
        const struct rouse_future *leaf; /* that waits for the next task */
    } path[LONGEST + 1];
};

static const struct rouse_future *root_of(const struct rouse_task *task)
{
    return (const struct rouse_future *)(const void *)(task + 1);
}

static bool follow(struct search *search, const struct rouse_future *f);

/* True when the path closes at the task it began with. */
static bool step(struct search *search, const struct rouse_future *leaf,
                 const struct rouse_task *task)
{
    if (!task || task->state & TASK_DONE || search->steps == 0)
        return false;
    search->steps--;
    search->path[search->length - 1].leaf = leaf;
    search->path[search->length].task = task;
    if (task == search->path[0].task || search->one)
        return true;
    for (size_t i = 1; i < search->length; i++)
        if (search->path[i].task == task)
            return false; /* a circle, but not one that the search began in */
    if (search->length == LONGEST || task->state & (TASK_QUEUED | TASK_RUNNING))
        return false;
    search->length++;
    if (follow(search, root_of(task)))
        return true;
    search->length--;
    return false;
}

static bool step_scope(struct search *search, const struct rouse_future *leaf,
                       const struct rouse_scope *scope)
{
    for (struct rouse_i_node *node = scope->children.next; node != &scope->children;
         node = node->next)
        if (step(search, leaf, ROUSE_I_CONTAINER(node, struct rouse_i_tail, node)->task))
            return true;
    return false;
}

static bool step_children(struct search *search, const struct rouse_i_wait *wait,
                          const struct rouse_future *leaf)
{
    size_t count = rouse_i_wait_children(wait, leaf), pending = 0;
    for (size_t i = 0; i < count; i++)
        pending += rouse_i_is_pending(rouse_i_wait_child(wait, leaf, i));
    if (wait->kind != ROUSE_I_WAIT_ALL && pending > 1)
        return false; /* any of them may end it */
    for (size_t i = 0; i < count; i++) {
        const struct rouse_future *child = rouse_i_wait_child(wait, leaf, i);
        if (rouse_i_is_pending(child) && follow(search, child))
            return true;
    }
    return false;
}

static bool follow(struct search *search, const struct rouse_future *f)
{
    const struct rouse_future *leaf = rouse_i_leaf(f);
    const struct rouse_i_wait *wait = rouse_i_wait_of(leaf);
    if (!wait || !rouse_i_is_pending(leaf))
        return false;
    const void *object = wait->member ? rouse_i_wait_object(wait, leaf) : NULL;
    if (wait->kind == ROUSE_I_WAIT_TASK)
        return step(search, leaf, object);
    if (wait->kind == ROUSE_I_WAIT_LOCK)
        return step(search, leaf, rouse_i_holder(search->rt, object));
    if (wait->kind == ROUSE_I_WAIT_SCOPE)
        return step_scope(search, leaf, object);
    return step_children(search, wait, leaf);
}

static bool closes(struct search *search, struct rouse_runtime *rt, const struct rouse_task *task,
                   uint32_t steps)
{
    *search = (struct search){.rt = rt, .steps = steps, .length = 1};
    search->path[0].task = task;
    return !(task->state & (TASK_QUEUED | TASK_RUNNING)) && follow(search, root_of(task));
}

/* ---- As text ------------------------------------------------------------------------------- */

static void say_hop(struct rouse_i_text *text, struct rouse_runtime *rt, const struct hop *hop)
{
    const struct rouse_future *leaf = hop->leaf, *frame = leaf->parent ? leaf->parent : leaf;
    rouse_i_task_say(text, hop->task);
    rouse_i_text_string(text, " waits for ");
    rouse_i_wait_name(text, rt, rouse_i_wait_of(leaf), leaf);
    rouse_i_text_add(text, ", in %s", frame->type->name);
    rouse_i_place_say(text, frame->type, frame->at);
#if ROUSE_KNOWS
    rouse_i_text_add(text, ", spawned at %s",
                     hop->task->birth.site ? hop->task->birth.site : "an unknown place");
#endif
    rouse_i_text_char(text, '\n');
}

static void say_circle(struct search *search, void (*sink)(void *, const char *, size_t),
                       void *sink_data)
{
    for (size_t i = 0; i < search->length; i++) {
        char buffer[600];
        struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
        rouse_i_text_string(&text, i == 0 ? "  deadlock: " : "            ");
        say_hop(&text, search->rt, &search->path[i]);
        sink(sink_data, text.start, text.length);
    }
}

/* A circle is found from each of its tasks, and told from the one with the lowest address. */
static bool is_first(const struct search *search)
{
    for (size_t i = 1; i < search->length; i++)
        if (search->path[i].task < search->path[0].task)
            return false;
    return true;
}

static void say_circles(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                        void *sink_data)
{
    struct rouse_i_chunk *chunk = NULL;
    struct rouse_task *task = NULL;
    struct search search = {.steps = STEPS};
    while ((task = rouse_i_task_next(rt, &chunk, task)))
        if (closes(&search, rt, task, search.steps) && is_first(&search))
            say_circle(&search, sink, sink_data);
}

/* Whom a task waits for, and whom that one: as far as it is known, or until it was told already. */
static void say_path(struct rouse_runtime *rt, const struct rouse_task *task,
                     void (*sink)(void *, const char *, size_t), void *sink_data)
{
    struct search search;
    const struct rouse_task *told[LONGEST];
    for (size_t count = 0; count < LONGEST; count++) {
        for (size_t i = 0; i < count; i++)
            if (told[i] == task) {
                if (closes(&search, rt, task, STEPS))
                    say_circle(&search, sink, sink_data);
                return;
            }
        char buffer[600];
        struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
        search = (struct search){.rt = rt, .steps = STEPS, .one = true, .length = 1};
        search.path[0].task = told[count] = task;
        if (task->state & (TASK_QUEUED | TASK_RUNNING) || !follow(&search, root_of(task)))
            return;
        rouse_i_text_string(&text, "  ");
        say_hop(&text, rt, &search.path[0]);
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
        say_circles(rt, sink, sink_data);
        return;
    }
    rouse_i_text_string(&text, "  ");
    rouse_i_task_say(&text, task);
    rouse_i_text_add(&text,
                     ", %s:", rouse_i_task_is_done(task) ? "done" : rouse_i_task_state(task));
    rouse_i_text_chain(&text, "in", rouse_i_task_frame(task));
    if (!rouse_i_task_is_done(task))
        rouse_i_wait_say(&text, rt, rouse_i_leaf(root_of(task)));
    rouse_i_text_char(&text, '\n');
    sink(sink_data, text.start, text.length);
    if (!rouse_i_task_is_done(task))
        say_path(rt, task, sink, sink_data);
}

/* ---- The public dump: linked with all that it can say ---------------------------------------- */

static void say_timers(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                       void *sink_data)
{
    char buffer[80];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    uint64_t next = rouse_i_wheel_next(&rt->timers), now = rouse_now(rt);
    if (next == ROUSE_NEVER)
        return;
    rouse_i_text_string(&text, "  timers: the next is due in ");
    rouse_i_ms_say(&text, next > now ? next - now : 0);
    rouse_i_text_char(&text, '\n');
    sink(sink_data, text.start, text.length);
}

void rouse_dump(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                void *sink_data)
{
    rouse_i_dump(rt, sink, sink_data);
    say_timers(rt, sink, sink_data);
    rouse_why(rt, NULL, sink, sink_data);
}
