/* Functions that block, on threads. */
// needs: native malloc
#include "test.h"

#include <pthread.h>
#include <sched.h>

static struct rouse_runtime rt;

static void begin(void)
{
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_OK);
}

/* Runs a future to its end. */
#define RUN(f) rouse_block_on(&rt, &(f).future)

static pthread_t caller;
static rouse_status note_thread(void *argument)
{
    caller = pthread_self();
    return *(rouse_status *)argument;
}

TEST(a_blocking_function_runs_on_another_thread_and_gives_its_status)
{
    static rouse_status given[] = {ROUSE_OK, ROUSE_ERR_IO, 5};
    static const rouse_status wanted[] = {ROUSE_OK, ROUSE_ERR_IO, ROUSE_ERR_INVALID};
    begin();
    for (int i = 0; i < 3; i++) {
        struct rouse_blocking call = rouse_blocking(note_thread, &given[i], NULL);
        EXPECT_EQ(RUN(call), wanted[i]);
        EXPECT(!pthread_equal(caller, pthread_self()));
    }
    MOCK(rouse_blocking, call, rouse_blocking(note_thread, &given[0], NULL));
    EXPECT_READY(POLL(call), ROUSE_OK); /* a foreign executor is not woken from a thread */
    EXPECT(pthread_equal(caller, pthread_self()));
    rouse_runtime_drop(&rt);
}

static pthread_barrier_t gate;
static unsigned released;
static rouse_status block_here(void *argument)
{
    (void)argument;
    pthread_barrier_wait(&gate);
    pthread_barrier_wait(&gate);
    return ROUSE_OK;
}
static void release(void *argument)
{
    (void)argument;
    __atomic_add_fetch(&released, 1, __ATOMIC_SEQ_CST);
}

TEST(a_blocking_function_outlives_its_future_and_its_runtime)
{
    begin();
    pthread_barrier_init(&gate, NULL, 5);
    struct rouse_blocking calls[6];
    struct mock_task tasks[6];
    for (int i = 0; i < 6; i++) { /* four threads: two of them wait their turn */
        calls[i] = rouse_blocking(block_here, &gate, release);
        tasks[i] = mock_task(&calls[i].future);
        tasks[i].runtime = &rt;
        EXPECT_PENDING(mock_poll(&tasks[i]));
    }
    pthread_barrier_wait(&gate); /* four are in it */
    for (int i = 0; i < 6; i++)
        rouse_drop(&calls[i].future);
    EXPECT_EQ(released, 2); /* those that were never called */
    rouse_runtime_drop(&rt);
    pthread_barrier_wait(&gate);
    while (__atomic_load_n(&released, __ATOMIC_SEQ_CST) < 6)
        sched_yield();
}

static void collect(void *data, const char *text, size_t length)
{
    char *all = data;
    size_t there = strlen(all);
    if (there + length < 4000)
        memcpy(all + there, text, length);
}

TEST(a_dump_says_that_all_threads_are_busy_and_more_can_be_allowed)
{
    enum { CALLS = 6 }; /* each of them waits for all */
    static char said[4096];
    struct rouse_blocking calls[CALLS];
    struct mock_task tasks[CALLS];
    begin();
    pthread_barrier_init(&gate, NULL, CALLS);
    for (int i = 0; i < CALLS; i++) {
        calls[i] = rouse_blocking(block_here, NULL, NULL);
        tasks[i] = mock_task(&calls[i].future);
        tasks[i].runtime = &rt;
        EXPECT_PENDING(mock_poll(&tasks[i]));
    }
    do { /* until the threads have taken theirs */
        memset(said, 0, sizeof said);
        rouse_dump(&rt, collect, said);
        sched_yield();
    } while (!strstr(said, "(4); calls that wait for one: 2"));
    EXPECT_CONTAINS(said, "all blocking threads are busy");
    rouse_blocking_threads(2); /* it only grows */
    rouse_blocking_threads(CALLS);
    for (int i = 0; i < CALLS; i++)
        EXPECT_EQ(RUN(calls[i]), ROUSE_OK);
    memset(said, 0, sizeof said);
    rouse_dump(&rt, collect, said);
    EXPECT(!strstr(said, "busy"));
    rouse_runtime_drop(&rt);
}
