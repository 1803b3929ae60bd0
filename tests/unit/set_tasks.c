/* A set of tasks: the joins of its members. */
#include "gate.h"
#include "set_by_hand.h"

struct napper {
    struct rouse_future future;
    uint64_t ns;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(napper)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(self->ns));
    ROUSE_END;
}
enum { TASKS = 10 };
struct tasks {
    struct rouse_future future;
    struct rouse_task *tasks[TASKS];
    struct rouse_task_join joins[TASKS];
    struct rouse_set set;
    struct rouse_set_next next;
    struct rouse_sleep nap;
    int finished, cancelled;
};
ROUSE_ASYNC(tasks)
{
    ROUSE_BEGIN;
    rouse_set_init(&self->set);
    for (int i = 0; i < TASKS; i++) {
        self->tasks[i] = ROUSE_SPAWN(ROUSE_FUTURE(napper, .ns = i % 2 ? ROUSE_MS : 60 * ROUSE_S));
        ROUSE_PUT(self->joins[i], rouse_task_join(self->tasks[i]));
        rouse_set_add(&self->set, &self->joins[i].future);
    }
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_S));
    for (int i = 0; i < TASKS; i++)
        rouse_task_abort(self->tasks[i]); /* half of them have finished */
    ROUSE_EACH(self->next, rouse_set_next(&self->set)) {
        self->finished += self->next.out->status == ROUSE_OK;
        self->cancelled += self->next.out->status == ROUSE_ERR_CANCELLED;
    }
    ROUSE_FINALLY;
    rouse_set_drop(&self->set);
    for (int i = 0; i < TASKS; i++)
        rouse_task_detach(self->tasks[i]);
    ROUSE_END;
}

TEST(set_of_task_joins_gives_out_the_finished_and_the_aborted)
{
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    struct tasks tasks = ROUSE_FUTURE(tasks);
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, &tasks.future), ROUSE_OK);
    EXPECT_EQ(tasks.finished, TASKS / 2);
    EXPECT_EQ(tasks.cancelled, TASKS / 2);
    end();
}

/* A member's waker, cloned: it must still be the same waker. */
