/* budget.c: the end of a poll's budget. */
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
