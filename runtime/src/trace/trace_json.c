/* trace_json.c: writes the ring as Chrome Trace Event JSON. Every event carries `seq` and `t`, so a
   reader can choose another time axis. docs/trace.md has the format.

   Invariants, which trace-check.ts checks in every trace: a pair is one slice with `seq` and
   `end`; slices of a thread nest; a flow ends in the poll it caused; every future that was created
   has an end, if only the end of the trace. */
#include "future_ids.h"
#include "../base/text.h"
#include <rouse/rouse.h>
#include <string.h>

enum { TID_TURNS = 1, TID_TIMERS = 2, TID_MICROTASKS = 3, TID_TASKS = 100 };

struct writer {
    const struct rouse_trace *trace;
    enum rouse_trace_base base;
    void (*sink)(void *data, const char *text, size_t length);
    void *sink_data;
    struct rouse_i_text line;
    char buffer[2048];
};

/* The row of the X-list for a kind; `name` is NULL for a kind that is not in the list. */
struct kind {
    const char *name, *words[3];
};

static struct kind kind_of(uint8_t kind)
{
    switch (kind) {
#define KIND_OF(name, code, text, a, b, c) \
    case (code):                           \
        return (struct kind){text, {a, b, c}};
        ROUSE_TRACE_LIST(KIND_OF)
    default:
        return (struct kind){NULL, {"a", "b", "c"}};
    }
}

/* ---- Text ---------------------------------------------------------------------------------- */

static void begin_line(struct writer *w)
{
    w->line = rouse_i_text(w->buffer, sizeof w->buffer);
}

static void end_line(struct writer *w, const char *end)
{
    rouse_i_text_string(&w->line, end);
    w->sink(w->sink_data, w->line.start, w->line.length);
}

static void add_json_string(struct writer *w, const char *s)
{
    for (int room = 200; *s && room; s++, room--) {
        if ((unsigned char)*s < ' ')
            rouse_i_text_add(&w->line, "\\u%04x", (unsigned)*s);
        else
            rouse_i_text_add(&w->line, *s == '"' || *s == '\\' ? "\\%c" : "%c", *s);
    }
}

static void add_member(struct writer *w, const char *name, const char *value)
{
    rouse_i_text_add(&w->line, ",\"%s\":\"", name);
    add_json_string(w, value);
    rouse_i_text_char(&w->line, '"');
}

static void add_micros(struct writer *w, const char *name, uint64_t ns)
{
    rouse_i_text_add(&w->line, ",\"%s\":%llu", name, (unsigned long long)(ns / 1000));
    if (ns % 1000)
        rouse_i_text_add(&w->line, ".%03u", (unsigned)(ns % 1000));
}

/* ---- Where an event is shown ---------------------------------------------------------------- */

static uint64_t stamp(const struct writer *w, const struct rouse_trace_record *r)
{
    if (w->base == ROUSE_BASE_LOGICAL)
        return (uint64_t)r->seq * 1000000;
    return (uint64_t)(r->t * 1e6) + r->seq; /* so no slice has the length 0, which is not drawn */
}

static uint32_t thread_of(const struct rouse_trace_record *r)
{
    if (r->kind >= ROUSE_EVENT_TIMER_ARM && r->kind <= ROUSE_EVENT_TIMER_CANCEL)
        return TID_TIMERS;
    if (r->kind == ROUSE_EVENT_JS_MICROTASK_BEGIN)
        return TID_MICROTASKS;
    return r->task ? TID_TASKS + r->task : TID_TURNS;
}

static bool is_begin(uint8_t kind)
{
    return kind == ROUSE_EVENT_POLL_BEGIN || kind == ROUSE_EVENT_TURN_BEGIN ||
           kind == ROUSE_EVENT_JS_CALL_BEGIN || kind == ROUSE_EVENT_JS_MICROTASK_BEGIN;
}

