/* Many futures at once: in order, out of order, and for their own sake. */
#include "tap.h"

enum { SLOTS = 3 };
static struct gate slots[SLOTS];

static void gate_of(void *data, const void *item, void *out)
{
    (void)data;
    *(struct gate *)out = ROUSE_FUTURE(gate, .out = *(const int *)item);
}

/* Opens the gate that was made of `item`. */
static void open_gate(int item, rouse_status result)
{
    int i = 0;
    while (i < SLOTS && !(slots[i].future.type && slots[i].out == item && !slots[i].open))
        i++;
    EXPECT(i < SLOTS);
    gate_open(&slots[i], result);
}

static void expect_gate(struct mock_task *task, int item)
{
    EXPECT_EQ(mock_poll(task).status, ROUSE_ITEM_);
    EXPECT_EQ(((const struct gate *)task->future->item)->out, item);
}

TEST(buffered_runs_n_at_once_and_gives_them_in_order)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_buffer_ordered buffer =
        rouse_buffer_ordered(&tap.future, gate_of, NULL, ROUSE_ARRAY(slots));
    struct mock_task t = mock_task(&buffer.future);
    EXPECT_PENDING(mock_poll(&t));
    for (int i = 1; i <= 5; i++)
        tap_pour(&tap, i);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(tap.taken, 3);
    open_gate(2, ROUSE_OK);
    EXPECT_PENDING(mock_poll(&t)); /* not its turn */
    open_gate(1, ROUSE_OK);
    expect_gate(&t, 1);
    EXPECT_EQ(tap.taken, 3); /* the item is still being read: no room yet */
    expect_gate(&t, 2);
    EXPECT_EQ(tap.taken, 4);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(tap.taken, 5);
    tap_end(&tap, ROUSE_ERR_CLOSED);
    open_gate(5, ROUSE_OK);
    open_gate(4, ROUSE_OK);
    EXPECT_PENDING(mock_poll(&t));
    open_gate(3, ROUSE_OK);
    expect_gate(&t, 3);
    expect_gate(&t, 4);
    expect_gate(&t, 5);
    EXPECT_CLOSED(&t);
    EXPECT_EQ(t.live, 0);
}

TEST(buffer_unordered_gives_them_as_they_end)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_buffer_unordered buffer =
        rouse_buffer_unordered(&tap.future, gate_of, NULL, ROUSE_ARRAY(slots));
    struct mock_task t = mock_task(&buffer.future);
    for (int i = 1; i <= 5; i++)
        tap_pour(&tap, i);
    EXPECT_PENDING(mock_poll(&t));
    open_gate(2, ROUSE_OK);
    EXPECT_EQ(t.woken, 1);
    expect_gate(&t, 2);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(tap.taken, 4);
    tap_end(&tap, ROUSE_ERR_CLOSED);
    open_gate(4, ROUSE_OK);
    expect_gate(&t, 4);
    EXPECT_PENDING(mock_poll(&t));
    open_gate(5, ROUSE_OK);
    expect_gate(&t, 5);
    open_gate(1, ROUSE_OK);
    open_gate(3, ROUSE_OK);
    expect_gate(&t, 3); /* round and round: the one behind the last */
    expect_gate(&t, 1);
    EXPECT_CLOSED(&t);
}

TEST(failure_in_order_waits_for_its_turn)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_buffer_ordered buffer =
        rouse_buffer_ordered(&tap.future, gate_of, NULL, ROUSE_ARRAY(slots));
    struct mock_task t = mock_task(&buffer.future);
    for (int i = 1; i <= 3; i++)
        tap_pour(&tap, i);
    EXPECT_PENDING(mock_poll(&t));
    open_gate(2, -1001);
    EXPECT_PENDING(mock_poll(&t));
    open_gate(1, ROUSE_OK);
    expect_gate(&t, 1);
    EXPECT_READY(mock_poll(&t), -1001);
    EXPECT_EQ(gates_dropped(), 1);
    EXPECT_EQ(tap_drops, 1);
    EXPECT_EQ(t.live, 0);
}

