/* row.h: a row of docs/coming-from.md is an async function that runs. A comment names what is
   written elsewhere, the paragraph below it is what is written here, and the rest of the body asks
   whether it did what it should. tools/docs-tables.mjs copies the comments and the paragraphs. */
#ifndef ROUSE_TEST_ROW_H
#define ROUSE_TEST_ROW_H

#include "test.h"

/* Runs a future under a virtual clock; it must succeed and leave no memory behind. */
static inline void row_run(struct rouse_future *row)
{
    static struct rouse_runtime rt;
    struct test_memory memory = {0};
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, row), ROUSE_OK);
    rouse_runtime_drop(&rt);
    EXPECT_EQ(memory.live_blocks, 0);
}

/* The struct's members, then the body. */
#define ROW(row, ...)                          \
    struct row {                               \
        struct rouse_future future;            \
        __VA_ARGS__                            \
    };                                         \
    static const struct rouse_type row##_type; \
    TEST(row)                                  \
    {                                          \
        struct row made = ROUSE_FUTURE(row);   \
        row_run(&made.future);                 \
    }                                          \
    ROUSE_ASYNC(row)

/* What the rows await: takes `ms`, then gives `n`, or fails with it if it is negative. */
static unsigned works_begun, works_ended;
struct work {
    struct rouse_future future;
    unsigned ms;
    int n;
    int out;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(work)
{
    ROUSE_BEGIN;
    works_begun++;
    ROUSE_AWAIT(self->nap, rouse_sleep(self->ms * ROUSE_MS));
    if (self->n < 0)
        ROUSE_FAIL(self->n);
    ROUSE_RETURN(self->n);
    ROUSE_FINALLY;
    if (ROUSE_STARTED)
        works_ended++;
    ROUSE_END;
}
ROUSE_LAZY static inline struct work work(unsigned ms, int n)
{
    return ROUSE_FUTURE(work, .ms = ms, .n = n);
}
#define NOW_MS(cx) (rouse_now((cx)->runtime) / ROUSE_MS)

#endif
