/* set: how often it polls, and members that change it, are streams, or wait for tasks. */
#include "gate.h"
#include "set_by_hand.h"

/* ---- bounded polls ----------------------------------------------------------------------------
 */

/* Wakes itself at every poll. */
struct restless {
    struct rouse_future future;
    unsigned polls, *all;
};
static struct rouse_polled restless_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct restless *self = (struct restless *)(void *)f;
    self->polls++;
    if (self->all)
        ++*self->all;
    rouse_waker_wake_by_ref(&cx->waker);
    return ROUSE_PENDING;
}
static const struct rouse_type restless_type = {"restless", __FILE__, sizeof(struct restless),
                                                restless_poll, NULL};

TEST(member_that_wakes_itself_is_polled_once_per_poll_of_the_set)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct restless a = ROUSE_FUTURE(restless), b = ROUSE_FUTURE(restless);
    begin();
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    rouse_set_add(&set, &b.future);
    for (unsigned i = 1; i <= 10; i++) {
        EXPECT_PENDING(poll_set(&w, &set));
        EXPECT_EQ(w.task.woken, i);
        EXPECT_EQ(a.polls + b.polls, 2 * i);
    }
    rouse_drop(&w.next.future);
    rouse_set_drop(&set);
    end();
}

/* A set with sets inside: a tree of `LEVELS` levels with one restless leaf at each. */
enum { LEVELS = 20 };
TEST(sets_inside_sets_poll_each_member_once)
{
    struct rouse_set set[LEVELS];
    struct rouse_set_next next[LEVELS];
    struct restless leaf[LEVELS];
    unsigned all = 0;
    struct waiter w = {0};
    begin();
    for (int i = 0; i < LEVELS; i++) {
        rouse_set_init(&set[i]);
        next[i] = rouse_set_next(&set[i]);
        leaf[i] = ROUSE_FUTURE(restless, .all = &all);
        rouse_set_add(&set[i], &leaf[i].future);
        if (i > 0)
            rouse_set_add(&set[i - 1], &next[i].future);
    }
    for (unsigned i = 1; i <= 10; i++) {
        EXPECT_PENDING(poll_set(&w, &set[0]));
        EXPECT_EQ(all, LEVELS * i);
    }
    rouse_drop(&w.next.future);
    for (int i = 0; i < LEVELS; i++) {
        rouse_drop(&next[i].future);
        rouse_set_drop(&set[i]);
    }
    end();
}

TEST(set_whose_budget_is_used_up_leaves_the_rest_for_the_next_poll)
{
    enum { MANY = 1000 };
    static struct rouse_yield yields[MANY];
    struct rouse_set set;
    struct waiter w = {0};
    begin();
    rouse_set_init(&set);
    for (int i = 0; i < MANY; i++) {
        yields[i] = rouse_yield();
        rouse_set_add(&set, &yields[i].future);
    }
    EXPECT_PENDING(poll_set(&w, &set));
    rouse_drop(&w.next.future);
    w.next = rouse_set_next(&set);
    struct rouse_context cx = mock_context(&w.task);
    cx.budget = 1; /* somebody else took it all: one member still gets its turn */
    EXPECT_READY(rouse_poll(&w.next.future, &cx), ROUSE_OK);
    EXPECT_EQ(rouse_set_count(&set), MANY - 1);
    rouse_set_drop(&set);
    end();
}

/* Awaits more than the budget of one poll, all ready at once. */
struct spender {
    struct rouse_future future;
    unsigned polls;
    int left;
};
static struct rouse_polled spender_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct spender *self = (struct spender *)(void *)f;
    self->polls++;
    while (rouse_spend(cx))
        if (--self->left == 0)
            return ROUSE_READY(ROUSE_OK);
    return ROUSE_PENDING;
}
static const struct rouse_type spender_type = {"spender", __FILE__, sizeof(struct spender),
                                               spender_poll, NULL};

