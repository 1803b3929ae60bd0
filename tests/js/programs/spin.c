/* Is ready again at once, for 50 ms (pitfall 16). */
#include <rouse/rouse.h>

struct spin {
    struct rouse_future future;
    uint64_t end;
};
ROUSE_ASYNC(spin)
{
    ROUSE_BEGIN;
    self->end = rouse_now(rouse_runtime_of(cx)) + 50 * ROUSE_MS;
    while (rouse_now(rouse_runtime_of(cx)) < self->end)
        ROUSE_YIELD;
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(spin))
