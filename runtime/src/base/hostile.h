/* hostile.h: what the hostile build does to make bugs show. Empty in every other build. */
#ifndef ROUSE_HOSTILE_H
#define ROUSE_HOSTILE_H

#include <rouse/future.h>

#if ROUSE_HOSTILE
void rouse_i_hostile_fill(struct rouse_future *f);      /* fills a dropped frame with 0xDD */
void rouse_i_hostile_fill_block(void *block, size_t n); /* the same for freed memory */
void rouse_i_hostile_scribble(void);                    /* and for the stack, between polls */
bool rouse_i_hostile_shuffle(struct rouse_runtime *rt); /* true: queue this task at the front */
#else
#define rouse_i_hostile_fill(f) ((void)0)
#define rouse_i_hostile_fill_block(block, n) ((void)0)
#define rouse_i_hostile_scribble() ((void)0)
#define rouse_i_hostile_shuffle(rt) false
#endif

#endif
