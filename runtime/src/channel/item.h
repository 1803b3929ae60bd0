/* item.h: copying an item whose size is known at run time only. A call of memcpy costs more than
   all the rest of a channel, so the sizes of words are moves. */
#ifndef ROUSE_ITEM_H
#define ROUSE_ITEM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The item at `index` of an array, which is NULL where items are of 0 bytes: a plain sum with NULL
   is undefined. */
static inline void *rouse_i_item_at(const void *array, size_t index, size_t size)
{
    return (void *)((uintptr_t)array + index * size);
}

void rouse_i_copy_odd(void *to, const void *from, size_t size);

static inline void rouse_i_copy(void *to, const void *from, size_t size)
{
    if (size == 8)
        memcpy(to, from, 8);
    else if (size == 4)
        memcpy(to, from, 4);
    else
        rouse_i_copy_odd(to, from, size);
}

#endif
