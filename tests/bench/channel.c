/* channel.c: values from task to task.

   One operation: pingpong_chan is one round trip through two channels of capacity 1; mpsc64_* is
   one 8-byte item through a channel of capacity 64, from 1 or 100 producers; oneshot is making one,
   sending and receiving. */
#include "crew.h"

enum { CAPACITY = 64 };

/* ---- Ping-pong ---------------------------------------------------------------------------------
 */

struct side {
    struct rouse_future future;
    struct rouse_channel *here, *there;
    uint64_t left, item;
    bool serves;
    struct rouse_send send;
    struct rouse_recv recv;
};
ROUSE_ASYNC(side)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--) {
        if (self->serves)
            ROUSE_AWAIT(self->send, rouse_send(self->there, &self->left));
        ROUSE_AWAIT(self->recv, rouse_recv(self->here, &self->item));
        if (!self->serves)
            ROUSE_AWAIT(self->send, rouse_send(self->there, &self->item));
        bench_check(self->item == self->left, "another item came back");
    }
    ROUSE_END;
}

static void pingpong_chan(struct rouse_runtime *rt, uint64_t n)
{
    struct rouse_channel ping, pong;
    uint64_t storage[2];
    struct crew crew = ROUSE_FUTURE(crew);
    rouse_channel_init(&ping, &storage[0], sizeof storage[0], 1);
    rouse_channel_init(&pong, &storage[1], sizeof storage[0], 1);
    crew_add(&crew, rouse_spawn(rt, ROUSE_FUTURE(side, .here = &ping, .there = &pong, .left = n)));
    crew_add(&crew, rouse_spawn(rt, ROUSE_FUTURE(side, .here = &pong, .there = &ping, .left = n,
                                                 .serves = true)));
    bench_block_on(rt, &crew.future);
}

/* ---- Many producers ----------------------------------------------------------------------------
 */

struct producer {
    struct rouse_future future;
    struct rouse_channel *channel;
    uint64_t i, items;
    struct rouse_send send;
};
ROUSE_ASYNC(producer)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < self->items; self->i++)
        ROUSE_AWAIT(self->send, rouse_send(self->channel, &self->i));
    ROUSE_END;
}

struct consumer {
    struct rouse_future future;
    struct rouse_channel *channel;
    uint64_t left, item;
    struct rouse_recv recv;
};
ROUSE_ASYNC(consumer)
{
    ROUSE_BEGIN;
    for (; self->left > 0; self->left--)
        ROUSE_AWAIT(self->recv, rouse_recv(self->channel, &self->item));
    ROUSE_END;
}

static void mpsc64(struct rouse_runtime *rt, uint64_t n, uint64_t producers)
{
    struct rouse_channel channel;
    uint64_t storage[CAPACITY];
    struct crew crew = ROUSE_FUTURE(crew);
    rouse_channel_init(&channel, storage, sizeof storage[0], CAPACITY);
    for (uint64_t i = 0; i < producers; i++)
        crew_add(&crew, rouse_spawn(rt, ROUSE_FUTURE(producer, .channel = &channel,
                                                     .items = n / producers)));
    crew_add(&crew, rouse_spawn(rt, ROUSE_FUTURE(consumer, .channel = &channel, .left = n)));
    bench_block_on(rt, &crew.future);
}

static void mpsc64_1p(struct rouse_runtime *rt, uint64_t n)
{
    mpsc64(rt, n, 1);
}

static void mpsc64_100p(struct rouse_runtime *rt, uint64_t n)
{
    mpsc64(rt, n, 100);
}

/* ---- Oneshot ------------------------------------------------------------------------------------
 */

struct shots {
    struct rouse_future future;
    uint64_t i, n, slot, item;
    struct rouse_oneshot oneshot;
    struct rouse_oneshot_recv recv;
};
ROUSE_ASYNC(shots)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < self->n; self->i++) {
        rouse_oneshot_init(&self->oneshot, &self->slot, sizeof self->slot);
        (void)rouse_oneshot_send(&self->oneshot, &self->i);
        ROUSE_AWAIT(self->recv, rouse_oneshot_recv(&self->oneshot, &self->item));
        bench_check(self->item == self->i, "another item came");
    }
    ROUSE_END;
}

static void oneshot(struct rouse_runtime *rt, uint64_t n)
{
    struct shots f = ROUSE_FUTURE(shots, .n = n);
    bench_block_on(rt, &f.future);
}

int main(int argc, char **argv)
{
    bench_begin(argc, argv);
    bench("pingpong_chan", 500000, pingpong_chan);
    bench("mpsc64_1p", 1000000, mpsc64_1p);
    bench("mpsc64_100p", 1000000, mpsc64_100p);
    bench("oneshot", 1000000, oneshot);
    return EXIT_SUCCESS;
}
