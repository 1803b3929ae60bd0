/* trace_events.h: how the runtime records an event. Without ROUSE_TRACE it is nothing: the
   arguments are not even compiled. Traced builds keep one pointer to the running runtime's trace,
   the only global of the library: a future is created where no runtime can be named. */
#ifndef ROUSE_TRACE_EVENTS_H
#define ROUSE_TRACE_EVENTS_H

#include <rouse/trace.h>

#if ROUSE_TRACE
#define ROUSE_EVENT(kind, a, b, c) rouse_i_trace(ROUSE_EVENT_##kind, (a), (b), (c))
#define ROUSE_EVENT_OF(task, kind, a, b, c) \
    rouse_i_trace_task(ROUSE_EVENT_##kind, rouse_i_task_future(task)->id, (a), (b), (c))
void rouse_i_trace(enum rouse_trace_kind kind, uint32_t a, uint32_t b, uint32_t c);
void rouse_i_trace_task(enum rouse_trace_kind kind, uint32_t task, uint32_t a, uint32_t b,
                        uint32_t c);
#define ROUSE_EVENT_WAKE(rt, task) rouse_i_trace_wake((rt), (task))
#define ROUSE_EVENT_POLL(f) rouse_i_trace_poll(f)
#define ROUSE_EVENT_SPAWN(rt, task) rouse_i_trace_spawn((rt), (task))
struct rouse_task;
void rouse_i_trace_wake(struct rouse_runtime *rt, struct rouse_task *task);
void rouse_i_trace_spawn(struct rouse_runtime *rt, struct rouse_task *task);
/* The trace of a whole program, see trace_file.c. */
struct rouse_trace *rouse_i_trace_file_open(void);
void rouse_i_trace_file_close(void);
void rouse_i_trace_poll(const struct rouse_future *f);
void rouse_i_trace_enter(struct rouse_runtime *rt);
#else
#define ROUSE_EVENT(kind, a, b, c) ((void)0)
#define ROUSE_EVENT_OF(task, kind, a, b, c) ((void)0)
#define ROUSE_EVENT_WAKE(rt, task) ((void)0)
#define ROUSE_EVENT_POLL(f) ((void)0)
#define ROUSE_EVENT_SPAWN(rt, task) ((void)0)
#define rouse_i_trace_enter(rt) ((void)0)
#define rouse_i_trace_file_open() NULL
#define rouse_i_trace_file_close() ((void)0)
#endif

#endif
