/* pool: an item each, first come, first served. */
#include "eager.h"
#include "gate.h"

struct connection {
    struct rouse_pool_item item;
    struct gate opening;
    unsigned opens, shuts;
    bool out_of_memory;
};
static struct rouse_future *open_connection(void *data, struct rouse_pool_item *item)
{
    struct connection *connection = (struct connection *)(void *)item;
    (void)data;
    connection->opens++;
    ROUSE_PUT(connection->opening, gate());
    return connection->out_of_memory ? NULL : &connection->opening.future;
}
static void shut_connection(void *data, struct rouse_pool_item *item)
{
    (void)data;
    ((struct connection *)(void *)item)->shuts++;
}
static const struct rouse_pool_options connections = {.open = open_connection,
                                                      .shut = shut_connection};

TEST(pool_item_is_opened_by_the_first_who_gets_it)
{
    struct rouse_pool pool;
    struct connection c = {.opens = 0};
    rouse_pool_init(&pool, &connections);
    rouse_pool_add(&pool, &c.item);
    EXPECT(rouse_pool_try_acquire(&pool) == NULL); /* not open yet */
    struct rouse_pool_acquire a = rouse_pool_acquire(&pool), b = rouse_pool_acquire(&pool);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(c.opens, 1);
    gate_open(&c.opening, ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT(a.out == &c.item);
    EXPECT_PENDING(mock_poll(&u));
    rouse_pool_release(a.out);
    EXPECT_EQ(u.woken, 1);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_EQ(c.opens, 1);
    rouse_pool_release(b.out);
    EXPECT(rouse_pool_try_acquire(&pool) == &c.item);
    EXPECT(rouse_pool_try_acquire(&pool) == NULL);
    rouse_pool_release(&c.item);
    rouse_pool_close(&pool);
    EXPECT_EQ(c.shuts, 1);
}

TEST(pool_serves_in_turn_and_nobody_overtakes)
{
    struct rouse_pool pool;
    struct rouse_pool_item item = {.pool = NULL};
    rouse_pool_init(&pool, NULL);
    rouse_pool_add(&pool, &item);
    EXPECT(rouse_pool_try_acquire(&pool) == &item);
    struct rouse_pool_acquire a = rouse_pool_acquire(&pool), b = rouse_pool_acquire(&pool);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    EXPECT_PENDING(mock_poll(&t)); /* keeps its place */
    rouse_pool_release(&item);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(u.woken, 0);
    EXPECT(rouse_pool_try_acquire(&pool) == NULL);
    EXPECT_PENDING(mock_poll(&u));
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    rouse_drop(&b.future);
    rouse_pool_release(&item);
    EXPECT_EQ(t.live + u.live, 0);
}

TEST(pool_waiter_dropped_with_an_item_in_hand_passes_its_turn_on)
{
    struct rouse_pool pool;
    struct rouse_pool_item item = {.pool = NULL};
    rouse_pool_init(&pool, NULL);
    rouse_pool_add(&pool, &item);
    EXPECT(rouse_pool_try_acquire(&pool) == &item);
    struct rouse_pool_acquire a = rouse_pool_acquire(&pool), b = rouse_pool_acquire(&pool);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    rouse_pool_release(&item);
    rouse_drop(&a.future);
    EXPECT_EQ(u.woken, 1);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT(b.out == &item);
    rouse_pool_release(&item);
}

TEST(pool_item_that_cannot_be_opened_goes_to_the_next_who_tries_again)
{
    struct rouse_pool pool;
    struct connection c = {.opens = 0};
    rouse_pool_init(&pool, &connections);
    rouse_pool_add(&pool, &c.item);
    struct rouse_pool_acquire a = rouse_pool_acquire(&pool), b = rouse_pool_acquire(&pool);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    gate_open(&c.opening, -1500);
    EXPECT_READY(mock_poll(&t), -1500);
    EXPECT(a.out == NULL);
    EXPECT_EQ(u.woken, 1);
    EXPECT_PENDING(mock_poll(&u));
    EXPECT_EQ(c.opens, 2);
    EXPECT_EQ(c.shuts, 0); /* it never was open */
    rouse_drop(&b.future); /* cancelled while it opens */
    EXPECT_EQ(gate_drops(&c.opening), 1);
    c.out_of_memory = true;
    struct rouse_pool_acquire d = rouse_pool_acquire(&pool);
    struct mock_task v = mock_task(&d.future);
    EXPECT_READY(mock_poll(&v), ROUSE_ERR_NO_MEMORY);
    rouse_drop(&c.opening.future);
}

TEST(pool_item_that_is_broken_is_shut_and_opened_anew)
{
    struct rouse_pool pool;
    struct connection c[2] = {{.opens = 0}};
    rouse_pool_init(&pool, &connections);
    for (int i = 0; i < 2; i++)
        rouse_pool_add(&pool, &c[i].item);
    for (int i = 0; i < 2; i++) {
        struct rouse_pool_acquire a = rouse_pool_acquire(&pool);
        struct mock_task t = mock_task(&a.future);
        EXPECT_PENDING(mock_poll(&t));
        gate_open(&c[i].opening, ROUSE_OK);
        EXPECT_READY(mock_poll(&t), ROUSE_OK);
    }
    rouse_pool_discard(&c[0].item);
    EXPECT_EQ(c[0].shuts, 1);
    rouse_pool_release(&c[1].item);
    EXPECT(rouse_pool_try_acquire(&pool) == &c[1].item); /* the open one first */
    struct rouse_pool_acquire b = rouse_pool_acquire(&pool);
    struct mock_task u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&u));
    EXPECT_EQ(c[0].opens, 2);
    rouse_drop(&b.future);
    rouse_pool_release(&c[1].item);
    rouse_pool_close(&pool);
}

