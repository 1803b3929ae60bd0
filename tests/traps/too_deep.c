// Awaits nest deeper than the stack on their first descent: a message instead of a crash. The
// default budget ends a poll after 128 awaits, so without it this takes far larger frames.
// trap: rouse: bug: awaits nest too deep for the stack (rouse_options.stack_size)
// trap: in down (tests/traps/too_deep.c)
// trap: awaited by down (tests/traps/too_deep.c:27)
#include <rouse/rouse.h>
#include <stdlib.h>

#if ROUSE_HOSTILE
/* Its needless suspensions would end every poll after one await, and nothing would nest. */
#undef ROUSE_MAY_AWAIT_
#define ROUSE_MAY_AWAIT_(cx) rouse_spend(cx)
#endif

struct down {
    struct rouse_future future;
    struct down *below;
};

ROUSE_ASYNC(down)
{
    ROUSE_BEGIN;
    self->below = malloc(sizeof *self);
    if (!self->below)
        ROUSE_FAIL(ROUSE_ERR_NO_MEMORY);
    *self->below = ROUSE_FUTURE(down);
    ROUSE_AWAIT_ON(&self->below->future);
    ROUSE_END;
}

int main(void)
{
    static struct rouse_runtime rt;
    struct rouse_options options = {.budget = UINT32_MAX};
    rouse_runtime_init(&rt, &options);
    struct down top = ROUSE_FUTURE(down);
    rouse_block_on(&rt, &top.future);
    return 0;
}
