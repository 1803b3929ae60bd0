/* trace_events.h: how the runtime records an event. Without ROUSE_TRACE these macros expand to
   nothing, and their arguments are not compiled. Traced builds keep a pointer to the running
   runtime, the only global of the library: the maker of a future does not know its runtime. */
#ifndef ROUSE_TRACE_EVENTS_H
#define ROUSE_TRACE_EVENTS_H

#include <rouse/trace.h>

/* The name of an object in an event: its address, or the low half of it on hosts of 64 bits. */
#define ROUSE_ADDRESS(object) ((uint32_t)(uintptr_t)(object))

#if ROUSE_TRACE
struct rouse_task;
#define ROUSE_EVENT(kind, a, b, c) rouse_i_trace(ROUSE_EVENT_##kind, (a), (b), (c))
#define ROUSE_EVENT_OF(task, kind, a, b, c) \
    rouse_i_trace_task(ROUSE_EVENT_##kind, rouse_i_task_future(task)->id, (a), (b), (c))
/* For an owned waker. The runtime of its task may be gone. */
#define ROUSE_EVENT_WAKER(kind, task) rouse_i_trace_waker(ROUSE_EVENT_##kind, (task))
void rouse_i_trace_waker(enum rouse_trace_kind kind, void *task);
void rouse_i_trace(enum rouse_trace_kind kind, uint32_t a, uint32_t b, uint32_t c);
void rouse_i_trace_task(enum rouse_trace_kind kind, uint32_t task, uint32_t a, uint32_t b,
                        uint32_t c);
/* For a lock or another object with an address. Its name `what` is a string that is never freed. */
#define ROUSE_EVENT_ON(kind, object, what) rouse_i_trace_on(ROUSE_EVENT_##kind, (object), (what))
void rouse_i_trace_on(enum rouse_trace_kind kind, const void *object, const char *what);
/* The bytes of tasks on the heap have changed. */
#define ROUSE_EVENT_MEM(slab, change) rouse_i_trace_memory((slab), (change))
struct rouse_i_slab;
void rouse_i_trace_memory(struct rouse_i_slab *slab, size_t change);
#define ROUSE_EVENT_WAKE(rt, task) rouse_i_trace_wake((rt), (task))
#define ROUSE_EVENT_POLL(f) rouse_i_trace_poll(f)
#define ROUSE_EVENT_SPAWN(rt, task) rouse_i_trace_spawn((rt), (task))
void rouse_i_trace_wake(struct rouse_runtime *rt, struct rouse_task *task);
void rouse_i_trace_spawn(struct rouse_runtime *rt, struct rouse_task *task);
void rouse_i_trace_poll(const struct rouse_future *f);
/* From here on, events belong to `rt`. Returns the runtime to leave to: the outer one, if this
   happens inside its turn, else `rt` itself, because wakes come between turns as well. */
struct rouse_runtime *rouse_i_trace_enter(struct rouse_runtime *rt);
void rouse_i_trace_leave(struct rouse_runtime *outer);
struct rouse_runtime *rouse_i_trace_entered(void);
uint32_t rouse_i_trace_text(const char *text);
#else
#define ROUSE_EVENT(kind, a, b, c) ((void)0)
#define ROUSE_EVENT_OF(task, kind, a, b, c) ((void)0)
#define ROUSE_EVENT_ON(kind, object, what) ((void)0)
#define ROUSE_EVENT_MEM(slab, change) ((void)0)
#define ROUSE_EVENT_WAKER(kind, task) ((void)0)
#define ROUSE_EVENT_WAKE(rt, task) ((void)0)
#define ROUSE_EVENT_POLL(f) ((void)0)
#define ROUSE_EVENT_SPAWN(rt, task) ((void)0)
#define rouse_i_trace_enter(rt) (rt)
#define rouse_i_trace_leave(outer) ((void)(outer))
#endif

/* The trace of a whole program: see trace_file.c. A JavaScript host reads the ring instead. */
#if ROUSE_TRACE && !defined(ROUSE_JS)
struct rouse_trace *rouse_i_trace_file_open(void);
void rouse_i_trace_file_close(void);
#else
#define rouse_i_trace_file_open() NULL
#define rouse_i_trace_file_close() ((void)0)
#endif

#endif
