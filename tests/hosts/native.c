/* The Linux host: real time, wakes from threads and signals, idle that costs nothing. */
#define _GNU_SOURCE
#include "test.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static struct rouse_runtime rt;

static void begin(void)
{
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_OK);
}

struct waiting {
    struct rouse_future future;
    struct rouse_remote *remote;
    struct rouse_remote_wait wait;
    int times, i;
};
ROUSE_ASYNC(waiting)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < self->times; self->i++)
        ROUSE_AWAIT(self->wait, rouse_remote_wait(self->remote));
    ROUSE_END;
}

static void *wake_from_thread(void *remote)
{
    rouse_remote_wake(remote);
    return NULL;
}

TEST(a_wake_from_another_thread_ends_the_wait)
{
    begin();
    struct rouse_remote remote;
    rouse_remote_init(&remote, &rt);
    pthread_t thread;
    EXPECT_EQ(pthread_create(&thread, NULL, wake_from_thread, &remote), 0);
    struct waiting f = ROUSE_FUTURE(waiting, .remote = &remote, .times = 1);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    pthread_join(thread, NULL);
    rouse_remote_drop(&remote);
    rouse_remote_drop(&remote);
    rouse_runtime_drop(&rt);
}

TEST(a_signal_that_was_ignored_stays_ignored)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGQUIT};
    struct sigaction action;
    begin();
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    rouse_host_on_interrupt(&rt);
    for (int i = 0; i < 3; i++) {
        EXPECT_EQ(sigaction(numbers[i], NULL, &action), 0);
        EXPECT_EQ(action.sa_handler == SIG_IGN, numbers[i] != SIGTERM);
    }
    rouse_runtime_drop(&rt);
}

enum { ROUNDS = 2000 };
static struct rouse_remote ping, pong;
static pthread_barrier_t turn;

static void *wake_many_times(void *unused)
{
    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        pthread_barrier_wait(&turn);
        rouse_remote_wake(&ping);
    }
    return NULL;
}

struct rounds {
    struct rouse_future future;
    int i;
    struct rouse_remote_wait wait;
};
ROUSE_ASYNC(rounds)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < ROUNDS; self->i++) {
        pthread_barrier_wait(&turn); /* the wake may come before, during or after the poll below */
        ROUSE_AWAIT(self->wait, rouse_remote_wait(&ping));
    }
    ROUSE_END;
}

TEST(no_wake_from_a_thread_is_lost_however_it_races_with_the_poll)
{
    begin();
    rouse_remote_init(&ping, &rt);
    rouse_remote_init(&pong, &rt); /* one that is never woken does no harm */
    pthread_barrier_init(&turn, NULL, 2);
    pthread_t thread;
    EXPECT_EQ(pthread_create(&thread, NULL, wake_many_times, NULL), 0);
    struct rounds f = ROUSE_FUTURE(rounds);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    pthread_join(thread, NULL);
    rouse_remote_drop(&ping);
    rouse_remote_drop(&pong);
    rouse_runtime_drop(&rt);
}

static struct rouse_remote *signal_remote;
static void on_signal(int number)
{
    (void)number;
    rouse_remote_wake(signal_remote);
}

static void raise_in_ns(long ns)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
    struct itimerspec at = {.it_value.tv_nsec = ns};
    EXPECT_EQ(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
    EXPECT_EQ(timer_settime(timer, 0, &at, NULL), 0);
}

TEST(a_wake_from_a_signal_handler_ends_the_wait)
{
    begin();
    struct rouse_remote remote;
    rouse_remote_init(&remote, &rt);
    signal_remote = &remote;
    signal(SIGUSR1, on_signal);
    raise_in_ns(1000000);
    struct waiting f = ROUSE_FUTURE(waiting, .remote = &remote, .times = 1);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    rouse_remote_drop(&remote);
    rouse_runtime_drop(&rt);
}

TEST(a_dropped_wait_is_not_woken_and_the_signal_is_kept_for_the_next)
{
    begin();
    struct rouse_remote remote;
    rouse_remote_init(&remote, &rt);
    struct rouse_remote_wait a = rouse_remote_wait(&remote), b = rouse_remote_wait(&remote);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&a.future);
    EXPECT_EQ(t.live, 0);
    rouse_remote_wake(&remote);
    EXPECT(!rouse_turn(&rt));
    EXPECT_EQ(t.woken, 0);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    rouse_remote_drop(&remote);
    rouse_runtime_drop(&rt);
}

