/* lint.h: what the executor tells the lints of lint.c. Without ROUSE_TRACE it is nothing. */
#ifndef ROUSE_LINT_H
#define ROUSE_LINT_H

#include <rouse/trace.h>

#if ROUSE_TRACE
#define ROUSE_LINT(kind, future) rouse_i_lint(ROUSE_LINT_##kind, (future))
#define ROUSE_LINT_TASK(kind, task) rouse_i_lint_task(ROUSE_LINT_##kind, (task))
struct rouse_task;
void rouse_i_lint(enum rouse_lint_kind kind, const struct rouse_future *f);
/* Reports each kind once for each task. */
void rouse_i_lint_task(enum rouse_lint_kind kind, struct rouse_task *task);
void rouse_i_lint_spawn(struct rouse_task *task);
void rouse_i_lint_turn(struct rouse_runtime *rt);
/* Around the poll of a task. */
void rouse_i_lint_begin(struct rouse_runtime *rt);
void rouse_i_lint_end(struct rouse_runtime *rt, bool done);
/* One more waker of the task is stored (1), or one less (-1). */
void rouse_i_lint_waker(void *task, int change);
void rouse_i_lint_for_ever(struct rouse_context *cx);
void rouse_i_lint_unpolled(struct rouse_runtime *rt);
/* Releases an owned waker's reference to its task, and counts it. */
void rouse_i_waker_release(void *task);
#else
#define ROUSE_LINT(kind, future) ((void)0)
#define ROUSE_LINT_TASK(kind, task) ((void)0)
#define rouse_i_lint_spawn(task) ((void)0)
#define rouse_i_lint_turn(rt) ((void)0)
#define rouse_i_lint_begin(rt) ((void)0)
#define rouse_i_lint_end(rt, done) ((void)0)
#define rouse_i_lint_waker(task, change) ((void)0)
#define rouse_i_lint_for_ever(cx) ((void)0)
#define rouse_i_lint_unpolled(rt) ((void)0)
#define rouse_i_waker_release rouse_i_task_release
#endif

#endif
