/* lint.c: reports what looks wrong while the program runs. Only in traced builds.

   Invariant: all but two of the lints depend only on the order of events, so under a virtual clock
   they are the same on every host. The two that read a real clock are off there. */
#include "lint.h"
#include "executor.h"
#include "../base/text.h"
#include "../trace/future_ids.h"
#include "../trace/trace_events.h"
#include <rouse/time.h>
#include <string.h>

#if ROUSE_TRACE
enum {
    SELF_WAKES = 16, /* polls in a row */
    SLOW_POLL = 10 * (int)ROUSE_MS,
    LARGE_FUTURE = 4096, /* bytes */
};

static const char *const names[] = {
#define NAME(name, text, advice) text,
    ROUSE_LINT_LIST(NAME)};
static const char *const advices[] = {
#define ADVICE(name, text, advice) advice,
    ROUSE_LINT_LIST(ADVICE)};

/* The default of options.on_lint. A place in a loop would fill the screen: each is printed once. */
static bool is_news(const struct rouse_runtime *rt, const struct rouse_lint *lint)
{
    for (uint32_t i = 0; i < rt->printed_count; i++) {
        const struct rouse_i_printed *old = &rt->printed[i];
        if (old->kind == lint->kind && old->line == lint->line &&
            strcmp(old->type, lint->type) == 0)
            return false;
    }
    return true;
}

static void print_once(struct rouse_runtime *rt, const struct rouse_lint *lint)
{
    if (rt->printed_count == ROUSE_I_PRINTED || !is_news(rt, lint))
        return;
    rt->printed[rt->printed_count++] = (struct rouse_i_printed){lint->type, lint->kind, lint->line};
    char buffer[400];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    rouse_i_text_add(&text, "rouse: lint: %s: %s (%s", lint->name, lint->advice, lint->type);
    if (lint->file)
        rouse_i_text_add(&text, lint->line ? ", %s:%u" : ", %s", lint->file, lint->line);
    rouse_i_text_string(&text, ")\n");
    rouse_host_log(text.start, text.length);
}

static void report_to(struct rouse_runtime *rt, struct rouse_lint lint)
{
    lint.name = names[lint.kind];
    lint.advice = advices[lint.kind];
    rouse_i_trace_task(ROUSE_EVENT_LINT, lint.task, rouse_i_trace_text(lint.name), lint.future,
                       rouse_i_trace_text(lint.advice));
    if (rt->options.on_lint)
        rt->options.on_lint(rt->options.on_lint_data, &lint);
    else
        print_once(rt, &lint);
}

/* A future may end after the last runtime: then there is nothing to report to. */
static void report(struct rouse_lint lint)
{
    struct rouse_runtime *rt = rouse_i_trace_entered();
    if (rt)
        report_to(rt, lint);
}

static void report_future(enum rouse_lint_kind kind, const struct rouse_future *f, uint32_t task)
{
    bool line = f->at > ROUSE_AT_POLLED && f->at < ROUSE_AT_UNSTARTED;
    report((struct rouse_lint){.kind = kind,
                               .type = f->type->name,
                               .file = f->type->file,
                               .line = line ? f->at : 0,
                               .future = f->id,
                               .task = task});
}

void rouse_i_lint(enum rouse_lint_kind kind, const struct rouse_future *f)
{
    const struct rouse_runtime *rt = rouse_i_trace_entered();
    struct rouse_task *task = rt ? rt->current : NULL;
    report_future(kind, f, task ? rouse_i_task_future(task)->id : 0);
}

void rouse_i_lint_task(enum rouse_lint_kind kind, struct rouse_task *task)
{
    uint16_t bit = (uint16_t)(1u << kind);
    if (!task || task->watched.linted & bit)
        return;
    task->watched.linted |= bit;
    const struct rouse_future *root = rouse_i_task_future(task);
    report_future(kind, task->state & TASK_DONE ? root : rouse_i_task_frame(task), root->id);
}

void rouse_i_lint_spawn(struct rouse_task *task)
{
    task->watched = (struct rouse_i_watched){0};
    if (rouse_i_task_future(task)->type->size > LARGE_FUTURE)
        rouse_i_lint_task(ROUSE_LINT_LARGE_FUTURE, task);
}

