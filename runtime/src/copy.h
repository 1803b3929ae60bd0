/* copy.h: copying an item whose size is known at run time only. A call of memcpy costs more than
   all the rest of a channel, so the sizes of words are moves. */
#ifndef ROUSE_COPY_H
#define ROUSE_COPY_H

#include <stddef.h>
#include <string.h>

static inline void rouse_i_copy(void *to, const void *from, size_t size)
{
    switch (size) {
    case 8:
        memcpy(to, from, 8);
        break;
    case 4:
        memcpy(to, from, 4);
        break;
    case 16:
        memcpy(to, from, 16);
        break;
    case 1:
        memcpy(to, from, 1);
        break;
    case 0: /* a signal: there may be no storage at all */
        break;
    default:
        memcpy(to, from, size);
    }
}

#endif