static void interrupt_program(int number)
{
    (void)number;
    rouse_interrupt(&rt);
}

struct cleanup {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(cleanup)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(3600 * ROUSE_S));
    ROUSE_FINALLY;
    test_say("cleaned up");
    ROUSE_END;
}

TEST(an_interrupt_cancels_the_future_of_block_on)
{
    begin();
    signal(SIGUSR1, interrupt_program);
    raise_in_ns(1000000);
    struct cleanup f = ROUSE_FUTURE(cleanup);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_ERR_CANCELLED);
    EXPECT_TEXT(test_said(), "cleaned up");
    rouse_runtime_drop(&rt);
}

/* ---- idle ------------------------------------------------------------------------------------ */

static struct rouse_host_calls counting;
static const struct rouse_host_calls *real;
static unsigned waits;
static rouse_status counting_wait(struct rouse_host *host, bool remote)
{
    waits++;
    return real->wait(host, remote);
}

struct napping {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(napping)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(100 * ROUSE_MS));
    ROUSE_END;
}

TEST(an_idle_program_sleeps_once_per_deadline_and_never_early)
{
    begin();
    real = rt.host->calls;
    counting = *real;
    counting.wait = counting_wait;
    rt.host->calls = &counting;
    struct rusage before, after;
    uint64_t start = rouse_now(&rt);
    getrusage(RUSAGE_SELF, &before);
    struct napping f = ROUSE_FUTURE(napping);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_OK);
    getrusage(RUSAGE_SELF, &after);
    EXPECT(rouse_now(&rt) - start >= 100 * ROUSE_MS);
    EXPECT_EQ(waits, 1);
    EXPECT(after.ru_nvcsw - before.ru_nvcsw <= 2);
    rouse_runtime_drop(&rt);
}

struct soon {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(soon)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    raise(SIGUSR1);
    ROUSE_END;
}

TEST(a_deadline_centuries_away_is_not_due)
{
    begin();
    struct rouse_sleep forever = rouse_sleep(UINT64_MAX);
    struct soon soon = ROUSE_FUTURE(soon);
    struct rouse_join f = rouse_join(ROUSE_LIST(&forever.future, &soon.future));
    signal(SIGUSR1, interrupt_program);
    EXPECT_EQ(rouse_block_on(&rt, &f.future), ROUSE_ERR_CANCELLED);
    EXPECT_EQ(soon.future.status, ROUSE_OK);
    rouse_runtime_drop(&rt);
}

TEST(no_file_descriptors_left_is_a_status)
{
    struct rlimit old, none;
    EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &old), 0);
    none = (struct rlimit){3, old.rlim_max};
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_ERR_NOT_SUPPORTED);
    struct rouse_ready f = rouse_ready(ROUSE_OK);
    rouse_i_main_begin();
    EXPECT_EQ(rouse_i_main(&f.future), EXIT_FAILURE);
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &old), 0);
}

TEST(runtime_that_did_not_begin_closes_no_file_of_others_when_dropped)
{
    struct rlimit old, few;
    int fds[2];
    EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &old), 0);
    EXPECT_EQ(pipe(fds), 0);
    close(fds[0]);
    close(fds[1]);
    few = (struct rlimit){(rlim_t)fds[1] + 1, old.rlim_max}; /* enough for two of three */
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &few), 0);
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT_EQ(pipe(fds), 0);
    rouse_runtime_drop(&rt);
    EXPECT_EQ(close(fds[0]), 0);
    EXPECT_EQ(close(fds[1]), 0);
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &old), 0);
}

TEST(many_runtimes_live_side_by_side)
{
    static struct rouse_runtime others[3];
    for (int i = 0; i < 3; i++) {
        EXPECT_EQ(rouse_runtime_init(&others[i], NULL), ROUSE_OK);
        struct napping f = ROUSE_FUTURE(napping);
        EXPECT_EQ(rouse_block_on(&others[i], &f.future), ROUSE_OK);
    }
    for (int i = 0; i < 3; i++)
        rouse_runtime_drop(&others[i]);
}
