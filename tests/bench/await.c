/* await.c: what an await costs, child made by value each time.

   One operation:
   await_ready_leaf     await a leaf that is ready at once
   await_pending_once   await a leaf that is pending once, and be resumed when it is done
   await_ready_nested   make, poll and finish one async function; they come three deep */
#include "bench.h"

/* ---- Leaves -------------------------------------------------------------------------------- */

struct ready_leaves {
    struct rouse_future future;
    uint64_t left;
    struct rouse_ready leaf;
};
ROUSE_ASYNC(ready_leaves)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--)
        ROUSE_AWAIT(self->leaf, rouse_ready(ROUSE_OK));
    ROUSE_END;
}

static void await_ready_leaf(struct rouse_runtime *rt, uint64_t n)
{
    struct ready_leaves root = ROUSE_FUTURE(ready_leaves, .left = n);
    bench_block_on(rt, &root.future);
}

struct yield_leaves {
    struct rouse_future future;
    uint64_t left;
    struct rouse_yield leaf;
};
ROUSE_ASYNC(yield_leaves)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--)
        ROUSE_AWAIT(self->leaf, rouse_yield());
    ROUSE_END;
}

static void await_pending_once(struct rouse_runtime *rt, uint64_t n)
{
    struct yield_leaves root = ROUSE_FUTURE(yield_leaves, .left = n);
    bench_block_on(rt, &root.future);
}

/* ---- Nested: each level adds to a counter, so that none of them can be left out ------------ */

static uint64_t calls;

struct level1 {
    struct rouse_future future;
};
ROUSE_ASYNC(level1)
{
    ROUSE_BEGIN;
    calls++;
    ROUSE_END;
}
ROUSE_LAZY static struct level1 level1(void)
{
    return ROUSE_FUTURE(level1);
}

struct level2 {
    struct rouse_future future;
    struct level1 child;
};
ROUSE_ASYNC(level2)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->child, level1());
    calls++;
    ROUSE_END;
}
ROUSE_LAZY static struct level2 level2(void)
{
    return ROUSE_FUTURE(level2);
}

struct level3 {
    struct rouse_future future;
    struct level2 child;
};
ROUSE_ASYNC(level3)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->child, level2());
    calls++;
    ROUSE_END;
}
ROUSE_LAZY static struct level3 level3(void)
{
    return ROUSE_FUTURE(level3);
}

struct nested {
    struct rouse_future future;
    uint64_t left;
    struct level3 child;
};
ROUSE_ASYNC(nested)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--)
        ROUSE_AWAIT(self->child, level3());
    ROUSE_END;
}

static void await_ready_nested(struct rouse_runtime *rt, uint64_t n)
{
    struct nested root = ROUSE_FUTURE(nested, .left = n / 3);
    calls = 0;
    bench_block_on(rt, &root.future);
    bench_check(calls == n, "not every level ran");
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("await_ready_leaf", 3000000, await_ready_leaf);
    bench("await_pending_once", 1000000, await_pending_once);
    bench("await_ready_nested", 3000000, await_ready_nested);
    return EXIT_SUCCESS;
}
