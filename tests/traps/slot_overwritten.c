// A slot is assigned over while its timer is armed; ROUSE_PUT would have dropped it first.
// needs: checked
// trap: rouse: bug: a list is broken: a waiting future was overwritten or freed
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
    struct rouse_sleep nap;
    struct rouse_poll_once once;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    self->nap = rouse_sleep_until(UINT64_MAX - 1);
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->nap.future));
    self->nap = rouse_sleep_until(UINT64_MAX - 1);
    ROUSE_AWAIT(self->nap);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(job))
