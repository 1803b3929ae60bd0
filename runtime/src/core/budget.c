/* budget.c: what happens when a poll has used up its budget: the task yields. */
#include "executor.h"
#include "../trace/trace_events.h"
#include "lint.h"

void rouse_i_spent(struct rouse_context *cx)
{
    cx->budget = 1;
    if (cx->runtime) {
        cx->runtime->forced_yields++;
        ROUSE_LINT_TASK(BUDGET_EXHAUSTED, cx->runtime->current);
    }
    rouse_i_wake_self(cx);
}
