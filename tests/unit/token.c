/* Cancel tokens, polled by hand. */
#include "eager.h"

TEST(a_cancel_wakes_those_who_wait_and_those_who_come_later_are_done)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    EXPECT(!rouse_token_is_cancelled(&token));
    EXPECT_EQ(rouse_token_reason(&token), ROUSE_OK);
    struct rouse_token_wait a = rouse_token_wait(&token), b = rouse_token_wait(&token);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.woken, 0);
    rouse_token_cancel(&token, ROUSE_ERR_TIMEOUT);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(t.live, 0);
    EXPECT(rouse_token_is_cancelled(&token));
    EXPECT_EQ(rouse_token_reason(&token), ROUSE_ERR_TIMEOUT);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_EQ(a.out, ROUSE_ERR_TIMEOUT);
    EXPECT_EQ(b.out, ROUSE_ERR_TIMEOUT);
    rouse_token_drop(&token);
}

TEST(a_woken_waiter_does_not_need_the_token_any_more)
{
    struct rouse_token *token = malloc(sizeof *token);
    rouse_token_init(token, NULL);
    struct rouse_pending never = rouse_pending();
    struct rouse_with_token f = rouse_with_token(&never.future, token);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_token_cancel(token, -1500);
    rouse_token_drop(token);
    free(token);
    EXPECT_READY(mock_poll(&t), -1500);
}

TEST(the_first_reason_stays_and_one_that_is_no_failure_counts_as_cancelled)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    rouse_token_cancel(&token, ROUSE_OK);
    rouse_token_cancel(&token, ROUSE_ERR_TIMEOUT);
    EXPECT_EQ(rouse_token_reason(&token), ROUSE_ERR_CANCELLED);
}

TEST(waiter_dropped_while_waiting_leaves_the_token)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    struct rouse_token_wait a = rouse_token_wait(&token), b = rouse_token_wait(&token);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    rouse_drop(&a.future);
    EXPECT_EQ(t.live, 0);
    rouse_token_cancel(&token, -1500);
    EXPECT_EQ(t.woken, 0);
    EXPECT_EQ(u.woken, 1);
    rouse_drop(&b.future); /* woken, and dropped before it polls */
}

/* ---- the tree -------------------------------------------------------------------------------- */

TEST(a_parent_cancels_its_child_with_its_own_reason)
{
    struct rouse_token parent, child;
    rouse_token_init(&parent, NULL);
    rouse_token_init(&child, &parent);
    struct rouse_token_wait a = rouse_token_wait(&parent), b = rouse_token_wait(&child);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    rouse_token_cancel(&parent, -1500);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(u.woken, 1);
    EXPECT_EQ(rouse_token_reason(&child), -1500);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
}

TEST(a_child_cancels_nobody_above_it)
{
    struct rouse_token parent, first, second;
    rouse_token_init(&parent, NULL);
    rouse_token_init(&first, &parent);
    struct rouse_token_wait a = rouse_token_wait(&parent), b = rouse_token_wait(&first);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    rouse_token_cancel(&first, -1500);
    EXPECT_EQ(u.woken, 1);
    EXPECT_EQ(t.woken, 0);
    EXPECT(!rouse_token_is_cancelled(&parent));
    rouse_token_init(&second, &parent);
    struct rouse_token_wait c = rouse_token_wait(&second);
    struct mock_task v = mock_task(&c.future);
    EXPECT_PENDING(mock_poll(&v));
    rouse_token_cancel(&parent, -1501);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(v.woken, 1);
    EXPECT_EQ(u.woken, 1); /* once is enough */
    EXPECT_EQ(rouse_token_reason(&first), -1500);
    EXPECT_EQ(rouse_token_reason(&second), -1501);
}

