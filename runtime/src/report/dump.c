/* dump.c: every task and the line it is parked on, as text. Linked by every program, for the report
   of a stall; so the rest is said by waits.c, where the program links that. */
#include "waits.h"
#include <rouse/trace.h>

#pragma weak rouse_i_task_detail

#if ROUSE_KNOWS
enum { DEEPEST = 20 }; /* so that a long chain of spawns stays readable */

/* Each line of a task is as far to the right as the task is deep in the tree. */
static void emit(const struct rouse_i_text *text, unsigned depth,
                 void (*sink)(void *, const char *, size_t), void *sink_data)
{
    static const char blanks[] = "                                        ";
    size_t indent = 2 * (depth < DEEPEST ? depth : DEEPEST);
    for (size_t at = 0, end = 0; at < text->length; at = end) {
        while (end < text->length && text->start[end++] != '\n') {
        }
        sink(sink_data, blanks, indent);
        sink(sink_data, text->start + at, end - at);
    }
}
#else
#define emit(text, depth, sink, sink_data) ((sink)((sink_data), (text)->start, (text)->length))
#endif

static void say_task(struct rouse_i_text *text, struct rouse_runtime *rt, struct rouse_task *task)
{
    rouse_i_text_string(text, "  task ");
    rouse_i_text_string(text, rouse_task_name(task));
    rouse_i_text_string(text, ", ");
    rouse_i_text_string(text, rouse_i_task_state(task));
    rouse_i_text_char(text, ':');
#if !ROUSE_KNOWS /* there it is always linked */
    if (!rouse_i_task_detail) {
        rouse_i_text_chain(text, "in", rouse_i_task_frame(task));
        return;
    }
#endif
    rouse_i_task_detail(text, rt, task);
}

void rouse_i_dump(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                  void *sink_data)
{
    struct rouse_i_walk walk = {NULL, NULL, 0};
    struct rouse_task *task;
    while ((task = rouse_i_walk_next(rt, &walk))) {
        char buffer[4096];
        struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer - 1);
        say_task(&text, rt, task);
        text.size = sizeof buffer; /* the end of the line, also of what was cut */
        rouse_i_text_char(&text, '\n');
        emit(&text, walk.depth, sink, sink_data);
    }
}
