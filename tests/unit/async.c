/* The async form: what each statement does, driven by hand. */
#include "test.h"

struct nap {
    struct rouse_future future;
    const char *name;
    int left;
    rouse_status result;
};
static struct rouse_polled nap_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct nap *self = (struct nap *)(void *)f;
    if (self->left-- == 0)
        return ROUSE_READY(self->result);
    test_say("%s.", self->name);
    rouse_waker_wake_by_ref(&cx->waker);
    return ROUSE_PENDING;
}
static void nap_drop(struct rouse_future *f)
{
    test_say("-%s", ((struct nap *)(void *)f)->name);
}
static const struct rouse_type nap_type = {"nap", __FILE__, sizeof(struct nap), nap_poll, nap_drop};
static struct nap nap(const char *name, int left, rouse_status result)
{
    return ROUSE_FUTURE(nap, .name = name, .left = left, .result = result);
}

static void run_until(struct rouse_future *f, int polls)
{
    struct mock_task t = mock_task(f);
    for (int i = 0; i < polls; i++)
        EXPECT_PENDING(mock_poll(&t));
}

/* ---- forms of await -------------------------------------------------------------------------- */

static void nap_init(struct nap *slot, const char *name, int left)
{
    ROUSE_FUTURE_INIT(nap, slot);
    slot->name = name;
    slot->left = left;
    slot->result = ROUSE_OK;
}
static void nap_init_default(struct nap *slot)
{
    nap_init(slot, "default", 1);
}

struct forms {
    struct rouse_future future;
    struct nap a, b;
    struct rouse_future *boxed;
    rouse_status status;
};
ROUSE_ASYNC(forms)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, nap("a", 1, 0));
    ROUSE_PUT(self->b, nap("b", 1, 0));
    test_say("made");
    ROUSE_AWAIT(self->a);
    ROUSE_AWAIT(self->b);
    ROUSE_AWAIT(self->a, nap("again", 1, 0));
    ROUSE_AWAIT_INIT(self->b, nap_init, "built", 1);
    ROUSE_AWAIT_INIT(self->b, nap_init_default);
    ROUSE_PUT(self->a, nap("on", 1, 0));
    self->boxed = &self->a.future;
    ROUSE_AWAIT_ON(self->boxed);
    ROUSE_TRY_AWAIT(self->status, self->a, nap("try", 1, -1001));
    test_say("%d", (int)self->status);
    ROUSE_PUT(self->a, nap("slot", 0, -1002));
    ROUSE_TRY_AWAIT(self->status, self->a);
    test_say("%d", (int)self->status);
    ROUSE_TRY_AWAIT_INIT(self->status, self->b, nap_init_default);
    ROUSE_PUT(self->a, nap("tryon", 1, -1003));
    ROUSE_TRY_AWAIT_ON(self->status, &self->a.future);
    test_say("%d", (int)self->status);
    ROUSE_YIELD;
    ROUSE_DONE;
    test_say("never");
    ROUSE_END;
}

TEST(every_form_of_await_waits_and_goes_on)
{
    struct forms f = ROUSE_FUTURE(forms);
    EXPECT_EQ(mock_run(&f.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "made a. b. again. built. default. on. try. -1001 -1002 default. "
                             "tryon. -1003");
}

/* ---- FINALLY --------------------------------------------------------------------------------- */

struct guarded {
    struct rouse_future future;
    int how;
    struct nap child;
    int out;
};
ROUSE_ASYNC(guarded)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->child, nap("child", 1, self->how == 3 ? -1005 : 0));
    if (self->how == 1)
        ROUSE_RETURN(42);
    if (self->how == 2)
        ROUSE_FAIL(-1004);
    ROUSE_FINALLY;
    test_say(ROUSE_STARTED ? "finally" : "unstarted");
    ROUSE_END;
}
static struct guarded guarded(int how)
{
    return ROUSE_FUTURE(guarded, .how = how);
}

TEST(finally_runs_once_on_end_return_fail_and_failed_await)
{
    static const rouse_status expected[] = {ROUSE_OK, ROUSE_OK, -1004, -1005};
    for (int how = 0; how < 4; how++) {
        struct guarded f = guarded(how);
        EXPECT_EQ(mock_run(&f.future), expected[how]);
        EXPECT_EQ(f.future.status, expected[how]);
        EXPECT_TEXT(test_said(), "child. finally");
        rouse_drop(&f.future);
        EXPECT_TEXT(test_said(), "");
    }
}

TEST(cancel_drops_the_awaited_child_first_then_finally)
{
    struct guarded f = guarded(0);
    run_until(&f.future, ROUSE_HOSTILE ? 2 : 1);
    rouse_drop(&f.future);
    EXPECT_TEXT(test_said(), "child. -child finally");
    EXPECT_EQ(f.future.status, ROUSE_ERR_CANCELLED);
}

