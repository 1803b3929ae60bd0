// Nor can FINALLY emit: nobody may want an item any more.
// gcc: rouse_not_allowed_in_finally_
// clang: rouse_not_allowed_in_finally_
#include <rouse/rouse.h>

struct count {
    struct rouse_future future;
    int out;
};

ROUSE_STREAM(count)
{
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_EMIT(3);
    ROUSE_FINALLY;
#else
    ROUSE_FINALLY;
    ROUSE_EMIT(3);
#endif
    ROUSE_END;
}

struct count count(void)
{
    return ROUSE_FUTURE(count);
}
