/* job.h: something that blocks, done by the host: on another thread, or at once.

   A job is a record of its own: it has copies of all it needs, never a pointer into a frame, for a
   future that is dropped leaves behind a job that cannot be stopped. */
#ifndef ROUSE_JOB_H
#define ROUSE_JOB_H

#include <rouse/task.h>

struct rouse_i_job {
    void (*run)(struct rouse_i_job *job);
    /* Nobody came for the result: undo it. On whichever thread; the memory is freed after it. */
    void (*abandon)(struct rouse_i_job *job);
    struct rouse_i_job *next;
    struct rouse_remote remote;
    uint8_t state;
    bool abandoned;
};

/* Zeroed, from the platform's allocator: it may outlive the runtime. NULL: no memory. */
void *rouse_i_job_new(size_t size);
/* Runs it, now or soon; again once it was done. */
void rouse_i_job_start(struct rouse_i_job *job, struct rouse_context *cx);
/* Otherwise wakes the context's task once it is. */
bool rouse_i_job_is_done(struct rouse_i_job *job, struct rouse_context *cx);
/* Ends what was started: takes it back, or waits for it. The record may be started again. */
void rouse_i_job_settle(struct rouse_i_job *job);
/* Gives the record up, in any state: takes it back, or abandons it. NULL is allowed. */
void rouse_i_job_leave(struct rouse_i_job *job);

#endif
