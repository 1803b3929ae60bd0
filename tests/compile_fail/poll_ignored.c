// A poll's result says whether the future is done: it must be looked at.
// gcc: unused-result
// clang: unused-result
// bare
#include <rouse/rouse.h>

struct rouse_polled first_of(struct rouse_future *a, struct rouse_future *b,
                             struct rouse_context *cx);
struct rouse_polled first_of(struct rouse_future *a, struct rouse_future *b,
                             struct rouse_context *cx)
{
#ifdef FIXED
    struct rouse_polled polled = rouse_poll(a, cx);
    if (!rouse_is_pending(polled))
        return polled;
#else
    rouse_poll(a, cx);
#endif
    return rouse_poll(b, cx);
}
