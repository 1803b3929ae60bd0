/* Futures and wakers, polled by hand. */
#include "test.h"

/* A leaf that is pending `left` times, and says when it is dropped. */
struct nap {
    struct rouse_future future;
    int left;
    struct rouse_waker waker;
};
static struct rouse_polled nap_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct nap *self = (struct nap *)(void *)f;
    if (self->left-- == 0)
        return ROUSE_READY(ROUSE_OK);
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}
static void nap_drop(struct rouse_future *f)
{
    rouse_waker_drop(&((struct nap *)(void *)f)->waker);
    test_say("dropped");
}
static const struct rouse_type nap_type = {"nap", __FILE__, sizeof(struct nap), nap_poll, nap_drop};
static struct nap nap(int left)
{
    return ROUSE_FUTURE(nap, .left = left);
}

struct wide {
    struct rouse_future future;
    int n[17];
};
static const struct rouse_type wide_type = {"wide", __FILE__, sizeof(struct wide), nap_poll, NULL};

TEST(a_future_takes_any_number_of_initialisers)
{
    struct wide f =
        ROUSE_FUTURE(wide, .n[0] = 1, .n[1] = 2, .n[2] = 3, .n[3] = 4, .n[4] = 5, .n[5] = 6,
                     .n[6] = 7, .n[7] = 8, .n[8] = 9, .n[9] = 10, .n[10] = 11, .n[11] = 12,
                     .n[12] = 13, .n[13] = 14, .n[14] = 15, .n[15] = 16, .n[16] = 17);
    for (int i = 0; i < 17; i++)
        EXPECT_EQ(f.n[i], i + 1);
}

TEST(made_future_does_nothing_until_polled)
{
    struct nap f = nap(1);
    struct mock_task t = mock_task(&f.future);
    EXPECT_EQ(f.left, 1);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(f.left, 0);
    rouse_waker_drop(&f.waker);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT(rouse_is_done(&f.future));
}

TEST(drop_runs_only_if_polled_and_not_done_and_once)
{
    struct nap made = nap(1), polled = nap(5), done = nap(0), empty = {0};
    struct mock_task t = mock_task(&polled.future), u = mock_task(&done.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    rouse_drop(&made.future);
    rouse_drop(&done.future);
    rouse_drop(&empty.future);
    rouse_drop(NULL);
    EXPECT_TEXT(test_said(), "");
    rouse_drop(&polled.future);
    rouse_drop(&polled.future);
    EXPECT_TEXT(test_said(), "dropped");
    EXPECT_EQ(polled.future.status, ROUSE_ERR_CANCELLED);
    EXPECT_EQ(t.live, 0);
}

TEST(leaf_without_drop_is_dropped_quietly)
{
    struct rouse_pending never = rouse_pending();
    struct mock_task t = mock_task(&never.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&never.future);
    EXPECT(rouse_is_done(&never.future));
}

TEST(made_future_may_be_moved_before_its_first_poll)
{
    struct nap a = nap(1), b = a;
    a = (struct nap){0};
    struct mock_task t = mock_task(&b.future);
    EXPECT_PENDING(mock_poll(&t));
    rouse_drop(&b.future);
    EXPECT_TEXT(test_said(), "dropped");
}

TEST(same_waker_is_stored_once_and_another_replaces_it_unwoken)
{
    struct nap f = nap(9);
    struct mock_task t = mock_task(&f.future), u = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.clones, 1);
    EXPECT_PENDING(mock_poll(&u));
    EXPECT_EQ(t.woken, 0); /* pitfall 6: replacing must not wake, or two tasks wake each other */
    EXPECT_EQ(t.live, 0);
    EXPECT_EQ(u.live, 1);
    rouse_waker_wake(&f.waker);
    EXPECT_EQ(u.woken, 1);
    EXPECT_EQ(u.live, 0);
    rouse_drop(&f.future);
}

TEST(a_million_pending_polls_leak_no_waker)
{
    struct nap f = nap(1000000);
    struct mock_task t = mock_task(&f.future);
    for (int i = 0; i < 1000000; i++)
        EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.live, 1);
    rouse_drop(&f.future);
    EXPECT_EQ(t.live, 0);
}

/* ---- wakers ---------------------------------------------------------------------------------- */

TEST(empty_and_noop_wakers_wake_nobody)
{
    struct rouse_waker empty = {0}, copy = rouse_waker_clone(&empty);
    rouse_waker_wake(&copy);
    rouse_waker_wake_by_ref(&empty);
    rouse_waker_drop(&empty);
    struct rouse_waker noop = rouse_waker_noop(), clone = rouse_waker_clone(&noop);
    EXPECT(rouse_waker_same(&noop, &clone));
    rouse_waker_wake_by_ref(&noop);
    rouse_waker_wake(&clone);
    rouse_waker_drop(&noop);
}

TEST(wake_consumes_and_leaves_the_waker_empty)
{
    struct mock_task t = mock_task(NULL);
    struct rouse_context cx = mock_context(&t);
    struct rouse_waker waker = rouse_waker_clone(&cx.waker);
    rouse_waker_wake(&waker);
    rouse_waker_wake(&waker);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(t.live, 0);
}

/* Pitfall 4: the waker's owner is freed inside the wake. */
static struct owner {
    struct rouse_waker waker;
} *owner;
static void freeing_wake(void *data)
{
    (void)data;
    free(owner);
    owner = NULL;
}
static void freeing_drop(void *data)
{
    (void)data;
}
static struct rouse_waker freeing_clone(void *data);
static const struct rouse_waker_table freeing_table = {freeing_clone, freeing_wake, freeing_wake,
                                                       freeing_drop};
static struct rouse_waker freeing_clone(void *data)
{
    return (struct rouse_waker){&freeing_table, data};
}

TEST(wake_may_free_the_memory_the_waker_lies_in)
{
    owner = malloc(sizeof *owner);
    EXPECT(owner);
    owner->waker = freeing_clone(NULL);
    rouse_waker_wake(&owner->waker);
    EXPECT(!owner);
}

/* ---- ready-made futures ---------------------------------------------------------------------- */

TEST(ready_is_done_at_once_with_its_status)
{
    struct rouse_ready a = rouse_ready(ROUSE_ERR_EMPTY), b = rouse_ready(7);
    struct mock_task t = mock_task(&a.future), u = mock_task(&b.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_EMPTY);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_INVALID);
}

TEST(yield_is_pending_once_and_wakes_itself)
{
    struct rouse_yield f = rouse_yield();
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.woken, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
}

static struct rouse_polled countdown(void *data, struct rouse_context *cx)
{
    int *left = data;
    (void)cx;
    return (*left)-- > 0 ? ROUSE_PENDING : ROUSE_READY(-1234);
}

TEST(poll_fn_is_polled_until_it_is_not_pending)
{
    int left = 1;
    struct rouse_poll_fn f = rouse_poll_fn(countdown, &left);
    struct mock_task t = mock_task(&f.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_READY(mock_poll(&t), -1234);
}

TEST(poll_once_tells_how_far_a_child_is_and_leaves_it_alone)
{
    struct nap child = nap(1);
    struct rouse_poll_once first = rouse_poll_once(&child.future);
    struct rouse_poll_once second = rouse_poll_once(&child.future);
    struct mock_task t = mock_task(&first.future), u = mock_task(&second.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT(rouse_is_pending(first.out));
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    EXPECT_READY(second.out, ROUSE_OK);
    rouse_waker_drop(&child.waker);
}
