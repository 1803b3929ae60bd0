/* js_host.c: the C half of every JavaScript host. The other half is wasm/npm/host/program.ts;
   docs/hosts.md lists what crosses between them. Only i32 and f64 cross, because an i64 is a BigInt
   in one toolchain and a split pair in another; times are milliseconds, and deadlines are relative.

   Invariant: one runtime per instance. A page that wants two loads the module twice. */
#include "../../runtime/src/report/waits.h"
#include "../../runtime/src/core/wheel.h"
#include "js_host.h"
#include <rouse/rouse.h>

#include <stdlib.h>

enum { ABI_VERSION = 1 };
enum {
    MORE = JS_TICK_MORE,
    IDLE = JS_TICK_IDLE
}; /* of rouse_tick: tasks are ready; no task is left */

void IMPORT(rouse_host_wake)(void);            /* call rouse_tick soon */
double IMPORT(rouse_host_now)(void);           /* monotonic ms */
void IMPORT(rouse_host_wake_at)(double delay); /* call rouse_tick in `delay` ms; < 0: never */
int32_t IMPORT(rouse_host_slice_over)(void);   /* 1: end the turn soon, others need the thread */
void IMPORT(rouse_host_text)(const char *text, size_t length);
void IMPORT(rouse_host_done)(int32_t exit_code); /* the program has ended */

static struct rouse_runtime program;
static struct rouse_task *main_task;

/* Only programs that call JavaScript link js_waiting.c. */
extern __attribute__((weak)) uint32_t rouse_i_js_waiting;

/* ---- The calls of host.h --------------------------------------------------------------------- */

static void js_wake(struct rouse_host *host)
{
    (void)host;
    rouse_host_wake();
}

static uint64_t js_now(struct rouse_host *host)
{
    (void)host;
    return (uint64_t)(rouse_host_now() * 1e6);
}

static void js_wake_at(struct rouse_host *host, uint64_t deadline_ns)
{
    uint64_t now = rouse_now(host->runtime);
    uint64_t delay = deadline_ns > now ? deadline_ns - now : 0;
    rouse_host_wake_at(deadline_ns == ROUSE_NEVER ? -1 : (double)delay / 1e6);
}

static bool js_slice_over(struct rouse_host *host)
{
    (void)host;
    return rouse_host_slice_over() != 0;
}

static rouse_status js_wait(struct rouse_host *host, bool remote)
{
    static const char text[] = "rouse: rouse_block_on cannot wait here: it would freeze the page. "
                               "Spawn the future, or use ROUSE_MAIN.\n";
    (void)host, (void)remote;
    rouse_host_text(text, sizeof text - 1);
    return ROUSE_ERR_NOT_SUPPORTED;
}

struct rouse_host *rouse_host_default(uint64_t memory[ROUSE_HOST_WORDS])
{
    static const struct rouse_host_calls calls = {.wake = js_wake,
                                                  .now = js_now,
                                                  .wake_at = js_wake_at,
                                                  .slice_over = js_slice_over,
                                                  .wait = js_wait};
    struct rouse_host *host = (struct rouse_host *)(void *)memory;
    *host = (struct rouse_host){.calls = &calls};
    return host;
}

/* Weak, so that a program without stdio does not link it. */
struct _IO_FILE;
__attribute__((weak)) int fflush(struct _IO_FILE *file);
static void flush_stdout(void)
{
    if (fflush)
        fflush(NULL);
}

void rouse_host_log(const char *text, size_t length)
{
    flush_stdout(); /* what the program printed before comes first */
    rouse_host_text(text, length);
}

void rouse_host_on_interrupt(struct rouse_runtime *rt)
{
    (void)rt; /* the JavaScript side aborts the task */
}

void *rouse_host_allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    (void)data, (void)old_size;
    if (new_size)
        return realloc(block, new_size);
    free(block);
    return NULL;
}

/* ---- What the JavaScript side calls ---------------------------------------------------------- */

