/* notify.c: two tasks that wake each other.

   One operation: pingpong_notify is one round trip: two notifications, two waits. */
#include "crew.h"

struct side {
    struct rouse_future future;
    uint64_t left;
    struct rouse_notify *here, *there;
    struct rouse_notify_wait wait;
};

ROUSE_ASYNC(side)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        ROUSE_AWAIT(self->wait, rouse_notify_wait(self->here));
        rouse_notify_one(self->there);
    }
    ROUSE_END;
}
ROUSE_LAZY static struct side side(struct rouse_notify *here, struct rouse_notify *there,
                                   uint64_t rounds)
{
    return ROUSE_FUTURE(side, .here = here, .there = there, .left = rounds);
}

static void pingpong_notify(struct rouse_runtime *rt, uint64_t n)
{
    struct rouse_notify ping, pong;
    struct crew crew = ROUSE_FUTURE(crew);
    rouse_notify_init(&ping);
    rouse_notify_init(&pong);
    rouse_notify_one(&ping); /* the first serve */
    crew_add(&crew, rouse_spawn(rt, side(&ping, &pong, n)));
    crew_add(&crew, rouse_spawn(rt, side(&pong, &ping, n)));
    bench_block_on(rt, &crew.future);
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("pingpong_notify", 500000, pingpong_notify);
    return EXIT_SUCCESS;
}
