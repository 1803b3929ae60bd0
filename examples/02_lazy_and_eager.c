/* Lazy and eager: calling an async function makes a value and runs nothing. A task is the eager
   form: it runs by itself, like a promise. Rust: a future and tokio::spawn. JS: every call is eager
   (and runs at once up to its first await; a task waits for the next turn). Go: `go f()`. */
#include <rouse/rouse.h>
#include <stdio.h>

struct job {
    struct rouse_future future;
    const char *name;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(job)
{
    ROUSE_BEGIN;
    printf("%s: begins\n", self->name);
    ROUSE_AWAIT(self->nap, rouse_sleep(10 * ROUSE_MS));
    printf("%s: ends\n", self->name);
    ROUSE_END;
}

ROUSE_LAZY static struct job job(const char *name)
{
    return ROUSE_FUTURE(job, .name = name);
}

struct demo {
    struct rouse_future future;
    struct job lazy;             /* a value: its memory is here */
    struct rouse_task *eager;    /* a handle: the task has memory of its own */
    struct rouse_task_join join; /* waits for a task */
    struct rouse_sleep nap;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->lazy, job("lazy"));
    printf("main: the lazy job is made\n");
    self->eager = ROUSE_SPAWN(job("eager"));
    printf("main: the eager job is spawned\n");

    ROUSE_AWAIT(self->nap, rouse_sleep(50 * ROUSE_MS));
    printf("main: 50 ms later, only one of them has run\n");

    ROUSE_AWAIT(self->join, rouse_task_join(self->eager)); /* done long ago: does not wait */
    ROUSE_AWAIT(self->lazy);                               /* an await runs it */
    printf("main: now both have\n");
    ROUSE_FINALLY;
    rouse_task_detach(self->eager); /* release each handle exactly once */
    ROUSE_END;
}

ROUSE_LAZY static struct demo demo(void)
{
    return ROUSE_FUTURE(demo);
}

ROUSE_MAIN(demo())

// needs: malloc
// expect: main: the lazy job is made
// expect: main: the eager job is spawned
// expect: eager: begins
// expect: eager: ends
// expect: main: 50 ms later, only one of them has run
// expect: lazy: begins
// expect: lazy: ends
// expect: main: now both have
// always: main: the lazy job is made
// always: main: the eager job is spawned
// always: lazy: begins
// always: lazy: ends
// always: main: now both have