TEST(a_child_of_a_cancelled_parent_begins_cancelled_in_whatever_order_they_go)
{
    for (int child_first = 0; child_first < 2; child_first++) {
        struct rouse_token parent, child;
        rouse_token_init(&parent, NULL);
        rouse_token_cancel(&parent, -1500);
        rouse_token_init(&child, &parent);
        EXPECT_EQ(rouse_token_reason(&child), -1500);
        struct rouse_token_wait a = rouse_token_wait(&child);
        struct mock_task t = mock_task(&a.future);
        EXPECT_READY(mock_poll(&t), ROUSE_OK);
        EXPECT_EQ(t.woken, 0);
        rouse_token_drop(child_first ? &child : &parent);
        rouse_token_drop(child_first ? &parent : &child);
    }
}

TEST(children_of_a_dropped_token_move_up_to_its_parent)
{
    struct rouse_token root, middle, leaf;
    rouse_token_init(&root, NULL);
    rouse_token_init(&middle, &root);
    rouse_token_init(&leaf, &middle);
    rouse_token_drop(&middle);
    rouse_token_drop(&middle);
    EXPECT(!rouse_token_is_cancelled(&leaf));
    struct rouse_token_wait a = rouse_token_wait(&leaf);
    struct mock_task t = mock_task(&a.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_token_cancel(&root, -1500);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(rouse_token_reason(&leaf), -1500);
    rouse_drop(&a.future);
}

TEST(a_dropped_root_leaves_its_children_usable)
{
    struct rouse_token root, a, b;
    rouse_token_init(&root, NULL);
    rouse_token_init(&a, &root);
    rouse_token_init(&b, &root);
    rouse_token_drop(&root);
    EXPECT(!rouse_token_is_cancelled(&a));
    rouse_token_cancel(&a, -1500);
    EXPECT(!rouse_token_is_cancelled(&b));
    rouse_token_drop(&a);
    rouse_token_drop(&b);
}

TEST(children_are_dropped_in_any_order)
{
    for (int backwards = 0; backwards < 2; backwards++) {
        struct rouse_token root, children[3];
        rouse_token_init(&root, NULL);
        for (int i = 0; i < 3; i++)
            rouse_token_init(&children[i], &root);
        for (int i = 0; i < 3; i++)
            rouse_token_drop(&children[backwards ? 2 - i : i]);
        EXPECT(!rouse_token_is_cancelled(&root));
        rouse_token_drop(&root);
    }
}

/* root( token( child1( grandchild( great ), grandchild2 ), child2 ), sibling ) */
TEST(a_cancel_reaches_all_descendants_and_nobody_else)
{
    enum { ROOT, TOKEN, SIBLING, CHILD1, CHILD2, GRAND, GRAND2, GREAT, COUNT };
    static const int parents[COUNT] = {-1, ROOT, ROOT, TOKEN, TOKEN, CHILD1, CHILD1, GRAND};
    struct rouse_token tokens[COUNT];
    struct rouse_token_wait waits[COUNT];
    struct mock_task tasks[COUNT];
    for (int i = 0; i < COUNT; i++) {
        rouse_token_init(&tokens[i], parents[i] < 0 ? NULL : &tokens[parents[i]]);
        waits[i] = rouse_token_wait(&tokens[i]);
        tasks[i] = mock_task(&waits[i].future);
        EXPECT_PENDING(mock_poll(&tasks[i]));
    }
    rouse_token_cancel(&tokens[TOKEN], ROUSE_ERR_CANCELLED);
    for (int i = 0; i < COUNT; i++) {
        bool below = i != ROOT && i != SIBLING;
        EXPECT_EQ(tasks[i].woken, below);
        EXPECT_EQ(rouse_token_is_cancelled(&tokens[i]), below);
    }
    for (int i = 0; i < COUNT; i++)
        rouse_drop(&waits[i].future);
}

TEST(a_deep_tree_is_cancelled_without_recursion)
{
    enum { DEPTH = 200000 };
    struct rouse_token *chain = malloc(DEPTH * sizeof *chain);
    for (int i = 0; i < DEPTH; i++)
        rouse_token_init(&chain[i], i ? &chain[i - 1] : NULL);
    rouse_token_cancel(&chain[0], -1500);
    EXPECT_EQ(rouse_token_reason(&chain[DEPTH - 1]), -1500);
    free(chain);
}

/* A foreign waker that ends another waiter while the cancel walks. */
struct cutter {
    struct rouse_token_wait wait, *victim;
};
static void cut(void *data)
{
    struct cutter *cutter = data;
    rouse_drop(&cutter->victim->future);
}
static struct rouse_waker cutter_clone(void *data);
static void cutter_drop(void *data)
{
    (void)data;
}
static const struct rouse_waker_table cutter_table = {cutter_clone, cut, cut, cutter_drop};
static struct rouse_waker cutter_clone(void *data)
{
    return (struct rouse_waker){&cutter_table, data};
}

TEST(a_wake_may_drop_the_next_waiter)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    struct rouse_token_wait second = rouse_token_wait(&token);
    struct cutter cutter = {.wait = rouse_token_wait(&token), .victim = &second};
    struct rouse_context cx = {.waker = cutter_clone(&cutter)};
    struct mock_task t = mock_task(&second.future);
    EXPECT_PENDING(rouse_poll(&cutter.wait.future, &cx));
    EXPECT_PENDING(mock_poll(&t));
    rouse_token_cancel(&token, -1500);
    EXPECT(rouse_is_done(&second.future));
    EXPECT_EQ(t.woken, 0);
    rouse_drop(&cutter.wait.future);
}

