/* random.h: the random numbers of a runtime (xorshift64): for one seed the same on every host. */
#ifndef ROUSE_RANDOM_H
#define ROUSE_RANDOM_H

#include <rouse/task.h>

static inline uint64_t rouse_i_random(struct rouse_runtime *rt)
{
    rt->random ^= rt->random << 13;
    rt->random ^= rt->random >> 7;
    rt->random ^= rt->random << 17;
    return rt->random;
}

#endif
