/* crew.h: a runtime under the fake host, and workers that say what happens to them. */
#ifndef ROUSE_TEST_CREW_H
#define ROUSE_TEST_CREW_H

#include "test.h"

static struct rouse_fake_host host;
static struct test_memory memory;
static struct rouse_runtime rt;

__attribute__((unused)) static void say_error(void *data, struct rouse_runtime *runtime,
                                              const char *task, const struct rouse_error *error)
{
    (void)data, (void)runtime;
    test_say("%s failed %d", task, (int)error->status);
}

static void begin_with(struct rouse_options options)
{
    memory = (struct test_memory){0};
    rouse_fake_host_init(&host);
    options.host = &host.host;
    options.allocate = test_allocate;
    options.allocate_data = &memory;
    options.on_error = say_error;
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
}

__attribute__((unused)) static void begin(void)
{
    begin_with((struct rouse_options){0});
}

static void end(void)
{
    rouse_runtime_drop(&rt);
    EXPECT_EQ(memory.live_blocks, 0);
}

static void run(void)
{
    rouse_fake_host_advance(&host, 0);
}

/* Sleeps, then ends with `result`; says what it did when it ends. */
struct worker {
    struct rouse_future future;
    const char *name;
    uint64_t ms;
    rouse_status result;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(worker)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(self->ms * ROUSE_MS));
    if (self->result < 0)
        ROUSE_FAIL_WITH(self->result, "as told");
    test_say("%s", self->name);
    ROUSE_FINALLY;
    if (self->future.status < 0)
        test_say("-%s", self->name);
    ROUSE_END;
}
#define WORKER(...) ROUSE_FUTURE(worker, __VA_ARGS__)

#endif
