/* Streams written as a body: what they give, and what becomes of them when nobody wants more. */
#include "tap.h"

struct count {
    struct rouse_future future;
    int from, to, i;
    int out;
    struct gate gate;
    bool waits, fails;
};
ROUSE_STREAM(count)
{
    ROUSE_BEGIN;
    for (self->i = self->from; self->i < self->to; self->i++) {
        if (self->waits)
            ROUSE_AWAIT(self->gate, ROUSE_FUTURE(gate));
        ROUSE_EMIT(self->i);
    }
    if (self->fails)
        ROUSE_FAIL_WITH(-1001, "at %d", self->i);
    ROUSE_FINALLY;
    test_say("finally %s%s", rouse_status_name(self->future.status),
             ROUSE_STARTED ? "" : " unstarted");
    ROUSE_END;
}

TEST(generator_gives_its_items_and_then_says_closed)
{
    struct count count = ROUSE_FUTURE(count, .to = 3);
    struct mock_task t = mock_task(&count.future);
    EXPECT_INT(&t, count, 0);
    EXPECT_INT(&t, count, 1);
    EXPECT_EQ(count.out, 1);
    EXPECT_TEXT(tap_all(&t), "2 finally ROUSE_OK ROUSE_ERR_CLOSED");
}

TEST(generator_that_emits_nothing_is_closed_at_once)
{
    struct count count = ROUSE_FUTURE(count);
    struct mock_task t = mock_task(&count.future);
    EXPECT_TEXT(tap_all(&t), "finally ROUSE_OK ROUSE_ERR_CLOSED");
}

TEST(generator_dropped_while_its_item_is_read_passes_finally_once)
{
    struct count count = ROUSE_FUTURE(count, .to = 3);
    struct mock_task t = mock_task(&count.future);
    EXPECT_INT(&t, count, 0);
    rouse_drop(&count.future);
    rouse_drop(&count.future);
    EXPECT_TEXT(test_said(), "finally ROUSE_ERR_CANCELLED");
}

TEST(generator_dropped_before_it_ran_passes_finally_too)
{
    struct count count = ROUSE_FUTURE(count, .to = 3);
    rouse_drop(&count.future);
    EXPECT_TEXT(test_said(), "finally ROUSE_ERR_CANCELLED unstarted");
}

TEST(generator_dropped_while_it_awaits_drops_the_child_first)
{
    struct count count = ROUSE_FUTURE(count, .to = 3, .waits = true);
    struct mock_task t = mock_task(&count.future);
#if ROUSE_HOSTILE
    EXPECT_PENDING(mock_poll(&t));
#endif
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(gate_polls(&count.gate), 1);
    gate_open(&count.gate, ROUSE_OK);
    EXPECT_EQ(t.woken, 1 + ROUSE_HOSTILE);
    EXPECT_INT(&t, count, 0);
    EXPECT_PENDING(mock_poll(&t));
#if ROUSE_HOSTILE
    EXPECT_PENDING(mock_poll(&t));
#endif
    rouse_drop(&count.future);
    EXPECT_EQ(t.live, 0);
    EXPECT_TEXT(test_said(), "finally ROUSE_ERR_CANCELLED");
}

TEST(generator_that_fails_ends_with_the_failure)
{
    struct count count = ROUSE_FUTURE(count, .to = 1, .fails = true);
    struct mock_task t = mock_task(&count.future);
    EXPECT_TEXT(tap_all(&t), "0 finally ROUSE_USER ROUSE_USER");
}

/* ---- In a body ------------------------------------------------------------------------------- */

struct reader {
    struct rouse_future future;
    struct count numbers;
    struct rouse_next next;
    rouse_status status;
    int stop_at, out;
};

ROUSE_ASYNC(reader)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->numbers, ROUSE_FUTURE(count, .from = 1, .to = 5)) {
        self->out += self->numbers.out;
        if (self->numbers.out == self->stop_at)
            break;
    }
    test_say("sum %d", self->out);
    ROUSE_FINALLY;
    rouse_drop(&self->numbers.future);
    ROUSE_END;
}

static rouse_status run(struct rouse_future *f)
{
    static struct rouse_runtime rt;
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_OK);
    rouse_status status = rouse_block_on(&rt, f);
    if (status < 0)
        test_say("%s", rouse_last_error(&rt)->message);
    rouse_runtime_drop(&rt);
    return status;
}

TEST(each_reads_a_generator_to_its_end)
{
    struct reader reader = ROUSE_FUTURE(reader);
    EXPECT_EQ(run(&reader.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "finally ROUSE_OK sum 10");
}

TEST(each_left_by_break_leaves_a_live_generator_to_finally)
{
    struct reader reader = ROUSE_FUTURE(reader, .stop_at = 2);
    EXPECT_EQ(run(&reader.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "sum 3 finally ROUSE_ERR_CANCELLED");
}

struct taker {
    struct rouse_future future;
    struct count numbers;
    struct rouse_map squares;
    struct rouse_next next;
    rouse_status status;
    int squared;
    bool by_hand, fails;
};
ROUSE_ASYNC(taker)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->numbers, ROUSE_FUTURE(count, .from = 2, .to = 4, .fails = self->fails));
    ROUSE_PUT(self->squares, rouse_map(&self->numbers.future, square, NULL, &self->squared));
    if (self->by_hand) {
        ROUSE_AWAIT(self->next, rouse_next(&self->squares.future));
        test_say("%d", *(const int *)self->next.out);
        ROUSE_AWAIT(self->squares);
        test_say("%d", ROUSE_ITEM_OF(int, self->squares));
        ROUSE_TRY_AWAIT(self->status, self->next, rouse_next(&self->squares.future));
        test_say("%s", rouse_status_name(self->status));
    } else {
        ROUSE_AWAIT(self->squares);
        ROUSE_AWAIT(self->squares);
        ROUSE_AWAIT(self->squares);
    }
    ROUSE_FINALLY;
    rouse_drop(&self->squares.future);
    ROUSE_END;
}

TEST(stream_is_awaited_item_by_item)
{
    struct taker taker = ROUSE_FUTURE(taker, .by_hand = true);
    EXPECT_EQ(run(&taker.future), ROUSE_OK);
    EXPECT_TEXT(test_said(), "4 9 finally ROUSE_OK ROUSE_ERR_CLOSED");
}

TEST(failure_of_a_generator_keeps_its_chain_through_an_adapter)
{
    struct taker taker = ROUSE_FUTURE(taker, .fails = true);
    EXPECT_EQ(run(&taker.future), -1001);
    EXPECT_TEXT(test_said(), "finally ROUSE_USER at 4");
}

TEST(task_whose_future_is_a_stream_runs_to_its_end)
{
    static struct rouse_runtime rt;
    struct count count = ROUSE_FUTURE(count, .to = 2);
    struct rouse_fake_host host;
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &(struct rouse_options){.host = &host.host}), ROUSE_OK);
    ROUSE_TASK(count) slot;
    struct rouse_task *task = rouse_spawn_in(&rt, &slot, count);
    while (!rouse_task_is_finished(task))
        EXPECT(rouse_turn(&rt) || rouse_task_is_finished(task));
    EXPECT_EQ(slot.root.future.status, ROUSE_ERR_CLOSED);
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
    EXPECT_TEXT(test_said(), "finally ROUSE_OK");
}
