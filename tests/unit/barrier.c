/* barrier, polled by hand. */
#include "eager.h"

static struct rouse_barrier b;

TEST(barrier_of_none_or_one_does_not_wait)
{
    for (size_t parties = 0; parties < 2; parties++) {
        rouse_barrier_init(&b, parties);
        for (int i = 0; i < 3; i++) {
            MOCK(rouse_barrier_wait, a, rouse_barrier_wait(&b));
            EXPECT_READY(POLL(a), ROUSE_OK);
            EXPECT(a.out);
        }
    }
}

TEST(the_last_to_arrive_leads_and_the_others_go_on)
{
    rouse_barrier_init(&b, 2);
    MOCK(rouse_barrier_wait, first, rouse_barrier_wait(&b));
    MOCK(rouse_barrier_wait, last, rouse_barrier_wait(&b));
    EXPECT_PENDING(POLL(first));
    EXPECT_PENDING(POLL(first));
    EXPECT_READY(POLL(last), ROUSE_OK);
    EXPECT_EQ(first_task.woken, 1);
    EXPECT_READY(POLL(first), ROUSE_OK);
    EXPECT(last.out && !first.out);
}

TEST(barrier_begins_anew_for_many_rounds)
{
    static struct rouse_barrier_wait waits[100];
    static struct mock_task tasks[100];
    rouse_barrier_init(&b, 100);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 99; i++) {
            waits[i] = rouse_barrier_wait(&b);
            tasks[i] = mock_task(&waits[i].future);
            EXPECT_PENDING(mock_poll(&tasks[i]));
        }
        MOCK(rouse_barrier_wait, last, rouse_barrier_wait(&b));
        EXPECT_READY(POLL(last), ROUSE_OK);
        EXPECT(last.out);
        for (int i = 0; i < 99; i++) {
            EXPECT_READY(mock_poll(&tasks[i]), ROUSE_OK);
            EXPECT(!waits[i].out);
        }
    }
}

TEST(party_dropped_while_it_waits_has_not_arrived)
{
    rouse_barrier_init(&b, 2);
    MOCK(rouse_barrier_wait, gone, rouse_barrier_wait(&b));
    MOCK(rouse_barrier_wait, first, rouse_barrier_wait(&b));
    MOCK(rouse_barrier_wait, last, rouse_barrier_wait(&b));
    EXPECT_PENDING(POLL(gone));
    rouse_drop(&gone.future);
    EXPECT_PENDING(POLL(first));
    EXPECT_READY(POLL(last), ROUSE_OK);
    rouse_drop(&first.future); /* released, and dropped before it polls: the next round is whole */
    MOCK(rouse_barrier_wait, next, rouse_barrier_wait(&b));
    EXPECT_PENDING(POLL(next));
    rouse_drop(&next.future);
}

TEST(party_that_a_wake_polls_at_once_leaves_the_line_of_the_leader)
{
    rouse_barrier_init(&b, 3);
    MOCK(rouse_barrier_wait, second, rouse_barrier_wait(&b));
    MOCK(rouse_barrier_wait, last, rouse_barrier_wait(&b));
    struct rouse_barrier_wait first = rouse_barrier_wait(&b);
    struct eager eager = {&second_task, ROUSE_PENDING_};
    EXPECT_PENDING(eager_poll(&first.future, &eager));
    EXPECT_PENDING(POLL(second));
    EXPECT_READY(POLL(last), ROUSE_OK);
    EXPECT_EQ(eager.status, ROUSE_OK);
    EXPECT_EQ(second_task.woken, 0);
    EXPECT_EQ(second_task.live, 0);
    EXPECT_READY(eager_poll(&first.future, &eager), ROUSE_OK);
}
