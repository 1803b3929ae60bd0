#include "use.h"

#define PUT_TWO (ROUSE_PUT(self->a, OTHER), ROUSE_PUT(self->b, OTHER))
#define TWO ROUSE_LIST(&self->a.future, &self->b.future)
#define USE_TWO(of)                         \
    USE(struct other a, b; struct of both;) \
    {                                       \
        ROUSE_BEGIN;                        \
        PUT_TWO;                            \
        ROUSE_AWAIT(self->both, of(TWO));   \
        ROUSE_END;                          \
    }

#if defined USE_join
USE_TWO(rouse_join)
#elif defined USE_try_join
USE_TWO(rouse_try_join)
#elif defined USE_settle
USE_TWO(rouse_settle)
#elif defined USE_race
USE_TWO(rouse_race)
#elif defined USE_any
USE_TWO(rouse_any)
#elif defined USE_select
USE(struct other a, b; struct rouse_select which;)
{
    ROUSE_BEGIN;
    PUT_TWO;
    ROUSE_AWAIT(self->which, rouse_select(TWO, ROUSE_FAIR));
    ROUSE_FINALLY;
    rouse_drop(&self->a.future);
    rouse_drop(&self->b.future);
    ROUSE_END;
}
#elif defined USE_set
USE(struct other a, b; struct rouse_set_node nodes[2]; struct rouse_set set;
    struct rouse_set_next next;)
{
    ROUSE_BEGIN;
    PUT_TWO;
    rouse_set_init(&self->set);
    rouse_set_add_in(&self->set, &self->nodes[0], &self->a.future);
    rouse_set_add_in(&self->set, &self->nodes[1], &self->b.future);
    ROUSE_AWAIT(self->next, rouse_set_next(&self->set));
    ROUSE_FINALLY;
    rouse_set_drop(&self->set);
    ROUSE_END;
}
#elif defined USE_set_on_the_heap
USE(struct other a, b; struct rouse_set set; struct rouse_set_next next;)
{
    ROUSE_BEGIN;
    PUT_TWO;
    rouse_set_init(&self->set);
    rouse_set_add(&self->set, &self->a.future);
    rouse_set_add(&self->set, &self->b.future);
    ROUSE_AWAIT(self->next, rouse_set_next(&self->set));
    ROUSE_FINALLY;
    rouse_set_drop(&self->set);
    ROUSE_END;
}
#elif defined USE_shared
USE(struct other a; struct rouse_shared shared; struct rouse_shared_wait wait;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, OTHER);
    rouse_shared_init(&self->shared, &self->a.future);
    ROUSE_AWAIT(self->wait, rouse_shared_wait(&self->shared));
    ROUSE_FINALLY;
    rouse_shared_drop(&self->shared);
    ROUSE_END;
}
#elif defined USE_retry
static struct rouse_future *make(void *slot)
{
    *(struct other *)slot = OTHER;
    return &((struct other *)slot)->future;
}
USE(struct other a; struct rouse_retry retry;)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->retry, rouse_retry(make, &self->a, NULL));
    ROUSE_END;
}
#elif defined USE_rate
USE(struct rouse_rate rate; struct rouse_rate_acquire acquire;)
{
    ROUSE_BEGIN;
    rouse_rate_init(&self->rate, 1, ROUSE_MS);
    ROUSE_AWAIT(self->acquire, rouse_rate_acquire(&self->rate, 1));
    ROUSE_END;
}
#elif defined USE_pool
USE(struct rouse_pool pool; struct rouse_pool_item item; struct rouse_pool_acquire acquire;)
{
    ROUSE_BEGIN;
    rouse_pool_init(&self->pool, NULL);
    rouse_pool_add(&self->pool, &self->item);
    ROUSE_AWAIT(self->acquire, rouse_pool_acquire(&self->pool));
    rouse_pool_release(self->acquire.out);
    ROUSE_END;
}
#elif defined USE_spawn
USE(struct rouse_task *task; struct rouse_task_join join;)
{
    ROUSE_BEGIN;
    self->task = ROUSE_SPAWN(OTHER);
    ROUSE_AWAIT(self->join, rouse_task_join(self->task));
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}
#elif defined USE_scope
USE(struct rouse_scope scope; struct rouse_scope_join join;)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&self->scope, OTHER);
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}
#elif defined USE_token
USE(struct rouse_token token; struct rouse_token_wait wait;)
{
    ROUSE_BEGIN;
    rouse_token_init(&self->token, NULL);
    rouse_token_cancel(&self->token, ROUSE_ERR_CANCELLED);
    ROUSE_AWAIT(self->wait, rouse_token_wait(&self->token));
    rouse_token_drop(&self->token);
    ROUSE_END;
}
#elif defined USE_tracker
USE(struct rouse_tracker tracker; struct rouse_tracker_wait wait;)
{
    ROUSE_BEGIN;
    rouse_tracker_init(&self->tracker);
    (void)rouse_tracker_spawn(&self->tracker, cx->runtime, OTHER);
    rouse_tracker_close(&self->tracker);
    ROUSE_AWAIT(self->wait, rouse_tracker_wait(&self->tracker));
    rouse_tracker_drop(&self->tracker);
    ROUSE_END;
}
#endif

USE_MAIN
