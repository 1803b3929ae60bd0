/* Retry: the same attempt again, after pauses that grow. A future runs once, so each attempt is a
   new future: your function makes it, in a slot of your frame. The policy says how often, how
   far apart, and what is worth another try. Rust: the backoff crates. JS: p-retry. Go: a loop. */
#include <rouse/rouse.h>
#include <stdio.h>

enum { BUSY = ROUSE_USER, NO_SUCH_PAGE = ROUSE_USER - 1 };

struct fetch {
    struct rouse_future future;
    const char *page;
    int attempt; /* of a server that is busy at first */
    int out;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(fetch)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    printf("  %s, attempt %d\n", self->page, self->attempt);
    if (self->page[0] == '?')
        ROUSE_FAIL(NO_SUCH_PAGE);
    if (self->attempt < 3)
        ROUSE_FAIL(BUSY);
    ROUSE_RETURN(200);
    ROUSE_END;
}

struct reader {
    struct rouse_future future;
    const char *page;
    int attempts;
    struct fetch fetch;
    struct rouse_retry retry;
    rouse_status status;
};

static struct rouse_future *fetch_again(void *data)
{
    struct reader *self = data;
    ROUSE_PUT(self->fetch, ROUSE_FUTURE(fetch, .page = self->page, .attempt = ++self->attempts));
    return &self->fetch.future;
}

static bool is_worth_it(void *data, rouse_status status)
{
    (void)data;
    return status == BUSY || status == ROUSE_ERR_TIMEOUT;
}

static const struct rouse_retry_policy policy = {.attempts = 5,
                                                 .base_ns = 2 * ROUSE_MS, /* 2, 4, 8 ms... */
                                                 .jitter = 50,
                                                 .attempt_ns = ROUSE_S,
                                                 .again = is_worth_it};

ROUSE_ASYNC(reader)
{
    ROUSE_BEGIN;
    self->page = "home";
    ROUSE_AWAIT(self->retry, rouse_retry(fetch_again, self, &policy));
    printf("%s: %d\n", self->page, self->fetch.out);
    self->page = "?";
    self->attempts = 0;
    ROUSE_TRY_AWAIT(self->status, self->retry, rouse_retry(fetch_again, self, &policy));
    printf("%s: given up after %u\n", self->page, (unsigned)self->retry.out);
    ROUSE_END;
}

ROUSE_LAZY static struct reader reader(void)
{
    return ROUSE_FUTURE(reader);
}

ROUSE_MAIN(reader())

// expect:   home, attempt 1
// expect:   home, attempt 2
// expect:   home, attempt 3
// expect: home: 200
// expect:   ?, attempt 1
// expect: ?: given up after 1
