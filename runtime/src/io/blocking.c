/* blocking.c: a future that runs a blocking function as a job (job.h). */
#include "job.h"
#include <rouse/blocking.h>

struct call {
    struct rouse_i_job job;
    rouse_status (*function)(void *argument);
    void *argument;
    void (*release)(void *argument);
    rouse_status status;
};

static void run(struct rouse_i_job *job)
{
    struct call *call = (struct call *)(void *)job;
    rouse_status status = call->function(call->argument);
    call->status = status > 0 ? ROUSE_ERR_INVALID : status;
}

static void abandon(struct rouse_i_job *job)
{
    struct call *call = (struct call *)(void *)job;
    if (call->release)
        call->release(call->argument);
}

static struct rouse_polled blocking_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_blocking *self = (struct rouse_blocking *)(void *)f;
    struct call *call = (struct call *)(void *)self->job;
    if (!call) {
        call = rouse_i_job_new(sizeof *call);
        if (!call)
            return ROUSE_READY(ROUSE_ERR_NO_MEMORY);
        call->job.run = run;
        call->job.abandon = abandon;
        call->function = self->function;
        call->argument = self->argument;
        call->release = self->release;
        self->job = &call->job;
        rouse_i_job_start(self->job, cx);
    }
    if (!rouse_i_job_is_done(self->job, cx))
        return ROUSE_PENDING;
    rouse_status status = call->status;
    call->release = NULL; /* the argument belongs to the caller again */
    rouse_i_job_leave(self->job);
    return ROUSE_READY(status);
}

static void blocking_drop(struct rouse_future *f)
{
    rouse_i_job_leave(((struct rouse_blocking *)(void *)f)->job);
}

static const struct rouse_type rouse_blocking_type = {
    "rouse_blocking", __FILE__, sizeof(struct rouse_blocking), blocking_poll, blocking_drop};

struct rouse_blocking rouse_blocking(rouse_status (*function)(void *argument), void *argument,
                                     void (*release)(void *argument))
{
    return ROUSE_FUTURE(rouse_blocking, .function = function, .argument = argument,
                        .release = release);
}
