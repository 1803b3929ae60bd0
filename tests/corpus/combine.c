/* Every combinator and limit, for the cancel and allocation loops of the corpus. */
#include <rouse/rouse.h>
#include <stdio.h>

/* ---- a child that counts the living: none may be left ------------------------------------------
 */

static int living;
struct child {
    struct rouse_future future;
    uint64_t steps; /* so many polls; ten or more: milliseconds */
    rouse_status fails;
    bool lives;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(child)
{
    ROUSE_BEGIN;
    self->lives = true;
    living++;
    if (self->steps >= 10)
        ROUSE_AWAIT(self->nap, rouse_sleep(self->steps * ROUSE_MS));
    else
        for (; self->steps > 0; self->steps--)
            ROUSE_YIELD;
    if (self->fails)
        ROUSE_FAIL(self->fails);
    ROUSE_FINALLY;
    if (self->lives)
        living--;
    ROUSE_END;
}
ROUSE_LAZY static struct child child(uint64_t steps, rouse_status fails)
{
    return ROUSE_FUTURE(child, .steps = steps, .fails = fails);
}

/* ---- lists -------------------------------------------------------------------------------------
 */

struct lists {
    struct rouse_future future;
    struct child a, b, c;
    struct rouse_try_join try_join;
    struct rouse_settle settle;
    struct rouse_race race;
    struct rouse_any any;
    struct rouse_select select;
    rouse_status status;
};
static void lists_put(struct lists *self, uint64_t a, uint64_t b, uint64_t c)
{
    ROUSE_PUT(self->a, child(a, ROUSE_OK));
    ROUSE_PUT(self->b, child(b, -1001));
    ROUSE_PUT(self->c, child(c, ROUSE_OK));
}
#define LISTED ROUSE_LIST(&self->a.future, &self->b.future, &self->c.future)
ROUSE_ASYNC(lists)
{
    ROUSE_BEGIN;
    lists_put(self, 1, 2, 3);
    ROUSE_TRY_AWAIT(self->status, self->try_join, rouse_try_join(LISTED));
    printf("try_join %d by %zu\n", (int)self->status, self->try_join.out);
    lists_put(self, 1, 2, 3);
    ROUSE_AWAIT(self->settle, rouse_settle(LISTED));
    printf("settle %zu, %zu\n", self->settle.out.failures, self->settle.out.first_failed);
    lists_put(self, 3, 2, 1);
    ROUSE_AWAIT(self->race, rouse_race(LISTED));
    printf("race %zu\n", self->race.out);
    lists_put(self, 3, 1, 2);
    ROUSE_AWAIT(self->any, rouse_any(LISTED));
    printf("any %zu\n", self->any.out);
    lists_put(self, 1, 3, 2);
    do {
        ROUSE_TRY_AWAIT(self->status, self->select, rouse_select(LISTED, ROUSE_FAIR));
        printf("select %zu\n", self->select.out);
    } while (self->status != ROUSE_ERR_EMPTY);
    ROUSE_FINALLY;
    rouse_drop(&self->a.future);
    rouse_drop(&self->b.future);
    rouse_drop(&self->c.future);
    ROUSE_END;
}

/* ---- sets, one inside the other ----------------------------------------------------------------
 */

struct sets {
    struct rouse_future future;
    struct rouse_set outer, inner;
    struct rouse_set_next next, inner_next;
    struct rouse_set_node node;
    struct child children[4];
    rouse_status status;
    int out;
};
ROUSE_ASYNC(sets)
{
    ROUSE_BEGIN;
    rouse_set_init(&self->outer);
    rouse_set_init(&self->inner);
    for (int i = 0; i < 4; i++)
        ROUSE_PUT(self->children[i], child(4 - (uint64_t)i, ROUSE_OK));
    rouse_set_add(&self->outer, &self->children[0].future);
    rouse_set_add_in(&self->outer, &self->node, &self->children[1].future);
    rouse_set_add(&self->inner, &self->children[2].future);
    rouse_set_add(&self->inner, &self->children[3].future);
    ROUSE_PUT(self->inner_next, rouse_set_next(&self->inner));
    rouse_set_add(&self->outer, &self->inner_next.future);
    ROUSE_EACH(self->next, rouse_set_next(&self->outer)) {
        self->out++;
        if (self->next.out != &self->inner_next.future || self->inner_next.future.status < 0)
            continue;
        ROUSE_PUT(self->inner_next, rouse_set_next(&self->inner));
        rouse_set_add(&self->outer, &self->inner_next.future);
    }
    ROUSE_FINALLY;
    rouse_set_drop(&self->outer);
    rouse_set_drop(&self->inner);
    ROUSE_END;
}

/* ---- one future, three who wait ----------------------------------------------------------------
 */

struct sharing {
    struct rouse_future future;
    struct child child;
    struct rouse_shared shared;
    struct rouse_shared_wait waits[3];
    struct rouse_timeout limit;
    struct rouse_settle all;
};
ROUSE_ASYNC(sharing)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->child, child(100, -1002));
    rouse_shared_init(&self->shared, &self->child.future);
    for (int i = 0; i < 3; i++)
        ROUSE_PUT(self->waits[i], rouse_shared_wait(&self->shared));
    ROUSE_PUT(self->limit, rouse_timeout(&self->waits[0].future, ROUSE_MS));
    ROUSE_AWAIT(self->all, rouse_settle(ROUSE_LIST(&self->limit.future, &self->waits[1].future,
                                                   &self->waits[2].future)));
    printf("shared %d %d\n", (int)self->limit.future.status, (int)self->waits[2].future.status);
    ROUSE_FINALLY;
    rouse_drop(&self->all.future);
    rouse_shared_drop(&self->shared);
    ROUSE_END;
}

