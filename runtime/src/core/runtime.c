/* runtime.c: the life of a runtime, its clock, its turns and block_on.

   Invariants: a turn polls only tasks that were ready before it, and turns never nest. The host is
   woken when the ready queue becomes non-empty outside a turn, or is still non-empty after one. */
#include "executor.h"
#include "../base/hostile.h"
#include "slab.h"
#include "../base/text.h"
#include "../trace/trace_events.h"
#include "lint.h"
#include "wheel.h"

/* Called if the program links them anyway; this file does not make it link them. */
#pragma weak rouse_i_spawn
#pragma weak rouse_i_default_allocate
#pragma weak rouse_i_slab_init
#pragma weak rouse_i_slab_drop
#pragma weak rouse_i_remotes_wake
#pragma weak rouse_i_meter /* only programs with histograms link it */
#pragma weak rouse_i_fds_look
#pragma weak rouse_i_fds_turn
#pragma weak rouse_i_fds_drop

enum { DEFAULT_BUDGET = 128, STACK_PER_POLL = 192 };
static const size_t default_stack = sizeof(void *) > 4 ? 1024u * 1024 : 192u * 1024;
static const uint64_t default_seed = UINT64_C(0x9e3779b97f4a7c15);

/* ---- Life ---------------------------------------------------------------------------------- */

static void print_error(void *data, struct rouse_runtime *rt, const char *task,
                        const struct rouse_error *error)
{
    char buffer[2048];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    (void)data, (void)rt;
    rouse_i_text_string(&text, "rouse: task ");
    rouse_i_text_string(&text, task);
    rouse_i_text_string(&text, " failed: ");
    rouse_i_text_error(&text, error);
    rouse_i_text_char(&text, '\n');
    rouse_host_log(text.start, text.length);
}

static void set_defaults(struct rouse_options *options)
{
    if (!options->allocate && &rouse_i_default_allocate)
        options->allocate = rouse_i_default_allocate;
    if (!options->on_error)
        options->on_error = print_error;
    if (!options->on_stall)
        options->on_stall = rouse_i_report_stall;
    if (!options->stack_size)
        options->stack_size = default_stack;
    if (!options->budget)
        options->budget = DEFAULT_BUDGET;
    if (options->budget < UINT32_MAX)
        options->budget++; /* a context counts down to 1 */
}

static bool slice_over(struct rouse_runtime *rt)
{
    return rt->host->calls->slice_over(rt->host);
}

void rouse_i_slice(struct rouse_runtime *rt)
{
    bool real = !rt->options.virtual_clock; /* a virtual clock must hide real time */
    rt->between = real && rt->host->calls->slice_over ? slice_over : NULL;
    rt->between_mask = ROUSE_I_SLICE_POLLS - 1;
}

rouse_status rouse_runtime_init(struct rouse_runtime *rt, const struct rouse_options *options)
{
    *rt = (struct rouse_runtime){0};
    if (options)
        rt->options = *options;
    set_defaults(&rt->options);
    rt->random = rt->options.seed ? rt->options.seed : default_seed;
    rt->armed_until = ROUSE_NEVER;
    rouse_i_list_init(&rt->remotes);
    rouse_i_list_init(&rt->placed);
    rouse_i_family_init(rt);
    if (rouse_i_slab_init)
        rouse_i_slab_init(&rt->slab, rt->options.allocate, rt->options.allocate_data);
    rt->host = rt->options.host ? rt->options.host : rouse_host_default(rt->host_memory);
    rt->host->runtime = rt;
    rouse_i_slice(rt);
    rouse_status status = rt->host->calls->open ? rt->host->calls->open(rt->host) : ROUSE_OK;
    if (status == ROUSE_OK)
        rouse_i_wheel_init(&rt->timers, rouse_now(rt));
    rouse_i_trace_leave(rouse_i_trace_enter(rt));
    return status;
}

static bool run_turns(struct rouse_runtime *rt, const struct rouse_task *main);

void rouse_runtime_drop(struct rouse_runtime *rt)
{
    if (rt->in_turn)
        rouse_i_bug(rouse_i_task_frame(rt->current), "rouse_runtime_drop inside a poll");
    struct rouse_runtime *outer = rouse_i_trace_enter(rt);
    rt->closing = rt->awake = true; /* nothing more is spawned, the host is not called */
    rouse_i_tasks_cancel(rt);
    while (run_turns(rt, NULL)) {
        /* all tasks are done: releases the queue's references. The host may cut it into turns */
    }
    if (rt->free_set_nodes)
        rt->free_set_nodes(rt);
    if (rt->fds.capacity)
        rouse_i_fds_drop(rt);
    if (rouse_i_slab_drop) {
        rouse_i_tasks_orphan(rt);
        rouse_i_slab_drop(&rt->slab);
    }
    if (rt->host->calls->close)
        rt->host->calls->close(rt->host);
    rouse_i_lint_unpolled(rt);
    rouse_i_trace_leave(outer == rt ? NULL : outer);
}

