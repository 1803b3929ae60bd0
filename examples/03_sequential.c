/* Two awaits in a row: lazy futures run one after the other, so they take the sum of their times,
   even if both were made before. To run them side by side, use tasks or rouse_join.
   Rust: a.await; b.await against join!(a, b). JS: two promises both run already, so
   `await a; await b` takes the longer of the two. Go: two calls against two goroutines. */
#include <rouse/rouse.h>
#include <stdio.h>

struct fetch {
    struct rouse_future future;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(fetch)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(200 * ROUSE_MS));
    ROUSE_END;
}

ROUSE_LAZY static struct fetch fetch(void)
{
    return ROUSE_FUTURE(fetch);
}

struct demo {
    struct rouse_future future;
    uint64_t start;
    struct fetch a, b;
    struct rouse_task *task_a, *task_b;
    struct rouse_task_join join;
    struct rouse_join both;
};

/* A timer is never early and always a little late, so both answers are lower bounds. */
static void report(struct rouse_runtime *rt, const char *what, uint64_t start)
{
    bool sum = rouse_now(rt) - start >= 400 * ROUSE_MS;
    printf("%s: about %s\n", what, sum ? "400 ms, the sum" : "200 ms, the longer one");
}

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    self->start = rouse_now(cx->runtime);
    ROUSE_PUT(self->a, fetch());
    ROUSE_PUT(self->b, fetch()); /* both are made, neither runs */
    ROUSE_AWAIT(self->a);
    ROUSE_AWAIT(self->b);
    report(cx->runtime, "await a, await b", self->start);

    self->start = rouse_now(cx->runtime);
    self->task_a = ROUSE_SPAWN(fetch());
    self->task_b = ROUSE_SPAWN(fetch()); /* both run from the next turn on */
    ROUSE_AWAIT(self->join, rouse_task_join(self->task_a));
    ROUSE_AWAIT(self->join, rouse_task_join(self->task_b));
    report(cx->runtime, "two tasks", self->start);

    self->start = rouse_now(cx->runtime);
    ROUSE_PUT(self->a, fetch());
    ROUSE_PUT(self->b, fetch());
    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->a.future, &self->b.future)));
    report(cx->runtime, "rouse_join", self->start); /* one task, no allocation */
    ROUSE_FINALLY;
    rouse_task_detach(self->task_a);
    rouse_task_detach(self->task_b);
    ROUSE_END;
}

ROUSE_LAZY static struct demo demo(void)
{
    return ROUSE_FUTURE(demo);
}

ROUSE_MAIN(demo())

// needs: malloc
// expect: await a, await b: about 400 ms, the sum
// expect: two tasks: about 200 ms, the longer one
// expect: rouse_join: about 200 ms, the longer one
// always: await a, await b: about 400 ms, the sum
