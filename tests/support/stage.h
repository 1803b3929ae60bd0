/* stage.h: a runtime under the fake host, whose memory is counted. */
#ifndef ROUSE_TEST_STAGE_H
#define ROUSE_TEST_STAGE_H

#include "test.h"

static struct rouse_fake_host host;
static struct test_memory memory;
static struct rouse_runtime rt;

static inline void say_error(void *data, struct rouse_runtime *runtime, const char *task,
                             const struct rouse_error *error)
{
    (void)data, (void)runtime;
    test_say("%s failed %d", task, (int)error->status);
}

static inline void begin_on_host(struct rouse_options options)
{
    memory = (struct test_memory){0};
    options.host = &host.host;
    options.allocate = test_allocate;
    options.allocate_data = &memory;
    if (!options.on_error)
        options.on_error = say_error;
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
}

static inline void begin_with(struct rouse_options options)
{
    rouse_fake_host_init(&host);
    begin_on_host(options);
}

static inline void begin(void)
{
    begin_with((struct rouse_options){0});
}

static inline void end(void)
{
    rouse_runtime_drop(&rt);
    EXPECT_EQ(memory.live_blocks, 0);
}

static inline void run(void)
{
    rouse_fake_host_advance(&host, 0);
}

#endif