struct rouse_runtime *rouse_runtime_of(struct rouse_context *cx)
{
    return cx->runtime;
}

/* ---- The clock ----------------------------------------------------------------------------- */

uint64_t rouse_now(struct rouse_runtime *rt)
{
    if (rt->clock_read || rt->options.virtual_clock)
        return rt->now;
    uint64_t now = rt->host->calls->now(rt->host);
    if (now > rt->now) /* while the host's clock steps back, this one stands still */
        rt->now = now;
    rt->clock_read = rt->in_turn;
    return rt->now;
}

/* ---- Turns --------------------------------------------------------------------------------- */

void rouse_i_wake_host(struct rouse_runtime *rt)
{
    rt->awake = true;
    if (rt->histograms)
        rouse_i_meter(rt, NULL, ROUSE_I_WOKEN);
    rt->host->calls->wake(rt->host);
}

/* Other threads set these flags. A plain load comes first, because the exchange is a locked
   instruction that every turn would pay for. */
static bool is_set(const uint32_t *flag)
{
    return __atomic_load_n(flag, __ATOMIC_RELAXED);
}

static bool take_flag(uint32_t *flag)
{
    return is_set(flag) && __atomic_exchange_n(flag, 0, __ATOMIC_ACQ_REL);
}

static bool is_ready(const struct rouse_runtime *rt)
{
    return rt->ready.head || rt->running || rt->fds.answered || is_set(&rt->remote_pending);
}

#ifndef __wasm__
/* The address that the stack must not pass. */
static uintptr_t stack_end(const struct rouse_runtime *rt)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    return rt->options.stack_size < here ? here - rt->options.stack_size : 0;
}
#endif

static struct rouse_context turn_context(struct rouse_runtime *rt)
{
    return (struct rouse_context){
        .waker = {&rouse_i_task_borrowed, NULL},
        .runtime = rt,
        .error = &rt->error,
#ifdef __wasm__
        .stack_left = rt->options.stack_size / STACK_PER_POLL + 1,
#else
        .stack_left = stack_end(rt),
#endif
    };
}

static void note_stack(struct rouse_runtime *rt, const void *local)
{
#if ROUSE_CHECKED && defined __wasm__
    rt->turn_stack = (uintptr_t)local;
#elif ROUSE_CHECKED /* a local may lie elsewhere in a sanitizer's build */
    rt->turn_stack = (uintptr_t)__builtin_frame_address(0);
#endif
    (void)rt, (void)local;
}

/* Runs one turn; for rouse_block_on, which passes `main`, turn after turn until `main` is done or
   interrupted or no task is ready. True if a task is ready. */
static bool run_turns(struct rouse_runtime *rt, const struct rouse_task *main)
{
    struct rouse_context cx = turn_context(rt);
    note_stack(rt, &cx);
    rt->in_turn = true;
    do {
        rt->clock_read = false;
        ROUSE_EVENT(TURN_BEGIN, 0, 0, 0);
        if (rt->fds.waiting | rt->fds.answered)
            rouse_i_fds_turn(rt);
        if (rouse_i_remotes_wake && take_flag(&rt->remote_pending))
            rouse_i_remotes_wake(rt);
        if (rt->timers.levels)
            rouse_i_timers_fire(rt);
        rouse_i_tasks_run(rt, &cx);
        ROUSE_EVENT(TURN_END, is_ready(rt), 0, 0);
    } while (!rouse_i_task_is_done(main) && is_ready(rt) && !is_set(&rt->interrupted));
    rt->in_turn = rt->clock_read = false;
    return is_ready(rt);
}

/* Gives the host the earliest deadline, if it has changed. */
static void arm_host(struct rouse_runtime *rt)
{
    uint64_t deadline = rouse_i_wheel_next(&rt->timers);
    if (deadline == rt->armed_until)
        return;
    rt->armed_until = deadline;
    rt->host->calls->wake_at(rt->host, deadline);
}

bool rouse_turn(struct rouse_runtime *rt)
{
    if (rt->in_turn) {
        rt->turn_wanted = true;
        return true;
    }
    struct rouse_runtime *outer = rouse_i_trace_enter(rt);
    rt->awake = true;
    rt->turn_wanted = false;
    bool more = run_turns(rt, NULL) || rt->turn_wanted;
    arm_host(rt);
    rt->awake = false;
    if (more)
        rouse_i_wake_host(rt);
    rouse_i_trace_leave(outer);
    return more;
}

