/* hostile.c: how the hostile build breaks memory and order on purpose. */
#include "hostile.h"
#include "random.h"
#include <string.h>

#if ROUSE_HOSTILE
enum { HOSTILE_BYTE = 0xDD, HOSTILE_STACK = 8192 };

void rouse_i_hostile_fill(struct rouse_future *f)
{
    memset(f + 1, HOSTILE_BYTE, f->type->size - sizeof *f);
}

void rouse_i_hostile_fill_block(void *block, size_t n)
{
    memset(block, HOSTILE_BYTE, n);
}

__attribute__((noinline)) void rouse_i_hostile_scribble(void)
{
    volatile unsigned char stack[HOSTILE_STACK];
    for (size_t i = 0; i < sizeof stack; i++)
        stack[i] = HOSTILE_BYTE;
}

bool rouse_i_hostile_shuffle(struct rouse_runtime *rt)
{
    return rt->options.seed != 0 && (rouse_i_random(rt) & 1);
}

void rouse_i_hostile_move(void *slot, void *made, size_t size)
{
    memcpy(slot, made, size);
    memset(made, HOSTILE_BYTE, size);
}
#endif
