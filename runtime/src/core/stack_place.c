/* stack_place.c: finds results that would be written to locals of a body. Only in checked builds.
 */
#include "stack_place.h"

#if ROUSE_CHECKED
/* How far below the beginning of the turn. In a module static data may lie behind a small stack. */
static uintptr_t depth(const struct rouse_runtime *rt)
{
    const size_t most = sizeof(void *) > 4 ? (size_t)1 << 20 : (size_t)48 << 10;
    return rt->options.stack_size < most ? rt->options.stack_size : most;
}

static bool is_on_stack(const struct rouse_runtime *rt, const void *place)
{
    return (uintptr_t)place < rt->turn_stack && rt->turn_stack - (uintptr_t)place < depth(rt);
}

void rouse_i_place_check(const struct rouse_future *f, const struct rouse_context *cx,
                         const void *place)
{
    const struct rouse_runtime *rt = cx->runtime;
    /* A future on the stack is polled by hand: it ends before its caller does. */
    if (rt && rt->in_turn && is_on_stack(rt, place) && !is_on_stack(rt, f))
        rouse_i_bug(f, "was given a pointer to a local, which is gone after an await: put it into "
                       "the struct");
}
#endif
