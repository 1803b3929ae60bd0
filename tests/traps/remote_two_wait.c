// Two tasks wait for one remote: a wake would reach only one of them.
// needs: malloc
// trap: rouse: bug: two futures wait for one remote
// trap: in rouse_remote_wait
#include <rouse/rouse.h>

struct listen {
    struct rouse_future future;
    struct rouse_remote *remote;
    struct rouse_remote_wait wait;
};

ROUSE_ASYNC(listen)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->wait, rouse_remote_wait(self->remote));
    ROUSE_END;
}

struct demo {
    struct rouse_future future;
    struct rouse_remote remote;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_remote_init(&self->remote, cx->runtime);
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(listen, .remote = &self->remote)));
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(listen, .remote = &self->remote)));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_S));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))
