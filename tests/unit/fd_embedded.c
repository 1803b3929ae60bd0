/* Waiting for descriptors on a host that is called and has no `wait`; and on none. */
// needs: native malloc
#include "counted.h"
#include <rouse/host.h>

struct embedded {
    struct rouse_host host;
    unsigned wakes;
};
static void embedded_wake(struct rouse_host *host)
{
    ((struct embedded *)(void *)host)->wakes++;
}
static uint64_t embedded_now(struct rouse_host *host)
{
    (void)host;
    return 0;
}
static void embedded_wake_at(struct rouse_host *host, uint64_t deadline_ns)
{
    (void)host, (void)deadline_ns;
}
static rouse_status embedded_reserve(struct rouse_host *host, size_t count)
{
    (void)host, (void)count;
    return ROUSE_OK;
}

struct reads_once {
    struct rouse_future future;
    struct rouse_fd_ready ready;
};
ROUSE_ASYNC(reads_once)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->ready, rouse_readable(7));
    ROUSE_END;
}

TEST(an_embedder_that_says_a_descriptor_is_ready_wakes_its_task)
{
    static const struct rouse_host_calls calls = {.wake = embedded_wake,
                                                  .now = embedded_now,
                                                  .wake_at = embedded_wake_at,
                                                  .reserve = embedded_reserve};
    struct embedded embedded = {.host = {.calls = &calls}};
    struct rouse_options options = {.host = &embedded.host};
    struct rouse_fd_wait wait;
    uint32_t at = 0;
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(reads_once));
    while (rouse_turn(&rt)) {
    }
    EXPECT(rouse_host_next_wait(&rt, &at, &wait));
    embedded.wakes = 0;
    rouse_host_fd_ready(&rt, wait.id, ROUSE_OK);
    EXPECT_EQ(embedded.wakes, 1);
    while (rouse_turn(&rt)) {
    }
    EXPECT(rouse_task_is_finished(task));
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}

TEST(a_foreign_executor_and_a_host_without_descriptors_say_so)
{
    static const struct rouse_host_calls none = {0};
    struct rouse_host host = {.calls = &none};
    MOCK(rouse_fd_ready, ready, rouse_readable(0));
    EXPECT_READY(POLL(ready), ROUSE_ERR_NOT_SUPPORTED);
    begin();
    struct rouse_host *own = rt.host;
    rt.host = &host;
    MOCK(rouse_fd_ready, other, rouse_readable(0));
    other_task.runtime = &rt;
    EXPECT_READY(POLL(other), ROUSE_ERR_NOT_SUPPORTED);
    rt.host = own;
    end();
}
