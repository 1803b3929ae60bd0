/* Arms that lose a select wait on; those that lose a race are dropped. */
#include <rouse/rouse.h>

struct select_losers {
    struct rouse_future future;
    struct rouse_sleep early, late;
    struct rouse_pending never;
    struct rouse_select select;
    struct rouse_race race;
    struct rouse_timeout limit;
    rouse_status status;
};
ROUSE_ASYNC(select_losers)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->early, rouse_sleep(ROUSE_MS));
    ROUSE_PUT(self->late, rouse_sleep(2 * ROUSE_MS));
    while (!rouse_is_done(&self->late.future)) {
        ROUSE_PUT(self->select,
                  rouse_select(ROUSE_LIST(&self->early.future, &self->late.future), ROUSE_FAIR));
        ROUSE_AWAIT(self->select);
    }
    ROUSE_PUT(self->early, rouse_sleep(ROUSE_MS));
    ROUSE_PUT(self->never, rouse_pending());
    ROUSE_AWAIT(self->race, rouse_race(ROUSE_LIST(&self->never.future, &self->early.future)));
    ROUSE_PUT(self->never, rouse_pending());
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout(&self->never.future, ROUSE_MS));
    ROUSE_FINALLY;
    rouse_drop(&self->late.future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(select_losers))
