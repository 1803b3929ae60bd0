/* waits.h: what a pending future waits for, told by its type. For reports only. */
#ifndef ROUSE_WAITS_H
#define ROUSE_WAITS_H

#include "../core/walk.h"
#include "../base/text.h"
#include <rouse/combine.h>

struct rouse_semaphore;

enum rouse_i_wait_kind {
    ROUSE_I_WAIT_TEXT,    /* for what `what` says */
    ROUSE_I_WAIT_OBJECT,  /* for the object that the member points to */
    ROUSE_I_WAIT_TIME,    /* until the member, in nanoseconds */
    ROUSE_I_WAIT_TASK,    /* for the task that the member points to */
    ROUSE_I_WAIT_LOCK,    /* for permits of the semaphore that the object begins with */
    ROUSE_I_WAIT_ROOM,    /* for room in the channel */
    ROUSE_I_WAIT_ITEM,    /* for an item of the channel */
    ROUSE_I_WAIT_SCOPE,   /* for children of the scope */
    ROUSE_I_WAIT_COUNT,   /* for the object, whose `second` member is a count */
    ROUSE_I_WAIT_ALL,     /* for every child of the list */
    ROUSE_I_WAIT_ANY,     /* for one child of the list */
    ROUSE_I_WAIT_EITHER,  /* for the future that the member points to, or the one at `second` */
    ROUSE_I_WAIT_INSIDE,  /* for the future that the member is */
    ROUSE_I_WAIT_POINTED, /* for the future that the member points to */
};
struct rouse_i_wait {
    const struct rouse_type *type;
    uint16_t kind, member, second;
    const char *what;
};

/* How the future with this address waits; NULL: its type is not one of ours. */
const struct rouse_i_wait *rouse_i_wait_of(const struct rouse_future *leaf);
static inline const void *rouse_i_wait_member(const struct rouse_i_wait *wait,
                                              const struct rouse_future *leaf)
{
    return (const char *)leaf + wait->member;
}
static inline const void *rouse_i_wait_object(const struct rouse_i_wait *wait,
                                              const struct rouse_future *leaf)
{
    return *(const void *const *)rouse_i_wait_member(wait, leaf);
}
/* The futures that a leaf polls by hand: the one at `index`, NULL beyond the last. */
const struct rouse_future *rouse_i_wait_child(const struct rouse_i_wait *wait,
                                              const struct rouse_future *leaf, size_t index);
size_t rouse_i_wait_children(const struct rouse_i_wait *wait, const struct rouse_future *leaf);
/* A child that was polled and is not done. */
static inline bool rouse_i_is_pending(const struct rouse_future *f)
{
    return f && f->type && f->at != ROUSE_AT_START && f->at != ROUSE_AT_DONE;
}
static inline const struct rouse_future *rouse_i_leaf(const struct rouse_future *f)
{
    const struct rouse_future *next;
    while ((next = rouse_i_awaiting(f)))
        f = next;
    return f;
}

/* "\n    waits for a mutex at 0x1234, held by b", and a line per child; nothing if not known. */
void rouse_i_wait_say(struct rouse_i_text *text, struct rouse_runtime *rt,
                      const struct rouse_future *leaf);
/* The same without "waits for" and without its children. */
void rouse_i_wait_name(struct rouse_i_text *text, struct rouse_runtime *rt,
                       const struct rouse_i_wait *wait, const struct rouse_future *leaf);
/* A call of JavaScript, in a program that has any: js_import.c. */
bool rouse_i_is_promise(const struct rouse_future *leaf);
/* "job (#3)": in checked and traced builds tasks have numbers. */
void rouse_i_task_say(struct rouse_i_text *text, const struct rouse_task *task);
/* " (main.c:14)" */
void rouse_i_place_say(struct rouse_i_text *text, const struct rouse_type *type, uint32_t at);
/* "12.500 ms" */
void rouse_i_ms_say(struct rouse_i_text *text, uint64_t ns);
/* The task that has what the semaphore gives, if only one has; NULL: not known, or ended. */
const struct rouse_task *rouse_i_holder(struct rouse_runtime *rt,
                                        const struct rouse_semaphore *semaphore);
static inline const char *rouse_i_task_state(const struct rouse_task *task)
{
    return task->state & TASK_RUNNING ? "running" : task->state & TASK_QUEUED ? "ready" : "waiting";
}

/* What is said of a task behind its name and state. */
void rouse_i_task_detail(struct rouse_i_text *text, struct rouse_runtime *rt,
                         const struct rouse_task *task);
/* The text of rouse_dump. What tasks wait for is in it where waits.c is linked. */
void rouse_i_dump(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                  void *sink_data);

#endif
