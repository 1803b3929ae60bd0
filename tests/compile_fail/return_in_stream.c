// A stream ends without a value: ROUSE_DONE.
// gcc: rouse_return_needs_ROUSE_ASYNC_
// clang: rouse_return_needs_ROUSE_ASYNC_
#include <rouse/rouse.h>

struct count {
    struct rouse_future future;
    int out;
};

ROUSE_STREAM(count)
{
    ROUSE_BEGIN;
    ROUSE_EMIT(3);
#ifdef FIXED
    ROUSE_DONE;
#else
    ROUSE_RETURN(3);
#endif
    ROUSE_END;
}

struct count count(void)
{
    return ROUSE_FUTURE(count);
}
