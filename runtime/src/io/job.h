/* job.h: work that blocks, done by the host: on another thread, or at once.

   Invariant: a job is a record of its own. It has copies of all that it needs and never points into
   a frame, because a future that is dropped may leave behind a job that cannot be stopped. */
#ifndef ROUSE_JOB_H
#define ROUSE_JOB_H

#include <rouse/task.h>

struct rouse_i_job {
    void (*run)(struct rouse_i_job *job);
    /* Undoes the job, whose result nobody takes. On any thread; the memory is freed after it. */
    void (*abandon)(struct rouse_i_job *job);
    struct rouse_i_job *next;
    struct rouse_remote remote;
    uint8_t state;
    bool abandoned;
};

/* How the threads do: for reports. `waiting`: jobs that no thread has begun, all being busy. */
struct rouse_i_jobs {
    unsigned threads, waiting;
};
struct rouse_i_jobs rouse_i_jobs(void);

/* Zeroed, from the platform's allocator: it may outlive the runtime. NULL: no memory. */
void *rouse_i_job_new(size_t size);
/* Runs the job, now or soon. A job that is done may be started again. */
void rouse_i_job_start(struct rouse_i_job *job, struct rouse_context *cx);
/* If not, the context's task is woken once it is. */
bool rouse_i_job_is_done(struct rouse_i_job *job, struct rouse_context *cx);
/* Ends a job that was started: takes it off the queue, or waits for it. It may be started again. */
void rouse_i_job_settle(struct rouse_i_job *job);
/* Releases the record in any state. A job that runs is abandoned. NULL is allowed. */
void rouse_i_job_leave(struct rouse_i_job *job);

#endif
