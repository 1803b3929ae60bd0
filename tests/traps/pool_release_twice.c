// An item goes back to its pool twice.
// trap: rouse: bug: returned a pool item that was not acquired
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_pool pool;
    struct rouse_pool_item item = {.pool = NULL};
    rouse_pool_init(&pool, NULL);
    rouse_pool_add(&pool, &item);
    rouse_pool_release(rouse_pool_try_acquire(&pool));
    rouse_pool_release(&item);
    return 0;
}