/* ---- Around a poll of a task ---------------------------------------------------------------- */

/* 0 if the clock is virtual: then no poll is slow. */
static uint64_t host_clock(const struct rouse_runtime *rt)
{
    return rt->options.virtual_clock ? 0 : rt->host->calls->now(rt->host);
}

void rouse_i_lint_turn(struct rouse_runtime *rt)
{
    rt->watch.began = 0;
}

void rouse_i_lint_begin(struct rouse_runtime *rt)
{
    uint64_t began = rt->watch.began;
    rt->watch = (struct rouse_i_watch){.began = began ? began : host_clock(rt)};
}

static void check_wakes(struct rouse_runtime *rt, struct rouse_task *task)
{
    bool busy = rt->watch.woke_self && !rt->watch.on_purpose;
    uint16_t in_a_row = busy ? (uint16_t)(task->watched.self_wakes + 1) : 0;
    task->watched.self_wakes = in_a_row;
    if (in_a_row == SELF_WAKES)
        rouse_i_lint_task(ROUSE_LINT_SELF_WAKES, task);
    bool ending = task->state & (TASK_QUEUED | TASK_ABORTED);
    if (!ending && task->watched.wakers == 0 && !rt->watch.for_ever)
        rouse_i_lint_task(ROUSE_LINT_LOST_WAKER, task);
}

void rouse_i_lint_end(struct rouse_runtime *rt, bool done)
{
    struct rouse_task *task = rt->current;
    bool first = !(task->watched.linted & 1u << ROUSE_LINTS);
    task->watched.linted |= 1u << ROUSE_LINTS; /* the task was polled */
    uint64_t now = host_clock(rt), began = rt->watch.began;
    rt->watch.began =
        done ? 0 : now; /* of the next poll: reading the clock costs more than a poll */
    if (now - began >= SLOW_POLL)
        rouse_i_lint_task(first && done ? ROUSE_LINT_NEVER_YIELDED : ROUSE_LINT_SLOW_POLL, task);
    if (!done)
        check_wakes(rt, task);
}

/* ---- What others tell the lints ------------------------------------------------------------- */

/* A slot that goes away without a drop leaves the count one too high: then a lint is missed. */
void rouse_i_lint_waker(void *data, int change)
{
    struct rouse_task *task = data;
    if (change > 0 || task->watched.wakers > 0)
        task->watched.wakers += (uint32_t)change;
}

void rouse_i_lint_on_purpose(struct rouse_context *cx)
{
    if (cx->runtime)
        cx->runtime->watch.on_purpose = true;
}

void rouse_i_lint_for_ever(struct rouse_context *cx)
{
    if (cx->runtime)
        cx->runtime->watch.for_ever = true;
}

/* ---- At the end ----------------------------------------------------------------------------- */

static bool is_used(const struct rouse_trace_record *r)
{
    return r->kind == ROUSE_EVENT_POLL_BEGIN || r->kind == ROUSE_EVENT_FUT_DROP ||
           r->kind == ROUSE_EVENT_FUT_MOVE;
}

/* Reports every future that was made in the trace and was not polled, moved or dropped there. */
void rouse_i_lint_unpolled(struct rouse_runtime *rt)
{
    const struct rouse_trace *trace = rt->options.trace;
    struct rouse_i_future_ids unused;
    if (!trace || !rouse_i_future_ids_find(&unused, trace, is_used))
        return;
    for (uint32_t seq = trace->lost, end = trace->seq; seq < end; seq++) {
        if (seq < trace->lost)
            continue; /* a lint is an event, which may push out the oldest */
        const struct rouse_trace_record *r = rouse_trace_at(trace, seq - trace->lost);
        if (r->kind != ROUSE_EVENT_FUT_CREATE || !rouse_i_future_ids_has(&unused, r->a))
            continue;
        const char *type = rouse_trace_text(trace, r->b);
        report((struct rouse_lint){.kind = ROUSE_LINT_NEVER_POLLED,
                                   .type = type,
                                   .file = type + strlen(type) + 1,
                                   .future = r->a,
                                   .task = r->task});
    }
    rouse_i_future_ids_free(&unused);
}
#endif
