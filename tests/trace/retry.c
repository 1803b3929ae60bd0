/* Two attempts fail, with pauses between them; the third succeeds. */
#include <rouse/rouse.h>

enum { BUSY = ROUSE_USER };

struct attempt {
    struct rouse_future future;
    int number;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(attempt)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    if (self->number < 3)
        ROUSE_FAIL(BUSY);
    ROUSE_END;
}

struct retry {
    struct rouse_future future;
    int attempts;
    struct attempt attempt;
    struct rouse_retry retry;
};
static struct rouse_future *again(void *data)
{
    struct retry *self = data;
    ROUSE_PUT(self->attempt, ROUSE_FUTURE(attempt, .number = ++self->attempts));
    return &self->attempt.future;
}
static const struct rouse_retry_policy policy = {.attempts = 5, .base_ns = 2 * ROUSE_MS};
ROUSE_ASYNC(retry)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->retry, rouse_retry(again, self, &policy));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(retry))
