/* collect.c: collects all items of a stream in an array that grows. */
#include "../core/executor.h"
#include "pull.h"
#include <rouse/stream.h>
#include <string.h>

enum { FIRST_ITEMS = 8 };

void rouse_items_init(struct rouse_items *items, size_t item_size)
{
    *items = (struct rouse_items){.item_size = item_size};
}

/* Of the array; never 0, which would free it: items without bytes are counted. */
static size_t bytes_of(const struct rouse_items *items)
{
    size_t bytes = items->capacity * items->item_size;
    return bytes || !items->capacity ? bytes : 1;
}

void rouse_items_drop(struct rouse_items *items)
{
    if (items->array)
        items->allocate(items->allocate_data, items->array, bytes_of(items), 0);
    rouse_items_init(items, items->item_size);
}

/* The array keeps the allocator that it came from. */
static bool items_grow(struct rouse_items *items)
{
    size_t capacity = items->capacity ? 2 * items->capacity : FIRST_ITEMS;
    size_t size;
    if (__builtin_mul_overflow(capacity, items->item_size, &size))
        return false;
    void *array =
        items->allocate(items->allocate_data, items->array, bytes_of(items), size ? size : 1);
    if (!array)
        return false;
    items->array = array;
    items->capacity = capacity;
    return true;
}

static rouse_status collect_items_step(struct rouse_future *f, const void *item)
{
    struct rouse_items *items = ((struct rouse_collect_items *)(void *)f)->items;
    if (items->count == items->capacity && !items_grow(items))
        return ROUSE_ERR_NO_MEMORY;
    memcpy((char *)items->array + items->count++ * items->item_size, item, items->item_size);
    return ROUSE_ITEM_;
}

static struct rouse_polled collect_items_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_items *items = ((struct rouse_collect_items *)(void *)f)->items;
    if (!cx->runtime)
        return rouse_i_adapter_end(f,
                                   ROUSE_ERR_NOT_SUPPORTED); /* a foreign executor: no allocator */
    if (!items->array) {
        items->allocate = rouse_i_allocator(cx->runtime);
        items->allocate_data = cx->runtime->options.allocate_data;
    }
    return rouse_i_take_all(f, cx, collect_items_step);
}

ROUSE_I_ADAPTER_TYPE(rouse_collect_items, collect_items_poll);

struct rouse_collect_items rouse_collect_items(struct rouse_future *source,
                                               struct rouse_items *items)
{
    return ROUSE_FUTURE(rouse_collect_items, .source = source, .items = items);
}
