/* Functions that block, on the game loop of docs/hosts.md, and on hosts without `interrupt`. */
// needs: native malloc
#include "test.h"
#include <rouse/host.h>

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static struct rouse_runtime rt;

struct frame_host {
    struct rouse_host host;
    uint64_t deadline_ns;
    atomic_bool wanted;
};
static void frame_wake(struct rouse_host *host)
{
    ((struct frame_host *)(void *)host)->wanted = true;
}
static uint64_t frame_now(struct rouse_host *host)
{
    (void)host;
    return 0;
}
static void frame_wake_at(struct rouse_host *host, uint64_t deadline_ns)
{
    ((struct frame_host *)(void *)host)->deadline_ns = deadline_ns;
}
static rouse_status frame_wait(struct rouse_host *host, bool remote)
{
    (void)host, (void)remote;
    EXPECT(false); /* this sleep would never end */
    return ROUSE_OK;
}

static rouse_status load_level(void *argument)
{
    *(int *)argument = 7;
    return ROUSE_OK;
}

TEST(a_game_loop_hears_of_the_end_of_a_call)
{
    static const struct rouse_host_calls calls = {
        .wake = frame_wake, .now = frame_now, .wake_at = frame_wake_at, .interrupt = frame_wake};
    struct frame_host host = {.host.calls = &calls};
    struct rouse_options options = {.host = &host.host};
    static int level;
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    struct rouse_task *task = rouse_spawn(&rt, rouse_blocking(load_level, &level, NULL));
    while (!rouse_task_is_finished(task)) { /* the loop turns only when it is asked to */
        if (atomic_exchange(&host.wanted, false))
            (void)rouse_turn(&rt);
        sched_yield();
    }
    EXPECT_EQ(level, 7);
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}

TEST(a_host_without_interrupt_says_so_and_refuses_to_sleep_for_ever)
{
    static const struct rouse_host_calls calls = {
        .wake = frame_wake, .now = frame_now, .wake_at = frame_wake_at, .wait = frame_wait};
    struct frame_host host = {.host.calls = &calls};
    struct rouse_options options = {.host = &host.host};
    struct rouse_remote remote;
    char said[512] = {0};
    int ends[2], before = dup(STDERR_FILENO);
    EXPECT_EQ(pipe(ends), 0);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    dup2(ends[1], STDERR_FILENO);
    rouse_remote_init(&remote, &rt);
    dup2(before, STDERR_FILENO);
    EXPECT(read(ends[0], said, sizeof said - 1) > 0);
    EXPECT_CONTAINS(said, "this host has no `interrupt`");
    struct rouse_remote_wait wait = rouse_remote_wait(&remote);
    EXPECT_EQ(rouse_block_on(&rt, &wait.future), ROUSE_ERR_NOT_SUPPORTED);
    rouse_remote_drop(&remote);
    rouse_runtime_drop(&rt);
}
