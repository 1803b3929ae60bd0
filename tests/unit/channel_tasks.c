/* A channel between tasks. */
#include "test.h"

static struct rouse_channel ch;
static int slots[4];

struct producer {
    struct rouse_future future;
    int i;
    struct rouse_send send;
};
ROUSE_ASYNC(producer)
{
    ROUSE_BEGIN;
    for (self->i = 1; self->i <= 10; self->i++)
        ROUSE_AWAIT(self->send, rouse_send(&ch, &self->i));
    rouse_channel_close(&ch);
    ROUSE_END;
}

struct consumer {
    struct rouse_future future;
    int item, sum;
    struct rouse_recv recv;
};
ROUSE_ASYNC(consumer)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->recv, rouse_recv(&ch, &self->item))
        self->sum += self->item;
    ROUSE_END;
}

static void run_all(size_t capacity)
{
    struct producer p = ROUSE_FUTURE(producer);
    struct consumer c = ROUSE_FUTURE(consumer), d = ROUSE_FUTURE(consumer);
    MOCK(rouse_join, all, rouse_join(ROUSE_LIST(&p.future, &c.future, &d.future)));
    rouse_channel_init(&ch, slots, sizeof slots[0], capacity);
    while (rouse_is_pending(POLL(all)))
        EXPECT(all_task.woken > 0);
    EXPECT_EQ(c.future.status, ROUSE_OK);
    EXPECT_EQ(c.sum + d.sum, 55);
}

TEST(each_over_a_channel_runs_once_per_item_until_it_is_closed)
{
    for (size_t capacity = 0; capacity <= 4; capacity++)
        run_all(capacity);
}
