/* dump.c: every task and the line where it is parked, as text. Every program links this for the
   report of a deadlock. What the tasks wait for is added by waits.c, if the program links it. */
#include "../io/job.h"
#include "waits.h"
#include <rouse/trace.h>

#pragma weak rouse_i_text_task_detail

#if ROUSE_KNOWS
enum { MAX_DEPTH = 20 }; /* so that a long chain of spawns stays readable */

/* Indents each line of a task by its depth in the tree. */
static void write_indented(const struct rouse_i_text *text, unsigned depth,
                           void (*sink)(void *, const char *, size_t), void *sink_data)
{
    static const char blanks[] = "                                        ";
    size_t indent = 2 * (depth < MAX_DEPTH ? depth : MAX_DEPTH);
    for (size_t at = 0, end = 0; at < text->length; at = end) {
        while (end < text->length && text->start[end++] != '\n') {
        }
        sink(sink_data, blanks, indent);
        sink(sink_data, text->start + at, end - at);
    }
}
#else
#define write_indented(text, depth, sink, sink_data) \
    ((sink)((sink_data), (text)->start, (text)->length))
#endif

static void add_task(struct rouse_i_text *text, struct rouse_runtime *rt, struct rouse_task *task)
{
    rouse_i_text_string(text, "  task ");
    rouse_i_text_string(text, rouse_task_name(task));
    rouse_i_text_string(text, ", ");
    rouse_i_text_string(text, rouse_i_task_state(task));
    rouse_i_text_char(text, ':');
#if !ROUSE_KNOWS /* with ROUSE_KNOWS, waits.c is always linked */
    if (!rouse_i_text_task_detail) {
        rouse_i_text_chain(text, "in", rouse_i_task_frame(task));
        return;
    }
#endif
    rouse_i_text_task_detail(text, rt, task);
}

#ifdef __wasm__
#define write_busy_threads(sink, sink_data) ((void)0) /* one thread */
#else
#pragma weak rouse_i_jobs /* of programs with jobs */
static void write_busy_threads(void (*sink)(void *, const char *, size_t), void *sink_data)
{
    if (!rouse_i_jobs)
        return;
    char buffer[128];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    struct rouse_i_jobs jobs = rouse_i_jobs();
    if (jobs.waiting == 0)
        return;
    rouse_i_text_string(&text, "  all blocking threads are busy (");
    rouse_i_text_number(&text, jobs.threads);
    rouse_i_text_string(&text, "); calls that wait for one: ");
    rouse_i_text_number(&text, jobs.waiting);
    rouse_i_text_char(&text, '\n');
    sink(sink_data, text.start, text.length);
}
#endif

void rouse_i_dump(struct rouse_runtime *rt, void (*sink)(void *, const char *, size_t),
                  void *sink_data)
{
    struct rouse_i_walk walk = {NULL, NULL, 0};
    struct rouse_task *task;
    while ((task = rouse_i_walk_next(rt, &walk))) {
        char buffer[4096];
        struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer - 1);
        add_task(&text, rt, task);
        text.size = sizeof buffer; /* room for the end of the line, also if the text was cut */
        rouse_i_text_char(&text, '\n');
        write_indented(&text, walk.depth, sink, sink_data);
    }
    write_busy_threads(sink, sink_data);
}
