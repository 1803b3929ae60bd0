/* A local lost across an await: a user's build must say so, as this project's own would. */
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    int out;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    int n = self->out;
    ROUSE_AWAIT(self->nap, rouse_sleep(1));
    ROUSE_RETURN(n);
    ROUSE_END;
}

struct job job(void)
{
    return ROUSE_FUTURE(job);
}
