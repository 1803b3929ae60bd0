// A macro is given more than it can tell apart.
// gcc: 'rouse_macro_takes_at_most_16_arguments_' undeclared
// clang: undeclared identifier 'rouse_macro_takes_at_most_16_arguments_'
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    int n;
};

ROUSE_ASYNC(job)
{
    static const int many[20];
    ROUSE_BEGIN;
#ifdef FIXED
    ROUSE_AWAIT(self->nap, rouse_sleep(many[3]));
#else
    ROUSE_AWAIT(self->nap, rouse_sleep(0), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
