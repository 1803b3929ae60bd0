// An item is added to a pool twice.
// trap: rouse: bug: rouse_pool_add of an item that is already in a pool
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_pool pool;
    struct rouse_pool_item item = {.pool = NULL};
    rouse_pool_init(&pool, NULL);
    rouse_pool_add(&pool, &item);
    rouse_pool_add(&pool, &item);
    return 0;
}