TEST(finally_runs_even_if_the_body_never_started)
{
    struct guarded f = guarded(0);
    rouse_drop(&f.future);
    EXPECT_TEXT(test_said(), "unstarted");
    rouse_drop(&f.future);
    EXPECT_TEXT(test_said(), "");
}

TEST(return_stores_out_and_marks_an_int_as_the_exit_code)
{
    struct guarded f = guarded(1);
    EXPECT_EQ(mock_run(&f.future), ROUSE_OK);
    EXPECT_EQ(f.out, 42);
    EXPECT(f.future.exit_code == &f.out);
    test_said();
}

struct point {
    int x, y;
};
struct placed {
    struct rouse_future future;
    struct point out;
};
ROUSE_ASYNC(placed)
{
    ROUSE_BEGIN;
    ROUSE_RETURN((struct point){1, 2});
    ROUSE_END;
}

TEST(return_takes_a_compound_literal)
{
    struct placed f = ROUSE_FUTURE(placed);
    EXPECT_EQ(mock_run(&f.future), ROUSE_OK);
    EXPECT_EQ(f.out.x, 1);
    EXPECT_EQ(f.out.y, 2);
}

/* ---- slots ----------------------------------------------------------------------------------- */

struct overwriting {
    struct rouse_future future;
    struct nap slot;
    struct rouse_poll_once once;
};
ROUSE_ASYNC(overwriting)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->slot, nap("old", 9, 0));
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->slot.future));
    ROUSE_AWAIT(self->slot, nap("new", 1, 0));
    ROUSE_END;
}

TEST(put_on_a_live_slot_drops_what_was_there)
{
    struct overwriting f = ROUSE_FUTURE(overwriting);
    EXPECT_EQ(mock_run(&f.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "old. -old new.");
}

/* ---- streams and EACH ------------------------------------------------------------------------ */

struct count {
    struct rouse_future future;
    int n, out;
};
static struct rouse_polled count_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct count *self = (struct count *)(void *)f;
    (void)cx;
    if (self->out == self->n)
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    self->out++;
    return ROUSE_ITEM;
}
static const struct rouse_type count_type = {"count", __FILE__, sizeof(struct count), count_poll,
                                             NULL};
static struct count count(int n)
{
    return ROUSE_FUTURE(count, .n = n);
}

struct each {
    struct rouse_future future;
    struct count numbers;
    struct nap nap;
    int left;
    bool fails;
};
ROUSE_ASYNC(each)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->numbers, count(5)) {
        if (self->numbers.out == 2)
            continue;
        test_say("%d", self->numbers.out);
        ROUSE_AWAIT(self->nap, nap("n", 1, 0));
        if (self->numbers.out == 4)
            break;
    }
    test_say("|");
    ROUSE_EACH(self->numbers, count(2))
        test_say("%d", self->numbers.out);
    self->left = 3;
    ROUSE_EACH(self->nap, nap("each", 0, self->left-- == 0 ? ROUSE_ERR_CLOSED : 0))
        test_say("made");
    if (self->fails) {
        ROUSE_EACH(self->nap, nap("x", 0, -1007))
            test_say("never");
    }
    ROUSE_FINALLY;
    rouse_drop(&self->numbers.future);
    ROUSE_END;
}

TEST(each_takes_items_of_a_stream_or_makes_a_future_per_item)
{
    struct each f = ROUSE_FUTURE(each);
    EXPECT_EQ(mock_run(&f.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "1 n. 3 n. 4 n. | 1 2 made made made");
}

TEST(each_propagates_a_failure_that_is_not_closed)
{
    struct each f = ROUSE_FUTURE(each, .fails = true);
    EXPECT_EQ(mock_run(&f.future), -1007);
    test_said();
}

/* ---- budget ---------------------------------------------------------------------------------- */

struct greedy {
    struct rouse_future future;
    int i;
    struct rouse_ready ready;
};
ROUSE_ASYNC(greedy)
{
    ROUSE_BEGIN;
    for (self->i = 0; self->i < 1000; self->i++)
        ROUSE_AWAIT(self->ready, rouse_ready(ROUSE_OK));
    ROUSE_END;
}

TEST(without_a_budget_ready_awaits_never_suspend)
{
    struct greedy f = ROUSE_FUTURE(greedy);
    struct mock_task t = mock_task(&f.future);
    if (ROUSE_HOSTILE)
        return; /* there every await suspends */
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
}

TEST(a_budget_suspends_before_the_child_is_polled_and_wakes_the_task)
{
    struct greedy f = ROUSE_FUTURE(greedy);
    struct mock_task t = mock_task(&f.future);
    if (ROUSE_HOSTILE)
        return; /* there every await suspends */
    struct rouse_context cx = mock_context(&t);
    cx.budget = 128 + 1;
    EXPECT_PENDING(rouse_poll(&f.future, &cx));
    EXPECT_EQ(f.i, 128);
    EXPECT_EQ(t.woken, 1);
    EXPECT_EQ(f.ready.future.at, ROUSE_AT_START);
    rouse_drop(&f.future);
}
