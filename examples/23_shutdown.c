/* A graceful shutdown: a token asks all tasks to stop, and a tracker waits until they have. Tasks
   that do not stop in time are named and aborted. Tokio: CancellationToken and TaskTracker. Go: a
   context and a WaitGroup. */
#include <rouse/rouse.h>
#include <stdio.h>

struct server {
    struct rouse_token stop;
    struct rouse_tracker connections;
};

/* ---- The tasks ---------------------------------------------------------------------------------
 */

/* Serves one request after the other. A stop interrupts the wait for a request, never a reply. */
struct connection {
    struct rouse_future future;
    struct server *server;
    int served;
    struct rouse_sleep request, reply;
    struct rouse_with_token next;
    rouse_status status;
};

ROUSE_ASYNC(connection)
{
    ROUSE_BEGIN;
    for (;;) {
        ROUSE_PUT(self->request, rouse_sleep(100 * ROUSE_MS));
        ROUSE_TRY_AWAIT(self->status, self->next,
                        rouse_with_token(&self->request.future, &self->server->stop));
        if (self->status < 0)
            break;
        ROUSE_AWAIT(self->reply, rouse_sleep(100 * ROUSE_MS));
        self->served++;
    }
    printf("  connection: closed after %d replies\n", self->served);
    ROUSE_END;
}

/* Does not look at the token. */
struct stubborn {
    struct rouse_future future;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(stubborn)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(3600 * ROUSE_S));
    ROUSE_FINALLY;
    printf("  stubborn: ended, and cleans up even so\n");
    ROUSE_END;
}

/* ---- The shutdown ------------------------------------------------------------------------------
 */

static void print_left(void *data, const struct rouse_task *task)
{
    (void)data;
    printf("  %s would not stop\n", rouse_task_name(task));
}

struct demo {
    struct rouse_future future;
    struct server server;
    struct rouse_sleep nap;
    struct rouse_tracker_wait all;
    struct rouse_timeout grace;
    rouse_status status;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_token_init(&self->server.stop, NULL);
    rouse_tracker_init(&self->server.connections);
    rouse_tracker_spawn(&self->server.connections, cx->runtime,
                        ROUSE_FUTURE(connection, .server = &self->server));
    rouse_tracker_spawn(&self->server.connections, cx->runtime, ROUSE_FUTURE(stubborn));
    ROUSE_AWAIT(self->nap, rouse_sleep(350 * ROUSE_MS)); /* in the middle of the second reply */

    printf("stop\n");
    rouse_token_cancel(&self->server.stop, ROUSE_ERR_CLOSED);
    rouse_tracker_close(&self->server.connections);
    ROUSE_PUT(self->all, rouse_tracker_wait(&self->server.connections));
    ROUSE_TRY_AWAIT(self->status, self->grace, rouse_timeout(&self->all.future, 200 * ROUSE_MS));

    printf("after the grace: %zu left\n", rouse_tracker_count(&self->server.connections));
    rouse_tracker_list(&self->server.connections, print_left, NULL);
    rouse_tracker_abort(&self->server.connections, ROUSE_ERR_TIMEOUT);
    printf("in the end: %zu left\n", rouse_tracker_count(&self->server.connections));
    ROUSE_FINALLY;
    if (ROUSE_STARTED) {
        rouse_tracker_abort(&self->server.connections, ROUSE_ERR_CANCELLED);
        rouse_tracker_drop(&self->server.connections);
        rouse_token_drop(&self->server.stop);
    }
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))

// needs: malloc
// expect: stop
// expect:   connection: closed after 2 replies
// expect: after the grace: 1 left
// expect:   stubborn would not stop
// expect:   stubborn: ended, and cleans up even so
// expect: in the end: 0 left
// always: stop
// always:   stubborn: ended, and cleans up even so
// always: in the end: 0 left
