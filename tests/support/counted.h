/* counted.h: a runtime on the default host, whose memory is counted. */
#ifndef ROUSE_TEST_COUNTED_H
#define ROUSE_TEST_COUNTED_H

#include "test.h"

static struct rouse_runtime rt;
static struct test_memory memory;

static inline void begin(void)
{
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
}

static inline void end(void)
{
    rouse_runtime_drop(&rt);
    EXPECT_EQ(memory.live_blocks, 0);
}

#endif
