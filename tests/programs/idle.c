/* Pitfall 26: a program that has waited for a descriptor and a timer, and then has nothing left to
   wait for, is told so: the host is not asked to wait for nothing. */
#include <rouse/rouse.h>

struct app {
    struct rouse_future future;
    char got[8];
    struct rouse_read read;
    struct rouse_timeout limit;
    rouse_status status;
    struct rouse_event never;
    struct rouse_event_wait wait;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->read, rouse_read(rouse_stdin(), self->got, sizeof self->got));
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout(&self->read.future, 5 * ROUSE_MS));
    rouse_event_init(&self->never);
    ROUSE_AWAIT(self->wait, rouse_event_wait(&self->never));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))

// exit: 1
// stderr: rouse: deadlock: nothing is left to wait for, 1 task is parked