int32_t EXPORT(rouse_abi)(void);
int32_t EXPORT(rouse_tick)(void);
void EXPORT(rouse_cancel)(void);
void EXPORT(rouse_report)(void);

int32_t rouse_abi(void)
{
    return ABI_VERSION;
}

#if ROUSE_TRACE
enum { TRACE_RECORDS = 4096, TRACE_TEXT = 16384 };
static struct rouse_trace trace;

const struct rouse_trace *EXPORT(rouse_trace)(void);
const struct rouse_trace *rouse_trace(void)
{
    return &trace;
}

/* The page and the tools show the lints of the trace. */
static void ignore_lint(void *data, const struct rouse_lint *lint)
{
    (void)data, (void)lint;
}

static void start_trace(struct rouse_options *options)
{
    static struct rouse_trace_record ring[TRACE_RECORDS];
    static char strings[TRACE_TEXT];
    rouse_trace_init(&trace, ring, TRACE_RECORDS, strings, sizeof strings);
    options->trace = &trace;
    options->on_lint = ignore_lint;
}

void rouse_i_js_event(enum rouse_trace_kind kind, const struct rouse_future *f, const char *text)
{
    rouse_i_trace(kind, f->id, text ? rouse_i_trace_text(text) : 0, 0);
}

void rouse_i_js_event_settled(const struct rouse_future *f, rouse_status status)
{
    if (status < 0)
        rouse_i_js_event(ROUSE_EVENT_JS_REJECT, f, rouse_status_name(status));
    else
        rouse_i_js_event(ROUSE_EVENT_JS_RESOLVE, f, NULL);
}
#else
#define start_trace(options) ((void)(options))
#endif

/* Called before the root future is made, so that the trace has its creation. */
void rouse_i_js_begin(void)
{
    struct rouse_options options = {0};
    start_trace(&options);
    (void)rouse_runtime_init(&program, &options); /* cannot fail on this host */
}

struct rouse_runtime *rouse_i_js_runtime(void)
{
    if (!program.host)
        rouse_i_js_begin();
    return &program;
}

struct rouse_task *rouse_i_js_main(struct rouse_i_placed *slot, size_t size)
{
    main_task = rouse_i_spawn_in(&program, slot, size);
    program.main_task = main_task; /* so the runtime keeps the chain of its failure */
    return main_task;
}

static void end_program(rouse_status status)
{
    struct rouse_future *root = rouse_i_task_future(main_task);
    main_task = NULL;
    int code = rouse_i_program_end(root, status, rouse_last_error(&program));
    rouse_runtime_drop(&program);
    flush_stdout();
    rouse_host_done(code);
}

/* Asked when nothing is ready: no timer is armed, and nothing outside can wake a task. */
static bool is_stalled(void)
{
    return rouse_i_wheel_next(&program.timers) == ROUSE_NEVER &&
           rouse_i_list_is_empty(&program.remotes) && !(&rouse_i_js_waiting && rouse_i_js_waiting);
}

int32_t rouse_tick(void)
{
    bool more = rouse_turn(&program);
    if (!main_task)
        return (more ? MORE : 0) | (program.task_count ? 0 : IDLE);
    if (rouse_task_is_finished(main_task)) {
        end_program(rouse_i_task_future(main_task)->status);
        return false;
    }
    if (more || !is_stalled())
        return more;
    program.options.on_stall(program.options.on_stall_data, &program);
    end_program(ROUSE_ERR_DEADLOCK);
    return false;
}

void rouse_cancel(void)
{
    rouse_task_abort(main_task);
    rouse_host_wake();
}

static void report_sink(void *data, const char *text, size_t length)
{
    (void)data;
    rouse_host_text(text, length);
}

/* What rouse_dump prints, as far as the program links it: an export must not make every module
   larger. It may be called at any time, also inside a turn and after a trap. */
#pragma weak rouse_why
void rouse_report(void)
{
    if (!program.host) /* nothing has begun yet */
        return;
    rouse_i_dump(&program, report_sink, NULL);
    if (rouse_why)
        rouse_why(&program, NULL, report_sink, NULL);
}
