/* Everything that ends tasks: scopes of both kinds inside each other, deadlines, deferred cleanup,
   tokens, a tracker, owned and shielded handles, task-locals. */
#include <rouse/rouse.h>
#include <stdio.h>

static const struct rouse_local request = {"request"};

/* ---- what they do ------------------------------------------------------------------------------
 */

/* Works in `steps` of 1 ms each on a counter that lies in the frame around the scope. */
struct work {
    struct rouse_future future;
    int *count, steps, i;
    rouse_status result;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(work)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < self->steps; self->i++) {
        ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
        ++*self->count;
    }
    if (self->result < 0)
        ROUSE_FAIL_WITH(self->result, "after %d steps", self->steps);
    ROUSE_FINALLY;
    ++*self->count; /* the frame must still be there */
    ROUSE_END;
}
#define WORK(...) ROUSE_FUTURE(work, __VA_ARGS__)

/* Cleanup borrows nothing. */
struct cleanup {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(cleanup)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_END;
}

/* ---- scopes in scopes --------------------------------------------------------------------------
 */

struct team {
    struct rouse_future future;
    enum rouse_scope_mode mode;
    rouse_status result;
    uint64_t limit_ns;
    int count;
    struct rouse_scope scope;
    struct rouse_scope_room room;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(team)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, self->mode);
    rouse_scope_deadline(&self->scope, self->limit_ns);
    if (rouse_scope_defer(&self->scope, ROUSE_S, ROUSE_FUTURE(cleanup)) < 0)
        ROUSE_FAIL(ROUSE_ERR_NO_MEMORY);
    rouse_scope_spawn(&self->scope, WORK(.count = &self->count, .steps = 2));
    rouse_scope_spawn(&self->scope, WORK(.count = &self->count, .steps = 9));
    ROUSE_AWAIT(self->room, rouse_scope_room(&self->scope, 2));
    rouse_scope_spawn(&self->scope,
                      WORK(.count = &self->count, .steps = 1, .result = self->result));
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

struct teams {
    struct rouse_future future;
    rouse_status status;
    struct rouse_scope scope;
    struct rouse_scope_join join;
    struct team failing, late;
};
ROUSE_ASYNC(teams)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->status, self->failing,
                    ROUSE_FUTURE(team, .result = -1001, .limit_ns = ROUSE_S));
    printf("failing %d: %s\n", (int)self->status, rouse_error(cx)->message);
    ROUSE_TRY_AWAIT(self->status, self->late, ROUSE_FUTURE(team, .limit_ns = 4 * ROUSE_MS));
    printf("late: %s\n", rouse_status_name(self->status));
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_SUPERVISE);
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(team, .limit_ns = ROUSE_S));
    rouse_scope_spawn(&self->scope,
                      ROUSE_FUTURE(team, .limit_ns = 4 * ROUSE_MS, .mode = ROUSE_SUPERVISE));
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));
    printf("both: %s\n", rouse_status_name(self->status));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

/* ---- tokens, a tracker, handles ----------------------------------------------------------------
 */

struct listener {
    struct rouse_future future;
    struct rouse_token *token;
    struct rouse_pending never;
    struct rouse_with_token until;
    rouse_status status;
};
ROUSE_ASYNC(listener)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->never, rouse_pending());
    ROUSE_TRY_AWAIT(self->status, self->until, rouse_with_token(&self->never.future, self->token));
    ROUSE_END;
}

struct stopper {
    struct rouse_future future;
    struct rouse_token root, branch;
    struct rouse_tracker tracker;
    struct rouse_tracker_wait all;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(stopper)
{
    ROUSE_BEGIN;
    rouse_token_init(&self->root, NULL);
    rouse_token_init(&self->branch, &self->root);
    rouse_tracker_init(&self->tracker);
    rouse_tracker_spawn(&self->tracker, cx->runtime, ROUSE_FUTURE(listener, .token = &self->root));
    rouse_tracker_spawn(&self->tracker, cx->runtime,
                        ROUSE_FUTURE(listener, .token = &self->branch));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    rouse_token_cancel(&self->root, -1002);
    rouse_tracker_close(&self->tracker);
    ROUSE_AWAIT(self->all, rouse_tracker_wait(&self->tracker));
    printf("stopped: %d\n", (int)rouse_token_reason(&self->branch));
    ROUSE_FINALLY;
    if (ROUSE_STARTED) {
        rouse_tracker_abort(&self->tracker, ROUSE_ERR_CANCELLED); /* they borrow the tokens */
        rouse_tracker_drop(&self->tracker);
        rouse_token_drop(&self->branch);
        rouse_token_drop(&self->root);
    }
    ROUSE_END;
}

struct reader {
    struct rouse_future future;
    struct rouse_sleep nap;
    int out;
};
ROUSE_ASYNC(reader)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    printf("request %s\n", rouse_local_get(cx, &request) ? "known" : "unknown");
    ROUSE_END;
}

struct handles {
    struct rouse_future future;
    int count;
    struct rouse_task_owned owned;
    struct rouse_shield shield;
    struct rouse_scope scope;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(handles)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    if (rouse_local_set(cx, &request, self) < 0)
        ROUSE_FAIL(ROUSE_ERR_NO_MEMORY);
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(reader));
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    ROUSE_AWAIT(self->shield, rouse_shield(ROUSE_SPAWN(ROUSE_FUTURE(reader))));
    ROUSE_AWAIT(self->owned,
                rouse_task_owned(ROUSE_SPAWN(WORK(.count = &self->count, .steps = 2))));
    printf("counted %d\n", self->count);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

struct scopes {
    struct rouse_future future;
    struct teams teams;
    struct stopper stopper;
    struct handles handles;
    struct rouse_runtime_shutdown shutdown;
};
ROUSE_ASYNC(scopes)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->teams, ROUSE_FUTURE(teams));
    ROUSE_AWAIT(self->stopper, ROUSE_FUTURE(stopper));
    ROUSE_AWAIT(self->handles, ROUSE_FUTURE(handles));
    ROUSE_AWAIT(self->shutdown, rouse_runtime_shutdown(ROUSE_S, NULL, NULL));
    printf("left %d\n", (int)self->shutdown.out);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(scopes))

// needs: malloc
// expect: failing -1001: after 1 steps
// expect: late: ROUSE_ERR_TIMEOUT
// expect: both: ROUSE_OK
// expect: stopped: -1002
// expect: request known
// expect: request unknown
// expect: counted 3
// expect: left 0