TEST(failure_of_the_source_comes_after_what_was_made_of_it)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_buffer_unordered buffer =
        rouse_buffer_unordered(&tap.future, gate_of, NULL, ROUSE_ARRAY(slots));
    struct mock_task t = mock_task(&buffer.future);
    tap_pour(&tap, 1);
    tap_end(&tap, ROUSE_ERR_LAGGED);
    EXPECT_PENDING(mock_poll(&t));
    open_gate(1, ROUSE_OK);
    expect_gate(&t, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_LAGGED);
}

TEST(buffer_dropped_drops_every_future_and_the_source)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_buffer_ordered buffer =
        rouse_buffer_ordered(&tap.future, gate_of, NULL, ROUSE_ARRAY(slots));
    struct mock_task t = mock_task(&buffer.future);
    tap_pour(&tap, 1);
    tap_pour(&tap, 2);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(t.live, 3);
    rouse_drop(&buffer.future);
    EXPECT_EQ(gates_dropped(), 2);
    EXPECT_EQ(tap_drops, 1);
    EXPECT_EQ(t.live, 0);
}

TEST(slots_are_used_again_by_the_next_buffer)
{
    for (int round = 0; round < 2; round++) {
        int item = round;
        struct rouse_from_array once = rouse_stream_once(&item);
        struct rouse_buffer_ordered buffer =
            rouse_buffer_ordered(&once.future, gate_of, NULL, ROUSE_ARRAY(slots));
        struct mock_task t = mock_task(&buffer.future);
        EXPECT_PENDING(mock_poll(&t));
        open_gate(round, ROUSE_OK);
        expect_gate(&t, round);
        rouse_drop(&buffer.future);
    }
}

TEST(buffers_without_a_slot_are_invalid)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_buffer_ordered buffer =
        rouse_buffer_ordered(&tap.future, gate_of, NULL, slots, sizeof *slots, 0);
    struct rouse_for_each_concurrent each =
        rouse_for_each_concurrent(&tap.future, gate_of, NULL, slots, sizeof *slots, 0);
    struct mock_task t = mock_task(&buffer.future), u = mock_task(&each.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_INVALID);
    EXPECT_READY(mock_poll(&u), ROUSE_ERR_INVALID);
}

TEST(for_each_concurrent_is_done_when_all_are)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_for_each_concurrent each =
        rouse_for_each_concurrent(&tap.future, gate_of, NULL, ROUSE_ARRAY(slots));
    struct mock_task t = mock_task(&each.future);
    for (int i = 1; i <= 4; i++)
        tap_pour(&tap, i);
    tap_end(&tap, ROUSE_ERR_CLOSED);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(tap.taken, 3);
    open_gate(2, ROUSE_OK);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_EQ(tap.taken, 4);
    open_gate(1, ROUSE_OK);
    open_gate(3, ROUSE_OK);
    EXPECT_PENDING(mock_poll(&t));
    open_gate(4, ROUSE_OK);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_EQ(t.live, 0);
}

TEST(for_each_concurrent_fails_with_the_first_failure_even_closed)
{
    struct tap tap = ROUSE_FUTURE(tap);
    struct rouse_for_each_concurrent each =
        rouse_for_each_concurrent(&tap.future, gate_of, NULL, ROUSE_ARRAY(slots));
    struct mock_task t = mock_task(&each.future);
    tap_pour(&tap, 1);
    tap_pour(&tap, 2);
    EXPECT_PENDING(mock_poll(&t));
    open_gate(2, ROUSE_ERR_CLOSED);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_CLOSED);
    EXPECT_EQ(gates_dropped(), 1);
    EXPECT_EQ(tap_drops, 1);
    EXPECT_EQ(t.live, 0);
}

TEST(for_each_concurrent_fails_as_its_source_does)
{
    struct tap tap = ROUSE_FUTURE(tap, .end = ROUSE_ERR_LAGGED);
    struct rouse_for_each_concurrent each =
        rouse_for_each_concurrent(&tap.future, gate_of, NULL, ROUSE_ARRAY(slots));
    struct mock_task t = mock_task(&each.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_LAGGED);
}
