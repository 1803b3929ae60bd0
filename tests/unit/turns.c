/* Turns: what runs when, and who gives way to whom. */
#include "steps.h"
// needs: malloc

struct nester {
    struct rouse_future future;
    int depth;
};
static struct rouse_polled nester_poll(struct rouse_future *f, struct rouse_context *cx);
static const struct rouse_type nester_type = {"nester", __FILE__, sizeof(struct nester),
                                              nester_poll, NULL};
static struct rouse_polled nester_poll(struct rouse_future *f, struct rouse_context *cx)
{
    int depth = ((struct nester *)(void *)f)->depth;
    test_say("%d", depth);
    if (depth < 3)
        rouse_task_detach(
            rouse_spawn(rouse_runtime_of(cx), ROUSE_FUTURE(nester, .depth = depth + 1)));
    EXPECT(rouse_turn(rouse_runtime_of(cx))); /* a turn inside a turn does nothing */
    return ROUSE_READY(ROUSE_OK);
}

/* Pitfall 15, and: turns never nest. */
TEST(nested_spawn_runs_one_turn_later_each)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(nester, .depth = 1)));
    EXPECT(rouse_turn(&rt));
    EXPECT_TEXT(test_said(), "1");
    EXPECT(rouse_turn(&rt));
    EXPECT_TEXT(test_said(), "2");
    EXPECT(rouse_turn(&rt)); /* nothing is ready, but the poll asked for a turn */
    EXPECT(!rouse_turn(&rt));
    EXPECT_TEXT(test_said(), "3");
    end();
}

static bool always_over(struct rouse_host *unused)
{
    (void)unused;
    return true;
}

TEST(a_turn_that_the_host_cuts_short_goes_on_where_it_stopped)
{
    rouse_fake_host_init(&host);
    struct rouse_host_calls calls = *host.host.calls;
    calls.slice_over = always_over;
    host.host.calls = &calls;
    begin_on_host((struct rouse_options){0});
    struct rouse_task *tasks[200];
    for (int i = 0; i < 200; i++)
        tasks[i] = rouse_spawn(&rt, step("", 0));
    for (int turn = 0; turn < 4; turn++) {
        int finished = 0;
        EXPECT_EQ(rouse_turn(&rt), turn < 3);
        for (int i = 0; i < 200; i++)
            finished += rouse_task_is_finished(tasks[i]);
        EXPECT_EQ(finished, turn < 3 ? 64 * (turn + 1) : 200);
    }
    test_said();
    for (int i = 0; i < 200; i++)
        rouse_task_detach(rouse_spawn(&rt, step("", 0)));
    end(); /* never ran, and all of it is given back */
}

struct endless {
    struct rouse_future future;
};
static struct rouse_polled endless_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)f, (void)cx;
    return ROUSE_ITEM;
}
static const struct rouse_type endless_type = {"endless", __FILE__, sizeof(struct endless),
                                               endless_poll, NULL};

TEST(a_stream_as_a_task_cannot_starve_the_others)
{
    begin();
    struct rouse_task *stream = rouse_spawn(&rt, ROUSE_FUTURE(endless));
    rouse_task_detach(rouse_spawn(&rt, step("a", 0)));
    EXPECT(rouse_turn(&rt));
    EXPECT_TEXT(test_said(), "a");
    rouse_task_detach(stream);
    end();
}
