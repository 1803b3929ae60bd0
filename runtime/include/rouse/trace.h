/* trace.h: what happened, as 32-byte records in memory that the caller gave. In builds without
   ROUSE_TRACE nothing is recorded and every call below compiles to nothing.

   A record is little-endian on every host. `seq` has no gaps: what the ring lost is the difference
   between the first record's seq and 0, and is also counted in `lost`. */
#ifndef ROUSE_TRACE_H
#define ROUSE_TRACE_H

#include "future.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(name, code, "cat.name"): kinds of events. Codes are stable: a reader may know only some. */
#define ROUSE_TRACE_LIST(X)                                                                 \
    X(FUT_CREATE, 1, "fut.create") /* a: future, b: type name, c: size */                   \
    X(FUT_DROP, 2, "fut.drop")     /* a: future, b: 1 if it was never polled */             \
    X(FUT_MOVE, 3, "fut.move")     /* a: future, which became the root of the task */       \
    X(TASK_SPAWN, 8, "task.spawn") /* a: root future, b: size, c: the task that spawned */  \
    X(TASK_DONE, 9, "task.done")   /* a: status */                                          \
    X(TASK_CANCEL, 10, "task.cancel")                                                       \
    X(TASK_DETACH, 11, "task.detach")                                                       \
    X(TASK_JOIN, 12, "task.join")   /* a: the task that is waited for */                    \
    X(POLL_BEGIN, 16, "poll.begin") /* a: future, b: line it resumes at */                  \
    X(POLL_END, 17, "poll.end")     /* a: future, b: line it stopped at, c: status */       \
    X(WAKE, 24, "wake")             /* the task is woken; a: by which task, b: ROUSE_BY_ */ \
    X(TURN_BEGIN, 32, "turn.begin")                                                         \
    X(TURN_END, 33, "turn.end")         /* a: 1 if more is ready */                         \
    X(TIMER_ARM, 40, "timer.arm")       /* a, b: deadline, low and high word; c: future */  \
    X(TIMER_FIRE, 41, "timer.fire")     /* a, b: deadline; c: future */                     \
    X(TIMER_CANCEL, 42, "timer.cancel") /* a, b: deadline; c: future */                     \
    X(LOG, 48, "log")                   /* a: text */

enum rouse_trace_kind {
#define ROUSE_TRACE_ENUM_(name, code, text) ROUSE_EVENT_##name = (code),
    ROUSE_TRACE_LIST(ROUSE_TRACE_ENUM_)
#undef ROUSE_TRACE_ENUM_
        ROUSE_EVENT_NONE = 0
};
/* Who woke: nobody known, a task, a timer, another thread or a signal. */
enum rouse_trace_by { ROUSE_BY_OUTSIDE, ROUSE_BY_TASK, ROUSE_BY_TIMER, ROUSE_BY_REMOTE };
enum rouse_trace_side { ROUSE_SIDE_C = 1, ROUSE_SIDE_JS = 2, ROUSE_SIDE_HOST = 3 };

/* `a`, `b`, `c` depend on the kind; a name or text there is an offset into the string table. */
struct rouse_trace_record {
    uint32_t seq;
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
};

/* INVALID if `count` is not a power of two or a buffer is missing. */
rouse_status rouse_trace_init(struct rouse_trace *trace, struct rouse_trace_record *ring,
                              size_t count, char *strings, size_t string_size);
/* The record `index` of those still in the ring, oldest first; NULL beyond the last. */
const struct rouse_trace_record *rouse_trace_at(const struct rouse_trace *trace, uint32_t index);
const char *rouse_trace_text(const struct rouse_trace *trace, uint32_t offset);
const char *rouse_trace_kind_name(uint8_t kind); /* "fut.create"; "?" if unknown */

/* Every task, the line it is parked on and who awaits whom, as text for a person. In any build. */
void rouse_dump(struct rouse_runtime *rt, void (*sink)(void *data, const char *text, size_t length),
                void *sink_data);

/* A line of your own in the trace of a runtime. */
#if ROUSE_TRACE
void rouse_trace_log(struct rouse_runtime *rt, const char *text);
#else
#define rouse_trace_log(rt, text) ((void)(rt), (void)(text))
#endif

#ifdef __cplusplus
}
#endif
#endif