/* The record that ends the pair; NULL if the trace ended before. */
static const struct rouse_trace_record *end_of(const struct writer *w, uint32_t index)
{
    const struct rouse_trace_record *begin = rouse_trace_at(w->trace, index), *r;
    for (int depth = 0; (r = rouse_trace_at(w->trace, index)); index++) {
        if (r->side != begin->side)
            continue;
        depth += (r->kind == begin->kind) - (r->kind == begin->kind + 1);
        if (depth == 0)
            return r;
    }
    return NULL;
}

/* ---- Events -------------------------------------------------------------------------------- */

static void add_head(struct writer *w, const char *phase, const char *name, uint8_t side,
                     uint32_t tid)
{
    const char *dot = strrchr(name, '.');
    size_t length = dot ? (size_t)(dot - name) : strlen(name);
    begin_line(w);
    rouse_i_text_add(&w->line, "{\"ph\":\"%s\",\"pid\":%u,\"tid\":%u,\"cat\":\"", phase, side, tid);
    for (size_t i = 0; i < length; i++)
        rouse_i_text_char(&w->line, name[i]);
    rouse_i_text_char(&w->line, '"');
}

static void add_args(struct writer *w, const struct rouse_trace_record *r)
{
    uint64_t ns = (uint64_t)(r->t * 1e6 + 0.5);
    rouse_i_text_add(&w->line, ",\"args\":{\"seq\":%u,\"t\":%llu.%06u,\"task\":%u", r->seq,
                     (unsigned long long)(ns / 1000000), (unsigned)(ns % 1000000), r->task);
}

static void add_word(struct writer *w, const char *word, uint32_t value, uint32_t high)
{
    if (*word == '$')
        add_member(w, word + 1, rouse_trace_text(w->trace, value));
    else if (*word == '=')
        rouse_i_text_add(&w->line, ",\"%s\":%d", word + 1, (int)value);
    else if (*word == '^')
        rouse_i_text_add(&w->line, ",\"%s\":%llu", word + 1,
                         (unsigned long long)high << 32 | value);
    else if (*word)
        rouse_i_text_add(&w->line, ",\"%s\":%u", word, value);
}

static void add_words(struct writer *w, const struct rouse_trace_record *r)
{
    struct kind kind = kind_of(r->kind);
    if (!kind.name)
        rouse_i_text_add(&w->line, ",\"kind\":%u", r->kind);
    add_word(w, kind.words[0], r->a, r->b);
    add_word(w, kind.words[1], r->b, r->c);
    add_word(w, kind.words[2], r->c, 0);
}

static void write_instant(struct writer *w, const struct rouse_trace_record *r)
{
    const char *name = rouse_trace_kind_name(r->kind), *dot = strrchr(name, '.');
    if (r->kind == ROUSE_EVENT_LOG || r->kind == ROUSE_EVENT_LINT)
        dot = rouse_trace_text(w->trace, r->a) - 1;
    add_head(w, r->kind == ROUSE_EVENT_MEM ? "C" : "i", name, r->side, thread_of(r));
    add_member(w, "name", dot ? dot + 1 : name);
    if (r->kind != ROUSE_EVENT_MEM)
        rouse_i_text_string(&w->line, ",\"s\":\"t\"");
    add_micros(w, "ts", stamp(w, r));
    add_args(w, r);
    add_words(w, r);
    end_line(w, "}},\n");
}

static const char *result_of(const struct rouse_trace_record *end)
{
    if (!end)
        return "cut";
    rouse_status status = (rouse_status)end->c;
    return status == ROUSE_PENDING_ ? "pending"
           : status == ROUSE_ITEM_  ? "item"
           : status < 0             ? rouse_status_name(status)
                                    : "ready";
}

/* `file:line` where the poll stopped, or where it began. The file lies behind the type's name. */
static void add_poll(struct writer *w, const struct rouse_trace_record *r,
                     const struct rouse_trace_record *end)
{
    const char *type = rouse_trace_text(w->trace, r->c);
    const char *file = rouse_trace_text(w->trace, r->c + (uint32_t)strlen(type) + 1);
    uint32_t line = end && end->b < ROUSE_AT_UNSTARTED ? end->b : r->b;
    rouse_i_text_add(&w->line, ",\"to\":%u", end ? end->b : r->b);
    add_member(w, "res", result_of(end));
    rouse_i_text_add(&w->line, ",\"status\":%d,\"src\":\"", end ? (int)end->c : 0);
    add_json_string(w, file);
    if (line > ROUSE_AT_POLLED && line < ROUSE_AT_UNSTARTED)
        rouse_i_text_add(&w->line, ":%u", line);
    rouse_i_text_char(&w->line, '"');
}

