// A local is lost where a stream emits, as it is across an await.
// gcc: jump-misses-init
// clang: -W[a-z-]*uninitialized
#include <rouse/rouse.h>

struct count {
    struct rouse_future future;
    int out;
#ifdef FIXED
    int i;
#endif
};

ROUSE_STREAM(count)
{
    ROUSE_BEGIN;
#ifdef FIXED
    for (self->i = 0; self->i < 3; self->i++)
        ROUSE_EMIT(self->i);
#else
    for (int i = 0; i < 3; i++)
        ROUSE_EMIT(i);
#endif
    ROUSE_END;
}

struct count count(void)
{
    return ROUSE_FUTURE(count);
}