/* ---- limits ------------------------------------------------------------------------------------
 */

struct limits {
    struct rouse_future future;
    struct child attempt;
    int attempts;
    struct rouse_retry retry;
    struct rouse_lazy lazy;
    struct rouse_rate rate;
    struct rouse_rate_acquire acquire;
};
static struct rouse_future *try_once(void *data)
{
    struct limits *self = data;
    uint64_t steps = self->attempts == 0 ? 10000 : 1; /* the first takes too long */
    ROUSE_PUT(self->attempt, child(steps, self->attempts < 2 ? -1003 : ROUSE_OK));
    self->attempts++;
    return &self->attempt.future;
}
ROUSE_ASYNC(limits)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->retry,
                rouse_retry(try_once, self,
                            &(struct rouse_retry_policy){
                                .base_ns = ROUSE_MS, .jitter = 50, .attempt_ns = 100 * ROUSE_MS}));
    printf("retry %u\n", (unsigned)self->retry.out);
    ROUSE_AWAIT(self->lazy, rouse_lazy(try_once, self));
    rouse_rate_init(&self->rate, 1, ROUSE_MS);
    while (self->attempts++ < 6)
        ROUSE_AWAIT(self->acquire, rouse_rate_acquire(&self->rate, 1));
    ROUSE_FINALLY;
    rouse_drop(&self->attempt.future);
    ROUSE_END;
}

/* ---- a pool for tasks --------------------------------------------------------------------------
 */

struct connection {
    struct rouse_pool_item item;
    struct child opening;
};
struct client {
    struct rouse_future future;
    struct rouse_pool *pool;
    struct rouse_pool_acquire acquire;
    struct rouse_pool_item *item;
    struct rouse_yield yield;
};
ROUSE_ASYNC(client)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->acquire, rouse_pool_acquire(self->pool));
    self->item = self->acquire.out;
    ROUSE_AWAIT(self->yield, rouse_yield());
    ROUSE_FINALLY;
    if (self->item)
        rouse_pool_discard(self->item);
    ROUSE_END;
}
static struct rouse_future *open_connection(void *data, struct rouse_pool_item *item)
{
    struct connection *connection = (struct connection *)(void *)item;
    (void)data;
    ROUSE_PUT(connection->opening, child(1, ROUSE_OK));
    return &connection->opening.future;
}
struct pooled {
    struct rouse_future future;
    struct connection connection;
    struct rouse_pool pool;
    struct rouse_task *tasks[3];
    struct rouse_task_join joins[3];
    struct rouse_join all;
};
ROUSE_ASYNC(pooled)
{
    ROUSE_BEGIN;
    rouse_pool_init(&self->pool, &(struct rouse_pool_options){.open = open_connection});
    rouse_pool_add(&self->pool, &self->connection.item);
    for (int i = 0; i < 3; i++) {
        self->tasks[i] = ROUSE_SPAWN(ROUSE_FUTURE(client, .pool = &self->pool));
        ROUSE_PUT(self->joins[i], rouse_task_join(self->tasks[i]));
    }
    ROUSE_YIELD;
    rouse_task_abort(self->tasks[1]); /* waits: its turn passes on */
    ROUSE_AWAIT(self->all, rouse_join(ROUSE_LIST(&self->joins[0].future, &self->joins[1].future,
                                                 &self->joins[2].future)));
    printf("pool %d %d\n", (int)self->joins[0].future.status, (int)self->joins[2].future.status);
    ROUSE_FINALLY;
    for (int i = 0; i < 3; i++) {
        rouse_task_abort(self->tasks[i]);
        rouse_task_detach(self->tasks[i]);
    }
    ROUSE_END;
}

struct combine {
    struct rouse_future future;
    struct lists lists;
    struct sets sets;
    struct sharing sharing;
    struct limits limits;
    struct pooled pooled;
};
ROUSE_ASYNC(combine)
{
    ROUSE_BEGIN;
    living = 0;
    ROUSE_AWAIT(self->lists, ROUSE_FUTURE(lists));
    ROUSE_AWAIT(self->sets, ROUSE_FUTURE(sets));
    printf("set %d\n", self->sets.out);
    ROUSE_AWAIT(self->sharing, ROUSE_FUTURE(sharing));
    ROUSE_AWAIT(self->limits, ROUSE_FUTURE(limits));
    ROUSE_AWAIT(self->pooled, ROUSE_FUTURE(pooled));
    ROUSE_FINALLY;
    if (living != 0)
        rouse_i_bug(&self->future, "a child was neither done nor dropped");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(combine))

// needs: malloc
// expect: try_join -1001 by 1
// expect: settle 1, 1
// expect: race 2
// expect: any 2
// expect: select 0
// expect: select 2
// expect: select 1
// expect: select 3
// expect: set 5
// expect: shared -4 -1002
// expect: retry 3
// expect: pool 0 0