TEST(a_wake_may_poll_the_next_waiter)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    MOCK(rouse_token_wait, second, rouse_token_wait(&token));
    struct rouse_token_wait first = rouse_token_wait(&token);
    struct eager eager = {&second_task, ROUSE_PENDING_};
    EXPECT_PENDING(eager_poll(&first.future, &eager));
    EXPECT_PENDING(POLL(second));
    rouse_token_cancel(&token, -1500);
    EXPECT_EQ(eager.status, ROUSE_OK);
    EXPECT_EQ(second.out, -1500);
    EXPECT_EQ(second_task.woken, 0);
    EXPECT_EQ(second_task.live, 0);
    EXPECT_READY(eager_poll(&first.future, &eager), ROUSE_OK);
}

/* ---- with a token ---------------------------------------------------------------------------- */

TEST(with_token_ends_its_child_when_the_token_is_cancelled)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    struct rouse_pending never = rouse_pending();
    struct rouse_with_token f = rouse_with_token(&never.future, &token);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_token_cancel(&token, ROUSE_ERR_TIMEOUT);
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_TIMEOUT);
    EXPECT(rouse_is_done(&never.future));
}

TEST(with_token_gives_the_status_of_a_child_that_is_done)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    struct rouse_yield yield = rouse_yield();
    struct rouse_with_token f = rouse_with_token(&yield.future, &token);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    struct rouse_ready failed = rouse_ready(-1500);
    f = rouse_with_token(&failed.future, &token);
    EXPECT_READY(mock_poll(&t), -1500);
    rouse_token_drop(&token); /* nobody waits any more */
}

TEST(with_token_lets_a_child_that_is_done_at_the_same_time_win)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    struct rouse_yield yield = rouse_yield();
    struct rouse_with_token f = rouse_with_token(&yield.future, &token);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_token_cancel(&token, ROUSE_ERR_TIMEOUT);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
}

TEST(with_a_cancelled_token_the_child_never_starts)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    rouse_token_cancel(&token, -1500);
    struct rouse_ready child = rouse_ready(ROUSE_OK);
    struct rouse_with_token f = rouse_with_token(&child.future, &token);
    struct mock_task t = mock_task(&f.future);
    EXPECT_READY(mock_poll(&t), -1500);
    EXPECT_EQ(child.future.status, ROUSE_ERR_CANCELLED);
}

TEST(dropped_with_token_drops_its_child_and_leaves_the_token)
{
    struct rouse_token token;
    rouse_token_init(&token, NULL);
    struct rouse_pending never = rouse_pending();
    struct rouse_with_token f = rouse_with_token(&never.future, &token);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&f.future);
    EXPECT(rouse_is_done(&never.future));
    rouse_token_drop(&token);
    EXPECT_EQ(t.live, 0);
}
