/* trace_events.h: how the runtime records an event. Without ROUSE_TRACE it is nothing: the
   arguments are not even compiled. Traced builds keep one pointer to the running runtime's trace,
   the only global of the library: a future is created where no runtime can be named. */
#ifndef ROUSE_TRACE_EVENTS_H
#define ROUSE_TRACE_EVENTS_H

#include <rouse/trace.h>

/* How an object is named in an event: on hosts of 64 bits the low half of its address. */
#define ROUSE_ADDRESS(object) ((uint32_t)(uintptr_t)(object))

#if ROUSE_TRACE
struct rouse_task;
#define ROUSE_EVENT(kind, a, b, c) rouse_i_trace(ROUSE_EVENT_##kind, (a), (b), (c))
#define ROUSE_EVENT_OF(task, kind, a, b, c) \
    rouse_i_trace_task(ROUSE_EVENT_##kind, rouse_i_task_future(task)->id, (a), (b), (c))
/* Of an owned waker, whose task's runtime may be gone. */
#define ROUSE_EVENT_WAKER(kind, task) rouse_i_trace_waker(ROUSE_EVENT_##kind, (task))
void rouse_i_trace_waker(enum rouse_trace_kind kind, void *task);
void rouse_i_trace(enum rouse_trace_kind kind, uint32_t a, uint32_t b, uint32_t c);
void rouse_i_trace_task(enum rouse_trace_kind kind, uint32_t task, uint32_t a, uint32_t b,
                        uint32_t c);
/* Of a lock or another thing with an address and a name, a string that stays. */
#define ROUSE_EVENT_ON(kind, object, what) rouse_i_trace_on(ROUSE_EVENT_##kind, (object), (what))
void rouse_i_trace_on(enum rouse_trace_kind kind, const void *object, const char *what);
/* The bytes of tasks on the heap. */
#define ROUSE_EVENT_MEM(slab, more) rouse_i_trace_memory((slab), (more))
struct rouse_i_slab;
void rouse_i_trace_memory(struct rouse_i_slab *slab, size_t more);
#define ROUSE_EVENT_WAKE(rt, task) rouse_i_trace_wake((rt), (task))
#define ROUSE_EVENT_POLL(f) rouse_i_trace_poll(f)
#define ROUSE_EVENT_SPAWN(rt, task) rouse_i_trace_spawn((rt), (task))
void rouse_i_trace_wake(struct rouse_runtime *rt, struct rouse_task *task);
void rouse_i_trace_spawn(struct rouse_runtime *rt, struct rouse_task *task);
void rouse_i_trace_poll(const struct rouse_future *f);
/* Events are of `rt` from here on. Gives whose they are when it is left: those of a runtime in
   whose turn all this happens, else still those of `rt`, for wakes come between turns, too. */
struct rouse_runtime *rouse_i_trace_enter(struct rouse_runtime *rt);
void rouse_i_trace_leave(struct rouse_runtime *outer);
struct rouse_runtime *rouse_i_trace_entered(void);
uint32_t rouse_i_trace_text(const char *text);
#else
#define ROUSE_EVENT(kind, a, b, c) ((void)0)
#define ROUSE_EVENT_OF(task, kind, a, b, c) ((void)0)
#define ROUSE_EVENT_ON(kind, object, what) ((void)0)
#define ROUSE_EVENT_MEM(slab, more) ((void)0)
#define ROUSE_EVENT_WAKER(kind, task) ((void)0)
#define ROUSE_EVENT_WAKE(rt, task) ((void)0)
#define ROUSE_EVENT_POLL(f) ((void)0)
#define ROUSE_EVENT_SPAWN(rt, task) ((void)0)
#define rouse_i_trace_enter(rt) (rt)
#define rouse_i_trace_leave(outer) ((void)(outer))
#endif

/* The trace of a whole program, see trace_file.c. JavaScript reads the ring instead of a file. */
#if ROUSE_TRACE && !defined(ROUSE_JS)
struct rouse_trace *rouse_i_trace_file_open(void);
void rouse_i_trace_file_close(void);
#else
#define rouse_i_trace_file_open() NULL
#define rouse_i_trace_file_close() ((void)0)
#endif

#endif
