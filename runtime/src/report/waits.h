/* waits.h: what a pending future waits for, found by its type. For reports only. */
#ifndef ROUSE_WAITS_H
#define ROUSE_WAITS_H

#include "../core/walk.h"
#include "../base/text.h"
#include <rouse/combine.h>

struct rouse_semaphore;

enum rouse_i_wait_kind {
    ROUSE_I_WAIT_TEXT,    /* for something that only the text `what` describes */
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

/* The row of the future's type; NULL: the type is not in the table. */
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
/* The future at `index` of those that a leaf polls by hand; it may be NULL. */
const struct rouse_future *rouse_i_wait_child(const struct rouse_i_wait *wait,
                                              const struct rouse_future *leaf, size_t index);
size_t rouse_i_wait_children(const struct rouse_i_wait *wait, const struct rouse_future *leaf);
/* True if the child was polled and is not done. */
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

/* Adds "\n    waits for a mutex at 0x1234, held by b" and a line per child; nothing if unknown. */
void rouse_i_text_wait(struct rouse_i_text *text, struct rouse_runtime *rt,
                       const struct rouse_future *leaf);
/* The same without "waits for" and without the children. */
void rouse_i_text_wait_name(struct rouse_i_text *text, struct rouse_runtime *rt,
                            const struct rouse_i_wait *wait, const struct rouse_future *leaf);
/* True for a call of JavaScript. In js_import.c, which not every program links. */
bool rouse_i_is_promise(const struct rouse_future *leaf);
/* Adds "task job (#3)"; only checked and traced builds number their tasks. */
void rouse_i_text_task(struct rouse_i_text *text, const struct rouse_task *task);
/* Adds " (main.c:14)". */
void rouse_i_text_place(struct rouse_i_text *text, const struct rouse_type *type, uint32_t at);
/* Adds "12.500 ms". */
void rouse_i_text_ms(struct rouse_i_text *text, uint64_t ns);
/* The task that holds all taken permits of the semaphore; NULL: unknown, several, or ended. */
const struct rouse_task *rouse_i_holder(struct rouse_runtime *rt,
                                        const struct rouse_semaphore *semaphore);
static inline const char *rouse_i_task_state(const struct rouse_task *task)
{
    return task->state & TASK_RUNNING ? "running" : task->state & TASK_QUEUED ? "ready" : "waiting";
}

/* Adds all that follows the name and state of a task. */
void rouse_i_text_task_detail(struct rouse_i_text *text, struct rouse_runtime *rt,
                              const struct rouse_task *task);
/* Writes the tasks; what they wait for only if the program links waits.c. */
void rouse_i_dump(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                  void *sink_data);

#endif
