/* dump.c: every task and the line it is parked on, as text. */
#include "executor.h"
#include "text.h"
#include <rouse/trace.h>

void rouse_dump(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                void *sink_data)
{
    struct rouse_i_chunk *chunk = NULL;
    struct rouse_task *task = NULL;
    while ((task = rouse_i_task_next(rt, &chunk, task))) {
        char buffer[2048];
        struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
        struct rouse_future *root = rouse_i_task_future(task);
        const char *state = task->state & TASK_RUNNING  ? "running"
                            : task->state & TASK_QUEUED ? "ready"
                                                        : "waiting";
        rouse_i_text_string(&text, "  task ");
        rouse_i_text_string(&text, rouse_task_name(task));
        rouse_i_text_string(&text, ", ");
        rouse_i_text_string(&text, state);
        rouse_i_text_char(&text, ':');
        rouse_i_text_chain(&text, "in", task->innermost ? task->innermost : root);
        rouse_i_text_char(&text, '\n');
        sink(sink_data, text.start, text.length);
    }
}
