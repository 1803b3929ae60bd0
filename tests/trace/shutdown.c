/* A token asks all to stop, a tracker waits until they have; one does not listen and is ended. */
#include <rouse/rouse.h>

struct server {
    struct rouse_token stop;
    struct rouse_tracker tracker;
};

struct polite {
    struct rouse_future future;
    struct server *server;
    struct rouse_sleep nap;
    struct rouse_with_token guarded;
    rouse_status status;
};
ROUSE_ASYNC(polite)
{
    ROUSE_BEGIN;
    do {
        ROUSE_PUT(self->nap, rouse_sleep(2 * ROUSE_MS));
        ROUSE_PUT(self->guarded, rouse_with_token(&self->nap.future, &self->server->stop));
        ROUSE_TRY_AWAIT(self->status, self->guarded);
    } while (self->status == ROUSE_OK);
    ROUSE_END;
}

struct stubborn {
    struct rouse_future future;
    struct rouse_semaphore *never;
    struct rouse_semaphore_acquire wait;
};
ROUSE_ASYNC(stubborn)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->wait, rouse_semaphore_acquire(self->never, 1));
    ROUSE_END;
}

struct shutdown {
    struct rouse_future future;
    struct server server;
    struct rouse_semaphore never;
    struct rouse_sleep nap;
    struct rouse_tracker_wait all;
    struct rouse_timeout grace;
    rouse_status status;
};
ROUSE_ASYNC(shutdown)
{
    ROUSE_BEGIN;
    rouse_token_init(&self->server.stop, NULL);
    rouse_tracker_init(&self->server.tracker);
    rouse_semaphore_init(&self->never, 0);
    rouse_tracker_spawn(&self->server.tracker, cx->runtime,
                        ROUSE_FUTURE(polite, .server = &self->server));
    rouse_tracker_spawn(&self->server.tracker, cx->runtime,
                        ROUSE_FUTURE(stubborn, .never = &self->never));
    ROUSE_AWAIT(self->nap, rouse_sleep(3 * ROUSE_MS));
    rouse_token_cancel(&self->server.stop, ROUSE_ERR_CLOSED);
    rouse_tracker_close(&self->server.tracker);
    ROUSE_PUT(self->all, rouse_tracker_wait(&self->server.tracker));
    ROUSE_TRY_AWAIT(self->status, self->grace, rouse_timeout(&self->all.future, ROUSE_MS));
    ROUSE_FINALLY;
    if (ROUSE_STARTED) {
        rouse_tracker_abort(&self->server.tracker, ROUSE_ERR_TIMEOUT);
        rouse_tracker_drop(&self->server.tracker);
        rouse_token_drop(&self->server.stop);
    }
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(shutdown))
