/* threads.c: jobs on Linux: up to four threads, started when there is more to do than threads that
   rest. A program that has no jobs does not link this.

   Invariant: a job is QUEUED, RUNNING or DONE under the lock. Its thread touches neither the
   runtime nor the remote once it is abandoned; it frees it then. */
#define _POSIX_C_SOURCE 200809L
#include "../../src/io/job.h"
#include <rouse/host.h>

#include <pthread.h>
#include <signal.h>
#include <string.h>

enum { MOST_THREADS = 4 };
enum { QUEUED = 1, RUNNING, DONE };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER, ended = PTHREAD_COND_INITIALIZER;
static struct rouse_i_job *first, **last = &first;
static unsigned threads, resting, queued;

void *rouse_i_job_new(size_t size)
{
    void *job = rouse_host_allocate(NULL, NULL, 0, size);
    return job ? memset(job, 0, size) : NULL;
}

static void free_job(struct rouse_i_job *job)
{
    rouse_host_allocate(NULL, job, 0, 0);
}

/* With the lock held, and again on return. */
static void run_one(struct rouse_i_job *job)
{
    job->state = RUNNING;
    pthread_mutex_unlock(&lock);
    job->run(job);
    pthread_mutex_lock(&lock);
    job->state = DONE;
    pthread_cond_broadcast(&ended);
    if (!job->abandoned) {
        rouse_remote_wake(&job->remote); /* under the lock: nobody drops it meanwhile */
        return;
    }
    pthread_mutex_unlock(&lock);
    job->abandon(job);
    free_job(job);
    pthread_mutex_lock(&lock);
}

static void *work(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (!first) {
            resting++;
            pthread_cond_wait(&more, &lock);
            resting--;
        }
        struct rouse_i_job *job = first;
        first = job->next;
        if (!first)
            last = &first;
        queued--;
        run_one(job);
    }
    return NULL;
}

/* Signals are for the program's own threads. */
static bool start_thread(void)
{
    sigset_t all, before;
    pthread_t thread;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&thread, NULL, work, NULL) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started)
        pthread_detach(thread);
    threads += started;
    return threads > 0;
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
    bool some = queued < resting || threads == MOST_THREADS || start_thread();
    if (some) {
        job->state = QUEUED;
        job->next = NULL;
        *last = job;
        last = &job->next;
        queued++;
        pthread_cond_signal(&more);
    }
    pthread_mutex_unlock(&lock);
    if (some)
        return;
    job->run(job); /* no thread to be had */
    job->state = DONE;
}

bool rouse_i_job_is_done(struct rouse_i_job *job, struct rouse_context *cx)
{
    rouse_waker_store(&job->remote.waker, cx); /* first: what comes between is seen */
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
        pthread_cond_wait(&ended, &lock);
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
    struct rouse_waker waker = job->remote.waker; /* its drop may be anybody's code */
    job->remote.waker = (struct rouse_waker){0};
    rouse_remote_drop(&job->remote);
    job->abandoned = running;
    pthread_mutex_unlock(&lock);
    rouse_waker_drop(&waker);
    if (running)
        return; /* the thread's by now */
    job->abandon(job);
    free_job(job);
}