static void write_slice(struct writer *w, uint32_t index)
{
    const struct rouse_trace_record *r = rouse_trace_at(w->trace, index), *end = end_of(w, index);
    const struct rouse_trace_record *last =
        end ? end : rouse_trace_at(w->trace, w->trace->seq - 1 - w->trace->lost);
    bool poll = r->kind == ROUSE_EVENT_POLL_BEGIN;
    const char *title =
        r->kind == ROUSE_EVENT_TURN_BEGIN ? "turn" : rouse_trace_text(w->trace, poll ? r->c : r->b);
    add_head(w, "X", rouse_trace_kind_name(r->kind), r->side, thread_of(r));
    rouse_i_text_string(&w->line, ",\"name\":\"");
    add_json_string(w, title);
    if (poll) {
        rouse_i_text_string(&w->line, " \xe2\x86\x92 "); /* an arrow */
        rouse_i_text_string(&w->line, result_of(end));
    }
    rouse_i_text_char(&w->line, '"');
    add_micros(w, "ts", stamp(w, r));
    add_micros(w, "dur", stamp(w, last) - stamp(w, r));
    add_args(w, r);
    if (end)
        rouse_i_text_add(&w->line, ",\"end\":%u", end->seq);
    add_words(w, r);
    if (poll)
        add_poll(w, r, end);
    else if (end)
        add_words(w, end);
    end_line(w, "}},\n");
}

/* The arrow begins at the wake and ends at the poll that it causes, if the trace has that poll. */
static void write_wake(struct writer *w, uint32_t index)
{
    const struct rouse_trace_record *r = rouse_trace_at(w->trace, index), *poll;
    add_head(w, "s", "wake", r->side, r->a ? TID_TASKS + r->a : TID_TURNS);
    rouse_i_text_add(&w->line, ",\"name\":\"wake\",\"id\":%u", r->seq);
    add_micros(w, "ts", stamp(w, r));
    add_args(w, r);
    add_words(w, r);
    end_line(w, "}},\n");
    for (uint32_t i = index; (poll = rouse_trace_at(w->trace, i)); i++)
        if (poll->kind == ROUSE_EVENT_POLL_BEGIN && poll->task == r->task)
            break;
    if (!poll)
        return;
    add_head(w, "f", "wake", poll->side, thread_of(poll));
    rouse_i_text_add(&w->line, ",\"name\":\"wake\",\"bp\":\"e\",\"id\":%u", r->seq);
    add_micros(w, "ts", stamp(w, poll));
    end_line(w, "},\n");
}

static void write_thread_name(struct writer *w, uint32_t tid, uint8_t side, const char *name)
{
    begin_line(w);
    rouse_i_text_add(&w->line, "{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":%u,\"tid\":%u,",
                     side, tid);
    rouse_i_text_add(&w->line, "\"args\":{\"name\":\"%s", tid > TID_TASKS ? "task " : "");
    if (tid > TID_TASKS)
        rouse_i_text_add(&w->line, "%u ", tid - TID_TASKS);
    add_json_string(w, name);
    end_line(w, "\"}},\n");
}

static void write_event(struct writer *w, uint32_t index)
{
    const struct rouse_trace_record *r = rouse_trace_at(w->trace, index);
    if (r->kind == ROUSE_EVENT_TASK_SPAWN)
        write_thread_name(w, thread_of(r), r->side, rouse_trace_text(w->trace, r->a));
    if (is_begin(r->kind))
        write_slice(w, index);
    else if (r->kind == ROUSE_EVENT_WAKE)
        write_wake(w, index);
    else if (!is_begin((uint8_t)(r->kind - 1))) /* the end of a pair is in the slice of its begin */
        write_instant(w, r);
}

