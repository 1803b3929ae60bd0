/* report.h: a runtime whose reports are kept as text. */
#ifndef REPORT_H
#define REPORT_H

#include "test.h"
#include <rouse/test.h>

static char said[65536];

static inline void collect(void *data, const char *text, size_t length)
{
    (void)data;
    strncat(said, text, length);
}

static inline const char *dump_of(struct rouse_runtime *rt)
{
    said[0] = '\0';
    rouse_dump(rt, collect, NULL);
    return said;
}

static inline const char *why(struct rouse_runtime *rt, const struct rouse_task *task)
{
    said[0] = '\0';
    rouse_why(rt, task, collect, NULL);
    return said;
}

static inline void stay_silent(void *data, struct rouse_runtime *rt)
{
    (void)data, (void)rt;
}

static struct rouse_fake_host host;

static inline void open_runtime(struct rouse_runtime *rt)
{
    struct rouse_options options = {.host = &host.host, .on_stall = stay_silent};
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(rt, &options), ROUSE_OK);
}

static inline void run(struct rouse_runtime *rt)
{
    while (rouse_turn(rt)) {
    }
}

/* Spawns it, lets it wait, and expects what the dump says. */
#define EXPECT_WAITS(rt, text, ...)                                \
    do {                                                           \
        struct rouse_task *waiting = rouse_spawn(rt, __VA_ARGS__); \
        run(rt);                                                   \
        EXPECT_CONTAINS(dump_of(rt), text);                        \
        rouse_task_abort(waiting);                                 \
        rouse_task_detach(waiting);                                \
    } while (0)

#endif
