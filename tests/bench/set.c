/* set.c: a set of 1000 futures, each pending once.

   One operation is one member: added, polled twice, handed out. futures_unordered_1000 allocates
   its nodes, set_in_place_1000 has them in the frame. */
#include "bench.h"

enum { MEMBERS = 1000 };

struct sets {
    struct rouse_future future;
    uint64_t left;
    bool in_place;
    struct rouse_set set;
    struct rouse_set_next next;
    struct rouse_yield members[MEMBERS];
    struct rouse_set_node nodes[MEMBERS];
};
ROUSE_ASYNC(sets)
{
    ROUSE_BEGIN;
    rouse_set_init(&self->set);
    for (; self->left > 0; self->left--) {
        for (int i = 0; i < MEMBERS; i++) {
            self->members[i] = rouse_yield();
            if (self->in_place)
                rouse_set_add_in(&self->set, &self->nodes[i], &self->members[i].future);
            else
                rouse_set_add(&self->set, &self->members[i].future);
        }
        ROUSE_EACH(self->next, rouse_set_next(&self->set)) {
        }
    }
    ROUSE_FINALLY;
    rouse_set_drop(&self->set);
    ROUSE_END;
}

static void run(struct rouse_runtime *rt, uint64_t n, bool in_place)
{
    struct sets *root = calloc(1, sizeof *root);
    bench_check(root != NULL, "out of memory");
    ROUSE_FUTURE_INIT(sets, root);
    root->left = n / MEMBERS;
    root->in_place = in_place;
    bench_block_on(rt, &root->future);
    free(root);
}

static void futures_unordered_1000(struct rouse_runtime *rt, uint64_t n)
{
    run(rt, n, false);
}

static void set_in_place_1000(struct rouse_runtime *rt, uint64_t n)
{
    run(rt, n, true);
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("futures_unordered_1000", 1000000, futures_unordered_1000);
    bench("set_in_place_1000", 1000000, set_in_place_1000);
    return EXIT_SUCCESS;
}
