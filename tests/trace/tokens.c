/* A token cancelled by its parent interrupts one wait and finds another that is done. */
#include <rouse/rouse.h>

struct tokens {
    struct rouse_future future;
    struct rouse_token parent, child;
    struct rouse_sleep nap;
    struct rouse_with_token guarded;
    rouse_status status;
};
struct canceller {
    struct rouse_future future;
    struct rouse_token *token;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(canceller)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(2 * ROUSE_MS));
    rouse_token_cancel(self->token, ROUSE_ERR_CLOSED);
    ROUSE_END;
}
ROUSE_ASYNC(tokens)
{
    ROUSE_BEGIN;
    rouse_token_init(&self->parent, NULL);
    rouse_token_init(&self->child, &self->parent);
    rouse_task_detach(ROUSE_SPAWN(ROUSE_FUTURE(canceller, .token = &self->parent)));
    ROUSE_PUT(self->nap, rouse_sleep(ROUSE_MS));
    ROUSE_AWAIT(self->guarded, rouse_with_token(&self->nap.future, &self->child));
    ROUSE_PUT(self->nap, rouse_sleep(ROUSE_S));
    ROUSE_TRY_AWAIT(self->status, self->guarded, rouse_with_token(&self->nap.future, &self->child));
    ROUSE_FINALLY;
    if (ROUSE_STARTED) {
        rouse_token_drop(&self->child);
        rouse_token_drop(&self->parent);
    }
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(tokens))
