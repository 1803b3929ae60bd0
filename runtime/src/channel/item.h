/* item.h: copies an item whose size is known only at run time. A call of memcpy costs more than the
   rest of a channel, so items of 4 and 8 bytes are plain moves. */
#ifndef ROUSE_ITEM_H
#define ROUSE_ITEM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The item at `index` of an array. The array may be NULL if an item has 0 bytes; integers, because
   adding to a NULL pointer is undefined. */
static inline void *rouse_i_item_at(const void *array, size_t index, size_t size)
{
    return (void *)((uintptr_t)array + index * size);
}

void rouse_i_item_copy_other(void *to, const void *from, size_t size);

static inline void rouse_i_item_copy(void *to, const void *from, size_t size)
{
    if (size == 8)
        memcpy(to, from, 8);
    else if (size == 4)
        memcpy(to, from, 4);
    else
        rouse_i_item_copy_other(to, from, size);
}

#endif