TEST(closed_pool_ends_every_wait_and_shuts_what_comes_back)
{
    struct rouse_pool pool;
    struct connection c[2] = {{.opens = 0}};
    rouse_pool_init(&pool, &connections);
    rouse_pool_add(&pool, &c[0].item);
    struct rouse_pool_acquire a = rouse_pool_acquire(&pool), b = rouse_pool_acquire(&pool),
                              late = rouse_pool_acquire(&pool);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future),
                     v = mock_task(&late.future);
    EXPECT_PENDING(mock_poll(&t));
    gate_open(&c[0].opening, ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_PENDING(mock_poll(&u));
    rouse_pool_close(&pool);
    EXPECT_EQ(u.woken, 1);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_CLOSED);
    EXPECT_READY(mock_poll(&v), ROUSE_ERR_CLOSED);
    EXPECT_EQ(c[0].shuts, 0);
    rouse_pool_release(a.out);
    EXPECT_EQ(c[0].shuts, 1);
    EXPECT(rouse_pool_try_acquire(&pool) == NULL);
    rouse_pool_close(&pool);
    EXPECT_EQ(c[0].shuts, 1);
    EXPECT_EQ(u.live, 0);
}

TEST(pool_waiter_that_a_wake_polls_at_once_leaves_the_line_of_the_close)
{
    struct rouse_pool pool;
    rouse_pool_init(&pool, NULL);
    MOCK(rouse_pool_acquire, second, rouse_pool_acquire(&pool));
    struct rouse_pool_acquire first = rouse_pool_acquire(&pool);
    struct eager eager = {&second_task, ROUSE_PENDING_};
    EXPECT_PENDING(eager_poll(&first.future, &eager));
    EXPECT_PENDING(POLL(second));
    rouse_pool_close(&pool);
    EXPECT_EQ(eager.status, ROUSE_ERR_CLOSED);
    EXPECT_EQ(second_task.woken, 0);
    EXPECT_EQ(second_task.live, 0);
    EXPECT_READY(eager_poll(&first.future, &eager), ROUSE_ERR_CLOSED);
}

TEST(pool_that_never_had_an_item_lets_wait_until_one_is_added)
{
    struct rouse_pool pool;
    struct rouse_pool_item item = {.pool = NULL};
    rouse_pool_init(&pool, NULL);
    struct rouse_pool_acquire a = rouse_pool_acquire(&pool);
    struct mock_task t = mock_task(&a.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_pool_add(&pool, &item);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    rouse_pool_discard(&item); /* without `open` and `shut` that is a release */
    EXPECT(rouse_pool_try_acquire(&pool) == &item);
    rouse_pool_release(&item);
}
