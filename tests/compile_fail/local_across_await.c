// A local with an initialiser lives across an await: a resume jumps past the initialiser.
// gcc: jump-misses-init
// clang < 21: none (has no such warning before 21; local_read_after_resume.c is what it sees)
// clang >= 21: jump-misses-init
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    int n;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
#ifdef FIXED
    self->n = 3;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
#else
    int n = 3;
    self->n = n;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
#endif
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
