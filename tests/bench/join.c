/* join.c: one future made of many.

   One operation: join_all_1000 is one child, pending once, of a join of 1000. */
#include "bench.h"

enum { CHILDREN = 1000 };

struct joins {
    struct rouse_future future;
    uint64_t left;
    struct rouse_join join;
    struct rouse_future *list[CHILDREN];
    struct rouse_yield children[CHILDREN];
};
ROUSE_ASYNC(joins)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        for (int i = 0; i < CHILDREN; i++) {
            self->children[i] = rouse_yield();
            self->list[i] = &self->children[i].future;
        }
        ROUSE_AWAIT(self->join, rouse_join(self->list, CHILDREN));
    }
    ROUSE_END;
}

static void join_all_1000(struct rouse_runtime *rt, uint64_t n)
{
    struct joins *root = calloc(1, sizeof *root);
    bench_check(root != NULL, "out of memory");
    ROUSE_FUTURE_INIT(joins, root);
    root->left = n / CHILDREN;
    bench_block_on(rt, &root->future);
    free(root);
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("join_all_1000", 1000000, join_all_1000);
    return EXIT_SUCCESS;
}