TEST(polls_stay_linear_when_every_member_needs_more_than_the_budget)
{
    enum { MANY = 100, EACH = 5 };
    struct spender members[MANY];
    struct rouse_set set;
    unsigned polls = 0, done = 0;
    struct mock_task task = {0};
    begin();
    rouse_set_init(&set);
    for (int i = 0; i < MANY; i++) {
        members[i] = ROUSE_FUTURE(spender, .left = EACH);
        rouse_set_add(&set, &members[i].future);
    }
    for (int turn = 0; done < MANY; turn++) {
        EXPECT(turn < MANY * EACH);
        struct rouse_context cx = mock_context(&task);
        cx.runtime = &rt;
        cx.budget = 8 + 1;
        struct rouse_polled polled;
        do {
            struct rouse_set_next next = rouse_set_next(&set);
            polled = rouse_poll(&next.future, &cx);
            rouse_drop(&next.future);
            done += polled.status == ROUSE_OK;
        } while (polled.status == ROUSE_OK && cx.budget > 1);
    }
    for (int i = 0; i < MANY; i++)
        polls += members[i].polls;
    EXPECT(polls <= 2 * MANY); /* and not MANY * MANY */
    end();
}

/* ---- members that change the set they are in --------------------------------------------------
 */

struct meddler {
    struct rouse_future future;
    struct rouse_set *set;
    struct rouse_future *remove, *add;
    bool done;
};
static struct rouse_polled meddler_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct meddler *self = (struct meddler *)(void *)f;
    (void)cx;
    if (self->remove)
        EXPECT(rouse_set_remove(self->set, self->remove));
    if (self->add)
        rouse_set_add(self->set, self->add);
    return self->done ? ROUSE_READY(ROUSE_OK) : ROUSE_PENDING;
}
static const struct rouse_type meddler_type = {"meddler", __FILE__, sizeof(struct meddler),
                                               meddler_poll, NULL};

TEST(member_may_remove_and_add_others_while_it_is_polled)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate woken = gate(), added = gate();
    struct meddler a =
        ROUSE_FUTURE(meddler, .set = &set, .remove = &woken.future, .add = &added.future);
    begin();
    rouse_set_init(&set);
    added.open = true;
    rouse_set_add(&set, &a.future);
    rouse_set_add(&set, &woken.future);
    EXPECT_PENDING(poll_set(&w, &set));
    EXPECT_EQ(w.task.woken, 1);
    EXPECT_EQ(gate_polls(&woken), 0);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &added.future);
    rouse_set_drop(&set);
    end();
}

TEST(member_that_removes_itself_is_not_given_out)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct meddler a = ROUSE_FUTURE(meddler, .set = &set, .done = true);
    a.remove = &a.future;
    begin();
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    EXPECT_READY(poll_set(&w, &set), ROUSE_ERR_CLOSED);
    EXPECT(rouse_is_done(&a.future));
    end();
}

TEST(member_that_adds_without_memory_is_reported)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate added = gate();
    struct meddler a = ROUSE_FUTURE(meddler, .set = &set, .add = &added.future);
    struct rouse_set_node node = {0};
    begin();
    rouse_set_init(&set);
    rouse_set_add_in(&set, &node, &a.future);
    memory.calls = 0;
    memory.fail_at = 1;
    EXPECT_READY(poll_set(&w, &set), ROUSE_ERR_NO_MEMORY);
    memory.fail_at = 0;
    rouse_set_drop(&set);
    end();
}

/* ---- streams and tasks ------------------------------------------------------------------------
 */

TEST(member_that_is_a_stream_is_given_out_with_each_item_and_stays)
{
    struct rouse_fake_host host;
    struct rouse_options options = {
        .host = &host.host, .allocate = test_allocate, .allocate_data = &memory};
    struct rouse_interval every = rouse_interval(10, ROUSE_BURST);
    struct rouse_set set;
    struct waiter w = {0};
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_set_init(&set);
    rouse_set_add(&set, &every.future);
    EXPECT_PENDING(poll_set(&w, &set));
    rouse_fake_host_advance(&host, 20);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(w.next.out == &every.future);
    EXPECT_EQ(every.out, 10);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT_EQ(every.out, 20);
    EXPECT_PENDING(poll_set(&w, &set));
    EXPECT_EQ(rouse_set_count(&set), 1);
    rouse_drop(&w.next.future);
    rouse_set_drop(&set);
    end();
}

