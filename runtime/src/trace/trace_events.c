/* trace_events.c: writes events into the ring, in traced builds. */
#include "trace_events.h"
#include <rouse/task.h>
#include <string.h>

#if ROUSE_TRACE
/* The one global of the library; see trace_events.h. */
static struct rouse_runtime *entered;
static uint32_t last_future_id;

struct rouse_runtime *rouse_i_trace_enter(struct rouse_runtime *rt)
{
    struct rouse_runtime *outer = entered && entered->in_turn ? entered : rt;
    entered = rt;
    return outer;
}

void rouse_i_trace_leave(struct rouse_runtime *outer)
{
    entered = outer;
}

struct rouse_runtime *rouse_i_trace_entered(void)
{
    return entered;
}

/* Gives the offset of `text`, added if it is not there. `second`, if given, lies right behind it:
   the file of a type behind its name. */
static uint32_t add_strings(struct rouse_trace *trace, const char *text, const char *second)
{
    size_t size = strlen(text) + 1, second_size = second ? strlen(second) + 1 : 0;
    for (uint32_t at = 0; at < trace->string_used; at += (uint32_t)strlen(trace->strings + at) + 1)
        if (strcmp(trace->strings + at, text) == 0 &&
            (!second ||
             (at + size < trace->string_used && strcmp(trace->strings + at + size, second) == 0)))
            return at;
    uint32_t at = trace->string_used;
    if (size + second_size > trace->string_capacity - at) {
        trace->strings_lost++;
        return 0;
    }
    memcpy(trace->strings + at, text, size);
    memcpy(trace->strings + at + size, second ? second : "", second_size);
    trace->string_used += (uint32_t)(size + second_size);
    return at;
}

static struct rouse_i_seen *seen_at(struct rouse_trace *trace, const void *address)
{
    uintptr_t bits = (uintptr_t)address;
    return &trace->seen[(bits ^ bits >> 6) % 64];
}

/* For a string that is never freed, such as a literal: its address is remembered. */
static uint32_t intern_text(struct rouse_trace *trace, const char *text)
{
    struct rouse_i_seen *seen = seen_at(trace, text);
    if (seen->text != text)
        *seen = (struct rouse_i_seen){text, add_strings(trace, text, NULL)};
    return seen->at;
}

static uint32_t intern_type(struct rouse_trace *trace, const struct rouse_type *type)
{
    const char *file = type->file ? type->file : "";
    struct rouse_i_seen *seen = seen_at(trace, type);
    if (seen->text != (const char *)type) {
        seen->at = add_strings(trace, type->name, file);
        seen->text = (const char *)type;
    }
    return seen->at;
}

static uint8_t side_of(enum rouse_trace_kind kind)
{
    return kind < ROUSE_EVENT_JS_CALL_BEGIN ? ROUSE_SIDE_C : ROUSE_SIDE_JS;
}

void rouse_i_trace_task(enum rouse_trace_kind kind, uint32_t task, uint32_t a, uint32_t b,
                        uint32_t c)
{
    struct rouse_trace *trace = entered ? entered->options.trace : NULL;
    if (!trace)
        return;
    if (trace->seq - trace->lost == trace->capacity)
        trace->lost++;
    trace->ring[trace->seq & (trace->capacity - 1)] =
        (struct rouse_trace_record){.seq = trace->seq,
                                    .kind = (uint8_t)kind,
                                    .side = side_of(kind),
                                    .task = task,
                                    .a = a,
                                    .b = b,
                                    .c = c,
                                    .t = (double)entered->now / 1e6};
    trace->seq++;
}

static uint32_t id_of(struct rouse_task *task)
{
    return task ? rouse_i_task_future(task)->id : 0;
}

void rouse_i_trace(enum rouse_trace_kind kind, uint32_t a, uint32_t b, uint32_t c)
{
    rouse_i_trace_task(kind, entered ? id_of(entered->current) : 0, a, b, c);
}

uint32_t rouse_i_future_id(const struct rouse_type *type)
{
    struct rouse_trace *trace = entered ? entered->options.trace : NULL;
    uint32_t id = ++last_future_id;
    if (trace)
        rouse_i_trace(ROUSE_EVENT_FUT_CREATE, id, intern_type(trace, type), (uint32_t)type->size);
    return id;
}

/* 0, the empty string, without a trace. */
uint32_t rouse_i_trace_text(const char *text)
{
    return entered && entered->options.trace ? intern_text(entered->options.trace, text) : 0;
}

void rouse_i_trace_on(enum rouse_trace_kind kind, const void *object, const char *what)
{
    struct rouse_trace *trace = entered ? entered->options.trace : NULL;
    if (trace)
        rouse_i_trace(kind, ROUSE_ADDRESS(object), intern_text(trace, what), 0);
}

void rouse_i_trace_memory(struct rouse_i_slab *slab, size_t change)
{
    slab->live += change;
    if (slab->live > slab->peak)
        slab->peak = slab->live;
    rouse_i_trace(ROUSE_EVENT_MEM, (uint32_t)slab->live, (uint32_t)slab->peak, 0);
}

void rouse_i_trace_waker(enum rouse_trace_kind kind, void *task)
{
    rouse_i_trace_task(kind, id_of(task), 0, 0, 0);
}

void rouse_i_trace_wake(struct rouse_runtime *rt, struct rouse_task *task)
{
    uint32_t by = rt->current == task ? ROUSE_BY_SELF : rt->current ? ROUSE_BY_TASK : rt->waking;
    rt->watch.woke_self |= by == ROUSE_BY_SELF;
    rouse_i_trace_task(ROUSE_EVENT_WAKE, id_of(task), id_of(rt->current), by, 0);
}

void rouse_i_trace_poll(const struct rouse_future *f)
{
    struct rouse_trace *trace = entered ? entered->options.trace : NULL;
    if (trace)
        rouse_i_trace(ROUSE_EVENT_POLL_BEGIN, f->id, f->at, intern_type(trace, f->type));
}

void rouse_i_trace_spawn(struct rouse_runtime *rt, struct rouse_task *task)
{
    struct rouse_trace *trace = rt->options.trace;
    uint32_t type = trace ? intern_type(trace, rouse_i_task_future(task)->type) : 0;
    rouse_i_trace_task(ROUSE_EVENT_TASK_SPAWN, id_of(task), type, task->size, id_of(rt->current));
    rouse_i_trace_task(ROUSE_EVENT_FUT_MOVE, id_of(task), id_of(task), 0, 0);
}

void rouse_trace_log(struct rouse_runtime *rt, const char *text)
{
    if (rt->options.trace)
        rouse_i_trace(ROUSE_EVENT_LOG, add_strings(rt->options.trace, text, NULL), 0, 0);
}
#endif
