/* slots.h: many futures at once, in slots of the caller. */
#ifndef ROUSE_PRIVATE_SLOTS_H
#define ROUSE_PRIVATE_SLOTS_H

#include "../source.h"

#ifdef __cplusplus
extern "C" {
#endif

struct rouse_i_slots {
    struct rouse_future *source;
    rouse_transform function;
    void *data;
    char *slots;
    size_t slot_size, count, first;
    bool begun, given;
};

#ifdef __cplusplus
}
#endif
#endif
