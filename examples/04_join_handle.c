/* A spawned task and its handle: join waits, ROUSE_OUTPUT reads the result, abort cancels, detach
   releases the handle. Tokio: JoinHandle, but here you release a handle yourself.
   JS: a promise, but a promise cannot be aborted. Go: no handle; you build one from channels. */
#include <rouse/rouse.h>
#include <stdio.h>

struct square {
    struct rouse_future future;
    int n;
    int out; /* the result: ROUSE_RETURN sets it */
    struct rouse_sleep nap;
};

ROUSE_ASYNC(square)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(20 * ROUSE_MS));
    printf("square of %d: computed\n", self->n);
    ROUSE_RETURN(self->n * self->n);
    ROUSE_FINALLY;
    if (self->future.status == ROUSE_ERR_CANCELLED)
        printf("square of %d: cancelled\n", self->n);
    ROUSE_END;
}

ROUSE_LAZY static struct square square(int n)
{
    return ROUSE_FUTURE(square, .n = n);
}

struct demo {
    struct rouse_future future;
    struct rouse_task *task;
    struct rouse_task_join join;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    self->task = ROUSE_SPAWN(square(7));
    printf("finished? %s\n", rouse_task_is_finished(self->task) ? "yes" : "no");
    ROUSE_AWAIT(self->join, rouse_task_join(self->task));
    printf("finished? %s\n", rouse_task_is_finished(self->task) ? "yes" : "no");
    printf("output: %d\n", ROUSE_OUTPUT(square, self->task)->out);
    rouse_task_detach(self->task); /* the output goes with the handle */

    self->task = ROUSE_SPAWN(square(8));
    ROUSE_AWAIT(self->nap, rouse_sleep(5 * ROUSE_MS));
    rouse_task_abort(self->task); /* drops the future now; you still have the handle */
    {
        rouse_status status;
        ROUSE_TRY_AWAIT(status, self->join, rouse_task_join(self->task));
        printf("joined: %s\n", rouse_status_name(status));
    }
    rouse_task_detach(self->task);

    self->task = ROUSE_SPAWN(square(9));
    rouse_task_detach(self->task); /* no handle any more, and the task goes on */
    self->task = NULL;
    ROUSE_AWAIT(self->nap, rouse_sleep(60 * ROUSE_MS));
    printf("main: ends\n"); /* a task still running here would be dropped */
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROUSE_LAZY static struct demo demo(void)
{
    return ROUSE_FUTURE(demo);
}

ROUSE_MAIN(demo())

// needs: malloc
// expect: finished? no
// expect: square of 7: computed
// expect: finished? yes
// expect: output: 49
// expect: square of 8: cancelled
// expect: joined: ROUSE_ERR_CANCELLED
// expect: square of 9: computed
// expect: main: ends
// always: finished? no
// always: square of 7: computed
// always: finished? yes
// always: output: 49
// always: main: ends