/* ---- block_on ------------------------------------------------------------------------------ */

/* Awaits the caller's future. Its type names no file, so reports leave it out. */
static struct rouse_polled block_on_poll(struct rouse_future *f, struct rouse_context *cx)
{
    if (!f->awaiting)
        rouse_i_await_begin(f, ((struct rouse_i_block_on *)(void *)f)->target);
    return rouse_polled(rouse_i_await(f, cx));
}

static const struct rouse_type rouse_i_block_on_type = {
    "main", NULL, sizeof(struct rouse_i_block_on), block_on_poll, NULL};

static rouse_status wait_for_host(struct rouse_runtime *rt)
{
    bool remote = !rouse_i_list_is_empty(&rt->remotes);
    if (rt->options.virtual_clock && rt->fds.waiting) {
        rouse_i_fds_look(rt); /* descriptors that are ready come before time passes */
        if (is_ready(rt))
            return ROUSE_OK;
    }
    if (rt->options.virtual_clock) {
        uint64_t next = rouse_i_wheel_jump(&rt->timers);
        if (next != ROUSE_NEVER) {
            rt->now = next;
            return ROUSE_OK;
        }
        if (!remote && !rt->fds.waiting)
            return ROUSE_ERR_DEADLOCK;
    }
    if (!rt->host->calls->wait)
        return ROUSE_ERR_NOT_SUPPORTED;
    arm_host(rt);
    if (remote && !rt->host->calls->interrupt && rt->armed_until == ROUSE_NEVER)
        return ROUSE_ERR_NOT_SUPPORTED; /* nothing would end this sleep */
    return rt->host->calls->wait(rt->host, remote);
}

static rouse_status run_until_done(struct rouse_runtime *rt, struct rouse_task *task)
{
    while (!rouse_task_is_finished(task)) {
        bool more = run_turns(rt, task);
        if (take_flag(&rt->interrupted))
            rouse_task_abort(task);
        if (more || rouse_task_is_finished(task))
            continue;
        rouse_status status = wait_for_host(rt);
        if (status == ROUSE_ERR_DEADLOCK)
            rt->options.on_stall(rt->options.on_stall_data, rt);
        if (status < 0)
            return status;
    }
    return ROUSE_OK;
}

static struct rouse_task *spawn_main(struct rouse_runtime *rt, struct rouse_future *f)
{
    if (rouse_i_spawn) { /* on the heap, so that wakers may outlive the runtime */
        struct rouse_i_block_on root = ROUSE_FUTURE(rouse_i_block_on, .target = f);
        struct rouse_task *task = rouse_i_spawn(rt, &root.future, sizeof root);
        if (task)
            return task;
    } /* without memory or malloc, the program must start all the same */
    rt->main_slot.root = ROUSE_FUTURE(rouse_i_block_on, .target = f);
    return rouse_i_spawn_in(rt, &rt->main_slot.head, sizeof rt->main_slot.root);
}

static rouse_status block_on(struct rouse_runtime *rt, struct rouse_future *f)
{
    rt->awake = true;
    rt->main_error.status = ROUSE_OK;
    struct rouse_task *task = spawn_main(rt, f);
    if (!task) {
        rt->awake = false;
        return ROUSE_ERR_NO_MEMORY;
    }
    rt->main_task = task;
    rouse_status status = run_until_done(rt, task);
    rouse_task_abort(task);
    if (status == ROUSE_OK)
        status = rouse_i_task_future(task)->status;
    task->state &= ~(uint32_t)TASK_FAILED; /* the caller gets the failure */
    rt->main_task = NULL;
    f->parent = NULL; /* the parent lay in the task */
    rouse_task_detach(task);
    rt->awake = false;
    if (is_ready(rt))
        rouse_i_wake_host(rt);
    return status;
}

rouse_status(rouse_block_on)(struct rouse_runtime *rt, struct rouse_future *f)
{
    if (rt->in_turn)
        rouse_i_bug(rouse_i_task_frame(rt->current),
                    "rouse_block_on inside a poll: await it instead");
    if (!f || !f->type || rouse_is_done(f))
        rouse_i_bug(f, "rouse_block_on of a future that is empty or done");
    struct rouse_runtime *outer = rouse_i_trace_enter(rt);
    rouse_status status = block_on(rt, f);
    rouse_i_trace_leave(outer);
    return status;
}

const struct rouse_error *rouse_last_error(const struct rouse_runtime *rt)
{
    return rt->main_error.status < 0 ? &rt->main_error : NULL;
}
