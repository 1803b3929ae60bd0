// ROUSE_LIST is copied by the combinator, which has room for 8; a longer list is an array of yours.
// gcc: negative
// clang: negative
#include <rouse/rouse.h>

ROUSE_LAZY struct rouse_join all(struct rouse_future *f);
struct rouse_join all(struct rouse_future *f)
{
#ifdef FIXED
    return rouse_join(ROUSE_LIST(f, f, f, f, f, f, f, f));
#else
    return rouse_join(ROUSE_LIST(f, f, f, f, f, f, f, f, f));
#endif
}