/* ---- Futures that were live at the end ------------------------------------------------------- */

static bool ends(const struct rouse_trace_record *r)
{
    bool done = r->kind == ROUSE_EVENT_POLL_END && (rouse_status)r->c <= 0;
    return done || r->kind == ROUSE_EVENT_FUT_DROP || r->kind == ROUSE_EVENT_FUT_MOVE;
}

/* Without memory to find them, the ends are left out. */
static void write_ends(struct writer *w)
{
    const struct rouse_trace_record *r;
    struct rouse_i_future_ids open;
    uint32_t seq = w->trace->seq;
    if (!rouse_i_future_ids_find(&open, w->trace, ends))
        return;
    for (uint32_t i = 0; (r = rouse_trace_at(w->trace, i)); i++) {
        if (r->kind != ROUSE_EVENT_FUT_CREATE || !rouse_i_future_ids_has(&open, r->a))
            continue;
        const struct rouse_trace_record *last =
            rouse_trace_at(w->trace, w->trace->seq - 1 - w->trace->lost);
        struct rouse_trace_record end = {
            .seq = seq++, .t = last->t, .task = r->task, .side = r->side};
        add_head(w, "i", "fut.drop", end.side, thread_of(&end));
        rouse_i_text_string(&w->line, ",\"name\":\"drop\",\"s\":\"t\"");
        add_micros(w, "ts", stamp(w, &end));
        add_args(w, &end);
        rouse_i_text_add(&w->line, ",\"fut\":%u,\"by\":\"end\"", r->a);
        end_line(w, "}},\n");
    }
    rouse_i_future_ids_free(&open);
}

/* ---- The file ------------------------------------------------------------------------------- */

static void write_process(struct writer *w, unsigned pid, const char *name)
{
    begin_line(w);
    rouse_i_text_add(&w->line, "{\"ph\":\"M\",\"name\":\"process_name\",\"pid\":%u,\"tid\":0,",
                     pid);
    rouse_i_text_add(&w->line, "\"args\":{\"name\":\"%s\"}},\n", name);
    end_line(w, "");
}

void rouse_trace_write(const struct rouse_trace *trace, enum rouse_trace_base base,
                       void (*sink)(void *data, const char *text, size_t length), void *sink_data)
{
    struct writer w = {.trace = trace, .base = base, .sink = sink, .sink_data = sink_data};
    bool javascript = false;
    begin_line(&w);
    end_line(&w, "{\"traceEvents\":[\n");
    for (uint32_t i = 0; rouse_trace_at(trace, i); i++) {
        write_event(&w, i);
        javascript |= rouse_trace_at(trace, i)->side == ROUSE_SIDE_JS;
    }
    write_ends(&w);
    write_thread_name(&w, TID_TIMERS, ROUSE_SIDE_C, "timers");
    write_thread_name(&w, TID_TURNS, ROUSE_SIDE_C, "executor");
    if (javascript)
        write_process(&w, ROUSE_SIDE_JS, "JavaScript");
    write_process(&w, ROUSE_SIDE_C, "C lazy futures");
    begin_line(&w);
    rouse_i_text_add(&w.line, "{\"ph\":\"M\",\"name\":\"process_sort_index\",\"pid\":1,\"tid\":0,");
    rouse_i_text_add(&w.line, "\"args\":{\"sort_index\":1}}\n],\"displayTimeUnit\":\"ms\",");
    rouse_i_text_add(&w.line, "\"otherData\":{\"format\":\"rouse-trace/1\",\"base\":\"%s\",",
                     base == ROUSE_BASE_LOGICAL ? "logical" : "clock");
    rouse_i_text_add(&w.line, "\"lib\":\"%s\",\"lost\":%u,", ROUSE_VERSION, trace->lost);
    rouse_i_text_add(&w.line, "\"strings_lost\":%u}}\n", trace->strings_lost);
    end_line(&w, "");
}
