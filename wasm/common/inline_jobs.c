/* inline_jobs.c: job.h for WebAssembly. There is one thread, so a job runs at once. */
#include "../../runtime/src/io/job.h"
#include <rouse/blocking.h>
#include <rouse/host.h>
#include <string.h>

void *rouse_i_job_new(size_t size)
{
    void *job = rouse_host_allocate(NULL, NULL, 0, size);
    return job ? memset(job, 0, size) : NULL;
}

void rouse_blocking_threads(unsigned most)
{
    (void)most;
}

void rouse_i_job_start(struct rouse_i_job *job, struct rouse_context *cx)
{
    (void)cx;
    job->run(job);
}

bool rouse_i_job_is_done(struct rouse_i_job *job, struct rouse_context *cx)
{
    (void)job, (void)cx;
    return true;
}

void rouse_i_job_settle(struct rouse_i_job *job)
{
    (void)job;
}

void rouse_i_job_leave(struct rouse_i_job *job)
{
    if (!job)
        return;
    job->abandon(job);
    rouse_host_allocate(NULL, job, 0, 0);
}
