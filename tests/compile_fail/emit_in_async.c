// Only a stream may emit.
// gcc: rouse_emit_needs_ROUSE_STREAM_
// clang: rouse_emit_needs_ROUSE_STREAM_
#include <rouse/rouse.h>

struct count {
    struct rouse_future future;
    int out;
};

#ifdef FIXED
ROUSE_STREAM(count)
#else
ROUSE_ASYNC(count)
#endif
{
    ROUSE_BEGIN;
    ROUSE_EMIT(3);
    ROUSE_END;
}

struct count count(void)
{
    return ROUSE_FUTURE(count);
}
