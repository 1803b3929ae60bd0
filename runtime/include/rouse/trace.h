/* trace.h: what your tasks wait for, and what happened: reports, a trace of events, and lints. */
#ifndef ROUSE_TRACE_H
#define ROUSE_TRACE_H

#include "future.h"

#ifdef __cplusplus
extern "C" {
#endif

struct rouse_task;

/* ---- Where is my task stuck? --------------------------------------------------------------- */

/* Works in every build, at any time, also inside a poll, and allocates nothing. `sink` gets the
   text in pieces; it must not spawn or end tasks. */

/* Prints every task: its state and size, the line where it is parked, who awaits whom, and what it
   waits for; then every deadlock. */
void rouse_dump(struct rouse_runtime *rt, void (*sink)(void *data, const char *text, size_t length),
                void *sink_data);
/* The same as JSON (docs/debugging.md). */
void rouse_dump_json(struct rouse_runtime *rt,
                     void (*sink)(void *data, const char *text, size_t length), void *sink_data);
/* Prints what one task waits for, and so on until the chain ends, in a deadlock or elsewhere. Task
   NULL: prints every deadlock, also while other tasks go on. */
void rouse_why(struct rouse_runtime *rt, const struct rouse_task *task,
               void (*sink)(void *data, const char *text, size_t length), void *sink_data);

/* ---- The trace ----------------------------------------------------------------------------- */

/* One event. A record is little-endian on every host. A string is an offset into the string table;
   the file of a type comes right behind its name. */
struct rouse_trace_record {
    uint32_t seq; /* has no gaps: the ring has lost the records before the first one */
    uint8_t kind, side;
    uint16_t flags;
    uint32_t task, a, b, c; /* task: its id, 0 for none */
    double t;               /* milliseconds */
};

/* The ring and its strings. `capacity` is a power of two. */
struct rouse_trace {
    struct rouse_trace_record *ring;
    uint32_t capacity, seq, lost;
    char *strings; /* NUL-terminated, back to back; offset 0 is "" */
    uint32_t string_capacity, string_used;
    uint32_t strings_lost;
    /* private: the strings seen last, by their addresses */
    struct rouse_i_seen {
        const char *text;
        uint32_t at;
    } seen[64];
};

/* Prepares a trace in your memory, for rouse_options.trace. Only builds with ROUSE_TRACE record.
   INVALID if `count` is not a power of two or a buffer is missing. */
rouse_status rouse_trace_init(struct rouse_trace *trace, struct rouse_trace_record *ring,
                              size_t count, char *strings, size_t string_size);
/* Adds a line of your own to the trace of a runtime. */
#if ROUSE_TRACE
void rouse_trace_log(struct rouse_runtime *rt, const char *text);
#else
#define rouse_trace_log(rt, text) ((void)(rt), (void)(text))
#endif

/* The time axis: the order of events, or the runtime's clock, virtual or not. */
enum rouse_trace_base { ROUSE_BASE_LOGICAL, ROUSE_BASE_CLOCK };
/* Writes Chrome Trace Event JSON, for ui.perfetto.dev and DevTools (docs/trace.md). */
void rouse_trace_write(const struct rouse_trace *trace, enum rouse_trace_base base,
                       void (*sink)(void *data, const char *text, size_t length), void *sink_data);

/* The record `index` of those still in the ring, the oldest first; NULL beyond the last. */
const struct rouse_trace_record *rouse_trace_at(const struct rouse_trace *trace, uint32_t index);
const char *rouse_trace_text(const struct rouse_trace *trace, uint32_t offset);
const char *rouse_trace_kind_name(uint8_t kind); /* "fut.create"; "?" if unknown */

/* ---- The events ---------------------------------------------------------------------------- */

/* X(name, code, "category.name", a, b, c): every event, and the names of its three words. Codes are
   stable; a reader may know only some of them. The first character of a word's name says how to
   read it: '=' is signed, '$' a string, '^' the low half of 64 bits (the next word is the high
   one), anything else unsigned. A pair _BEGIN, _END with neighbouring codes is one slice. */
#define ROUSE_TRACE_LIST(X)                                                 \
    X(FUT_CREATE, 1, "fut.create", "fut", "$type", "size")                  \
    X(FUT_DROP, 2, "fut.drop", "fut", "unpolled", "")                       \
    X(FUT_MOVE, 3, "fut.move", "fut", "", "") /* into its task */           \
    X(TASK_SPAWN, 8, "task.spawn", "$type", "size", "parent")               \
    X(TASK_DONE, 9, "task.done", "=status", "", "")                         \
    X(TASK_CANCEL, 10, "task.cancel", "", "", "")                           \
    X(TASK_DETACH, 11, "task.detach", "", "", "")                           \
    X(TASK_JOIN, 12, "task.join", "joined", "", "")                         \
    X(POLL_BEGIN, 16, "poll.begin", "fut", "from", "$type")                 \
    X(POLL_END, 17, "poll.end", "fut", "to", "=status")                     \
    X(WAKER_CLONE, 20, "waker.clone", "", "", "")                           \
    X(WAKER_DROP, 21, "waker.drop", "", "", "")                             \
    X(WAKE, 24, "wake", "by_task", "by", "") /* by: enum rouse_trace_by */  \
    X(TURN_BEGIN, 32, "turn.begin", "", "", "")                             \
    X(TURN_END, 33, "turn.end", "more", "", "")                             \
    X(TIMER_ARM, 40, "timer.arm", "^deadline", "", "fut")                   \
    X(TIMER_FIRE, 41, "timer.fire", "^deadline", "", "fut")                 \
    X(TIMER_CANCEL, 42, "timer.cancel", "^deadline", "", "fut")             \
    X(IO_START, 44, "io.start", "op", "$what", "")                          \
    X(IO_SETTLE, 45, "io.settle", "op", "=status", "")                      \
    X(LOG, 48, "log", "$text", "", "")                                      \
    X(LINT, 49, "lint", "$lint", "fut", "$text")                            \
    X(SEL_WIN, 52, "sel.win", "fut", "index", "child")                      \
    X(SEL_LOSE, 53, "sel.lose", "fut", "index", "child")                    \
    X(CHAN_SEND, 56, "chan.send", "addr", "held", "")                       \
    X(CHAN_RECV, 57, "chan.recv", "addr", "held", "")                       \
    X(CHAN_FULL, 58, "chan.full", "addr", "", "")                           \
    X(CHAN_EMPTY, 59, "chan.empty", "addr", "", "")                         \
    X(LOCK_WAIT, 60, "lock.wait", "addr", "$what", "")                      \
    X(LOCK_TAKE, 61, "lock.take", "addr", "$what", "")                      \
    X(LOCK_RELEASE, 62, "lock.release", "addr", "$what", "")                \
    X(MEM, 64, "mem", "live", "peak", "")                                   \
    X(JS_CALL_BEGIN, 72, "js.call.begin", "call", "$name", "")              \
    X(JS_CALL_END, 73, "js.call.end", "call", "", "")                       \
    X(JS_MICROTASK_BEGIN, 74, "js.microtask.begin", "promise", "$name", "") \
    X(JS_MICROTASK_END, 75, "js.microtask.end", "promise", "", "")          \
    X(JS_AWAIT, 76, "js.await", "call", "promise", "line")                  \
    X(JS_RESUME, 77, "js.resume", "call", "promise", "line")                \
    X(JS_PROMISE, 78, "js.promise", "promise", "$name", "")                 \
    X(JS_RESOLVE, 79, "js.resolve", "promise", "", "")                      \
    X(JS_REJECT, 80, "js.reject", "promise", "$text", "")                   \
    X(JS_TIMER, 81, "js.timer", "timer", "state", "")                       \
    X(JS_UNHANDLED, 82, "js.unhandled", "promise", "$text", "")

enum rouse_trace_kind {
#define ROUSE_TRACE_ENUM_(name, code, text, a, b, c) ROUSE_EVENT_##name = (code),
    ROUSE_TRACE_LIST(ROUSE_TRACE_ENUM_)
#undef ROUSE_TRACE_ENUM_
        ROUSE_EVENT_NONE = 0
};
/* What woke a task. */
enum rouse_trace_by {
    ROUSE_BY_OUTSIDE, /* not known */
    ROUSE_BY_TASK,    /* another task */
    ROUSE_BY_TIMER,
    ROUSE_BY_REMOTE, /* another thread, or a signal */
    ROUSE_BY_PROMISE,
    ROUSE_BY_SELF
};
enum rouse_trace_side { ROUSE_SIDE_C = 1, ROUSE_SIDE_JS = 2, ROUSE_SIDE_HOST = 3 };

/* ---- Lints --------------------------------------------------------------------------------- */

/* X(name, text, advice): what looks wrong, in traced builds. docs/lints.md says when. */
#define ROUSE_LINT_LIST(X)                                                                        \
    X(SELF_WAKES, "self-wakes",                                                                   \
      "keep the waker and wake it when there is something to do: this task polls in a loop")      \
    X(LOST_WAKER, "lost-waker",                                                                   \
      "call rouse_waker_store before ROUSE_PENDING: nobody can wake this task any more")          \
    X(NEVER_YIELDED, "never-yielded",                                                             \
      "put a ROUSE_YIELD into the loop: this task ran from its beginning to its end in one poll") \
    X(SLOW_POLL, "slow-poll", "put a ROUSE_YIELD into the loop: all others waited for this poll") \
    X(LARGE_FUTURE, "large-future",                                                               \
      "put large buffers elsewhere: the frame of this task is copied when it is spawned")         \
    X(NEVER_POLLED, "never-polled", "await it: this future was made, and nothing of it has run")  \
    X(DROPPED_WHILE_PENDING, "dropped-while-pending",                                             \
      "join it or give it to a scope: the runtime ended before this task had")                    \
    X(MOVED_AFTER_POLL, "moved-after-poll",                                                       \
      "leave it where it was first polled: something points to its old place")                    \
    X(UNOBSERVED_RESULT, "unobserved-result",                                                     \
      "join it, or give it to a scope: this task failed and nobody looks")                        \
    X(BUDGET_EXHAUSTED, "budget-exhausted",                                                       \
      "put a ROUSE_YIELD into the loop: what it awaits is always ready, so it was made to yield")

enum rouse_lint_kind {
#define ROUSE_LINT_ENUM_(name, text, advice) ROUSE_LINT_##name,
    ROUSE_LINT_LIST(ROUSE_LINT_ENUM_)
#undef ROUSE_LINT_ENUM_
        ROUSE_LINTS
};
/* What rouse_options.on_lint gets. The strings are valid only during the call. */
struct rouse_lint {
    enum rouse_lint_kind kind;
    const char *name, *advice; /* "self-wakes", and what to do about it */
    const char *type, *file;   /* of the future; NULL: not known */
    uint32_t line;             /* where it stands; 0: not known */
    uint32_t future, task;     /* ids, as in the trace; 0: no task */
};

#ifdef __cplusplus
}
#endif
#endif