struct worker {
    struct rouse_future future;
    int n;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(worker)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep((uint64_t)self->n * ROUSE_MS));
    if (self->n == 3)
        ROUSE_FAIL(-1003);
    ROUSE_END;
}
struct team {
    struct rouse_future future;
    struct rouse_set set;
    struct rouse_set_next next;
    struct worker workers[4];
};
ROUSE_ASYNC(team)
{
    ROUSE_BEGIN;
    rouse_set_init(&self->set);
    for (int i = 0; i < 4; i++) {
        ROUSE_PUT(self->workers[i], ROUSE_FUTURE(worker, .n = 4 - i));
        rouse_set_add(&self->set, &self->workers[i].future);
    }
    ROUSE_EACH(self->next, rouse_set_next(&self->set)) {
        const struct worker *worker = (const struct worker *)(const void *)self->next.out;
        test_say("%d:%d", worker->n, (int)worker->future.status);
    }
    ROUSE_FINALLY;
    rouse_set_drop(&self->set);
    ROUSE_END;
}

TEST(each_goes_through_a_set_in_the_order_of_completion)
{
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    struct team team = ROUSE_FUTURE(team);
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, &team.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "1:0 2:0 3:-1003 4:0");
    end();
}

/* Work that task A added must go on when task B takes over the waiting, and A is gone. */
struct taker {
    struct rouse_future future;
    struct rouse_set *set;
    struct rouse_set_next next;
    struct rouse_future *out;
};
ROUSE_ASYNC(taker)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->next, rouse_set_next(self->set));
    ROUSE_RETURN(self->next.out);
    ROUSE_END;
}

TEST(set_that_one_task_waited_for_wakes_the_next)
{
    struct rouse_set set;
    struct gate a = gate();
    begin();
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    struct rouse_task *first = rouse_spawn(&rt, ROUSE_FUTURE(taker, .set = &set));
    while (rouse_turn(&rt)) {
    }
    rouse_task_abort(first);
    rouse_task_detach(first);
    struct rouse_task *second = rouse_spawn(&rt, ROUSE_FUTURE(taker, .set = &set));
    while (rouse_turn(&rt)) {
    }
    EXPECT(!rouse_task_is_finished(second));
    gate_open(&a, ROUSE_OK);
    while (rouse_turn(&rt)) {
    }
    EXPECT(rouse_task_is_finished(second));
    EXPECT(ROUSE_OUTPUT(taker, second)->out == &a.future);
    rouse_task_detach(second);
    end();
}

static struct rouse_polled clone_and_compare(void *same, struct rouse_context *cx)
{
    struct rouse_waker clone = rouse_waker_clone(&cx->waker);
    *(bool *)same = rouse_waker_same(&clone, &cx->waker);
    rouse_waker_drop(&clone);
    return ROUSE_READY(ROUSE_OK);
}

TEST(waker_of_a_member_that_is_cloned_stays_the_same)
{
    struct rouse_set set;
    struct waiter w = {0};
    bool same = false;
    struct rouse_poll_fn a = rouse_poll_fn(clone_and_compare, &same);
    begin();
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
    EXPECT(same);
    end();
}

TEST(set_that_is_filled_and_emptied_again_and_again_keeps_nothing)
{
    struct rouse_set set;
    struct waiter w = {0};
    struct gate g[24];
    begin();
    rouse_set_init(&set);
    for (int round = 0; round < 1000; round++) {
        for (int i = 0; i < 24; i++) {
            g[i] = gate();
            rouse_set_add(&set, &g[i].future);
        }
        EXPECT_PENDING(poll_set(&w, &set));
        gate_open(&g[round % 24], ROUSE_OK);
        EXPECT_READY(poll_set(&w, &set), ROUSE_OK);
        rouse_set_drop(&set);
        EXPECT_EQ(memory.live_blocks, 0);
    }
    end();
}
