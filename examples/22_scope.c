/* A scope owns tasks, and none outlives it: so the children may use the frame of their parent. When
   one fails, the others are cancelled and clean up, and only then the join fails. When the parent
   ends, its children have ended before. Tokio: a JoinSet, but its tasks may not borrow.
   Go: errgroup, and each goroutine has to look at the context. JS: Promise.all rejects, and the
   others run on. */
#include <rouse/rouse.h>
#include <stdio.h>

/* ---- One fetch: a child ---------------------------------------------------------------------- */

struct fetch {
    struct rouse_future future;
    const char *name;
    uint64_t ns;
    bool broken;
    int *bytes; /* in the frame of the parent, which outlives its children */
    struct rouse_sleep nap;
};

ROUSE_ASYNC(fetch)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(self->ns));
    if (self->broken)
        ROUSE_FAIL_WITH(ROUSE_ERR_CLOSED, "%s hung up", self->name);
    printf("  %s: fetched\n", self->name);
    *self->bytes += 100;
    ROUSE_FINALLY;
    if (self->future.status == ROUSE_ERR_CANCELLED)
        printf("  %s: cancelled\n", self->name);
    ROUSE_END;
}

/* ---- A page fetches all its parts at once ------------------------------------------------------
 */

struct page {
    struct rouse_future future;
    bool broken;
    int bytes, out;
    struct rouse_scope scope;
    struct rouse_scope_join join;
};

ROUSE_ASYNC(page)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(fetch, .name = "text", .ns = 10 * ROUSE_MS,
                                                 .bytes = &self->bytes));
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(fetch, .name = "style", .ns = 30 * ROUSE_MS,
                                                 .broken = self->broken, .bytes = &self->bytes));
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(fetch, .name = "image", .ns = 50 * ROUSE_MS,
                                                 .bytes = &self->bytes));
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    ROUSE_RETURN(self->bytes);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope); /* if the page ends early, its children end first */
    ROUSE_END;
}

struct demo {
    struct rouse_future future;
    rouse_status status;
    struct page page;
    struct rouse_timeout limit;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    printf("a page:\n");
    ROUSE_AWAIT(self->page, ROUSE_FUTURE(page));
    printf("%d bytes\n", self->page.out);

    printf("a page with a broken part:\n");
    ROUSE_TRY_AWAIT(self->status, self->page, ROUSE_FUTURE(page, .broken = true));
    printf("%s: %s\n", rouse_status_name(self->status), rouse_error(cx)->message);

    printf("a page nobody waits for any longer:\n");
    ROUSE_PUT(self->page, ROUSE_FUTURE(page));
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout(&self->page.future, 20 * ROUSE_MS));
    printf("%s\n", rouse_status_name(self->status));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))

// needs: malloc
// expect: a page:
// expect:   text: fetched
// expect:   style: fetched
// expect:   image: fetched
// expect: 300 bytes
// expect: a page with a broken part:
// expect:   text: fetched
// expect:   image: cancelled
// expect: ROUSE_ERR_CLOSED: style hung up
// expect: a page nobody waits for any longer:
// expect:   text: fetched
// expect:   style: cancelled
// expect:   image: cancelled
// expect: ROUSE_ERR_TIMEOUT
// always: a page:
// always: 300 bytes
// always: a page with a broken part:
// always: ROUSE_ERR_CLOSED: style hung up
// always: a page nobody waits for any longer:
