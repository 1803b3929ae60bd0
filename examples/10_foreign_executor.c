/* A future does not know its executor: all it gets is a waker, four functions as in Rust. Here a
   foreign executor of forty lines runs futures of rouse; a timer, which needs rouse's clock, fails.
   The other way round, rouse_poll_fn makes a future of anything that is polled and keeps a waker:
   example 09. Rust: any executor runs any future. JS: there is one engine, and no choice. */
#include <rouse/rouse.h>
#include <stdio.h>

/* ---- The foreign executor: its own jobs, its own wakers ------------------------------------- */

struct job {
    struct rouse_future *future;
    bool woken, done;
};

static struct rouse_waker job_clone(void *job);
static void job_wake(void *job) /* by value or by reference: a job does not count its wakers */
{
    ((struct job *)job)->woken = true;
}
static void job_forget(void *job)
{
    (void)job;
}
static const struct rouse_waker_table job_table = {job_clone, job_wake, job_wake, job_forget};
static struct rouse_waker job_clone(void *job)
{
    return (struct rouse_waker){&job_table, job};
}

/* Polls every job that was woken, until none is. */
static void run(struct job *jobs, size_t count)
{
    bool any = true;
    while (any) {
        any = false;
        for (struct job *job = jobs; job < jobs + count; job++) {
            struct rouse_context cx = {.waker = {&job_table, job}};
            if (!job->woken || job->done)
                continue;
            any = true;
            job->woken = false; /* before the poll, which may wake itself */
            job->done = !rouse_is_pending(rouse_poll(job->future, &cx));
        }
    }
}

/* ---- Futures of rouse ----------------------------------------------------------------------- */

struct player {
    struct rouse_future future;
    const char *name;
    struct rouse_notify *mine, *other;
    int i;
    struct rouse_notify_wait turn;
};

ROUSE_ASYNC(player)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 2; self->i++) {
        ROUSE_AWAIT(self->turn, rouse_notify_wait(self->mine));
        printf("%s\n", self->name);
        rouse_notify_one(self->other);
    }
    ROUSE_END;
}

/* A leaf that is ready at its first poll: a main for every host. rouse runs nothing else here. */
static struct rouse_polled demo(void *unused, struct rouse_context *cx)
{
    struct rouse_notify a, b;
    rouse_notify_init(&a);
    rouse_notify_init(&b);
    struct player ping = ROUSE_FUTURE(player, .name = "ping", .mine = &a, .other = &b);
    struct player pong = ROUSE_FUTURE(player, .name = "pong", .mine = &b, .other = &a);
    struct rouse_sleep nap = rouse_sleep(ROUSE_MS);
    struct job jobs[] = {
        {&ping.future, true, false}, {&pong.future, true, false}, {&nap.future, true, false}};
    (void)unused, (void)cx;

    run(jobs, 3);
    printf("ping and pong wait\n");
    rouse_notify_one(&a); /* wakes the first job */
    run(jobs, 3);
    printf("done: %s\n", jobs[0].done && jobs[1].done ? "both" : "no");
    printf("sleep: %s\n", rouse_status_name(nap.future.status));
    return ROUSE_READY(ROUSE_OK);
}

ROUSE_MAIN(rouse_poll_fn(demo, NULL))

// expect: ping and pong wait
// expect: ping
// expect: pong
// expect: ping
// expect: pong
// expect: done: both
// expect: sleep: ROUSE_ERR_NOT_SUPPORTED
