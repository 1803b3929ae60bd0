/* item.c: copies of items that are neither 4 nor 8 bytes long. */
#include "item.h"

void rouse_i_item_copy_other(void *to, const void *from, size_t size)
{
    if (size == 16)
        memcpy(to, from, 16);
    else if (size == 1)
        memcpy(to, from, 1);
    else if (size > 0) /* a signal of 0 bytes may have no storage at all */
        memcpy(to, from, size);
}
