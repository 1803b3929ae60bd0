/* threads.c: jobs on Linux, on a few threads. A thread is started when more jobs wait than threads
   are idle. A program without jobs does not link this file.

   Invariant: a job is QUEUED, RUNNING or DONE, and changes only under the lock. Once a job is
   abandoned, its thread touches neither the runtime nor the remote, and frees the job. */
#define _POSIX_C_SOURCE 200809L
#include "../../src/io/job.h"
#include <rouse/blocking.h>
#include <rouse/host.h>

#include <pthread.h>
#include <signal.h>
#include <string.h>

enum { QUEUED = 1, RUNNING, DONE };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t job_queued = PTHREAD_COND_INITIALIZER, job_done = PTHREAD_COND_INITIALIZER;
static struct rouse_i_job *first, **last = &first;
static unsigned most_threads = 4, thread_count, idle_threads, queued;

void *rouse_i_job_new(size_t size)
{
    void *job = rouse_host_allocate(NULL, NULL, 0, size);
    return job ? memset(job, 0, size) : NULL;
}

static void free_job(struct rouse_i_job *job)
{
    rouse_host_allocate(NULL, job, 0, 0);
}

/* The lock is held at the call and at the return. */
static void run_job(struct rouse_i_job *job)
{
    job->state = RUNNING;
    pthread_mutex_unlock(&lock);
    job->run(job);
    pthread_mutex_lock(&lock);
    job->state = DONE;
    pthread_cond_broadcast(&job_done);
    if (!job->abandoned) {
        rouse_remote_wake(&job->remote); /* under the lock: the remote is not dropped meanwhile */
        return;
    }
    pthread_mutex_unlock(&lock);
    job->abandon(job);
    free_job(job);
    pthread_mutex_lock(&lock);
}

static void *run_jobs(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (!first) {
            idle_threads++;
            pthread_cond_wait(&job_queued, &lock);
            idle_threads--;
        }
        struct rouse_i_job *job = first;
        first = job->next;
        if (!first)
            last = &first;
        queued--;
        run_job(job);
    }
    return NULL;
}

/* True if there is a thread now. Signals stay with the program's own threads. */
static bool start_thread(void)
{
    sigset_t all, before;
    pthread_t thread;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&thread, NULL, run_jobs, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started)
        pthread_detach(thread);
    thread_count += started;
    return thread_count > 0;
}

void rouse_blocking_threads(unsigned most)
{
    pthread_mutex_lock(&lock);
    if (most > most_threads)
        most_threads = most;
    while (thread_count < most_threads && queued > idle_threads && start_thread()) {
    }
    pthread_mutex_unlock(&lock);
}

struct rouse_i_jobs rouse_i_jobs(void)
{
    pthread_mutex_lock(&lock);
    struct rouse_i_jobs jobs = {thread_count, idle_threads == 0 ? queued : 0};
    pthread_mutex_unlock(&lock);
    return jobs;
}

void rouse_i_job_start(struct rouse_i_job *job, struct rouse_context *cx)
{
    if (!cx->runtime) { /* a foreign executor cannot be woken from another thread */
        job->run(job);
        job->state = DONE;
        return;
    }
    rouse_remote_init(&job->remote, cx->runtime);
    pthread_mutex_lock(&lock);
    bool has_thread = queued < idle_threads || thread_count >= most_threads || start_thread();
    if (has_thread) {
        job->state = QUEUED;
        job->next = NULL;
        *last = job;
        last = &job->next;
        queued++;
        pthread_cond_signal(&job_queued);
    }
    pthread_mutex_unlock(&lock);
    if (has_thread)
        return;
    job->run(job); /* no thread could be started */
    job->state = DONE;
}

bool rouse_i_job_is_done(struct rouse_i_job *job, struct rouse_context *cx)
{
    rouse_waker_store(&job->remote.waker, cx); /* first: a job that ends after the look wakes it */
    pthread_mutex_lock(&lock);
    bool done = job->state == DONE;
    pthread_mutex_unlock(&lock);
    if (done)
        rouse_remote_drop(&job->remote);
    return done;
}

static void take_back(struct rouse_i_job *job)
{
    struct rouse_i_job **at = &first;
    while (*at != job)
        at = &(*at)->next;
    *at = job->next;
    if (!*at)
        last = at;
    queued--;
}

void rouse_i_job_settle(struct rouse_i_job *job)
{
    pthread_mutex_lock(&lock);
    if (job->state == QUEUED)
        take_back(job);
    while (job->state == RUNNING)
        pthread_cond_wait(&job_done, &lock);
    job->state = DONE;
    pthread_mutex_unlock(&lock);
    rouse_remote_drop(&job->remote);
}

void rouse_i_job_leave(struct rouse_i_job *job)
{
    if (!job)
        return;
    pthread_mutex_lock(&lock);
    bool running = job->state == RUNNING;
    if (job->state == QUEUED)
        take_back(job);
    struct rouse_waker waker =
        job->remote.waker; /* its drop may run any code: not under the lock */
    job->remote.waker = (struct rouse_waker){0};
    rouse_remote_drop(&job->remote);
    job->abandoned = running;
    pthread_mutex_unlock(&lock);
    rouse_waker_drop(&waker);
    if (running)
        return; /* the job belongs to its thread now */
    job->abandon(job);
    free_job(job);
}
