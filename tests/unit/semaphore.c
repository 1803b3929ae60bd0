/* semaphore, polled by hand. */
#include "test.h"

static struct rouse_semaphore s;

TEST(permits_are_taken_and_given_back)
{
    rouse_semaphore_init(&s, 2);
    EXPECT_EQ(rouse_semaphore_available(&s), 2);
    MOCK(rouse_semaphore_acquire, a, rouse_semaphore_acquire(&s, 2));
    MOCK(rouse_semaphore_acquire, b, rouse_semaphore_acquire(&s, 1));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(rouse_semaphore_available(&s), 0);
    EXPECT_PENDING(POLL(b));
    rouse_semaphore_release(&s, 1);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_EQ(rouse_semaphore_available(&s), 0);
    EXPECT_READY(POLL(b), ROUSE_OK);
    (rouse_semaphore_release)(&s, 2); /* the function behind the macro */
    EXPECT_EQ(rouse_semaphore_available(&s), 2);
}

TEST(try_acquire_takes_what_is_free_and_never_waits)
{
    rouse_semaphore_init(&s, 3);
    EXPECT(rouse_semaphore_try_acquire(&s, 2));
    EXPECT(!rouse_semaphore_try_acquire(&s, 2));
    EXPECT(rouse_semaphore_try_acquire(&s, 1));
    EXPECT(!rouse_semaphore_try_acquire(&s, 1));
    EXPECT(rouse_semaphore_try_acquire(&s, 0));
    EXPECT(!rouse_semaphore_try_acquire(&s, SIZE_MAX));
}

TEST(semaphore_that_begins_with_none_has_what_is_released_to_it)
{
    rouse_semaphore_init(&s, 0);
    MOCK(rouse_semaphore_acquire, a, rouse_semaphore_acquire(&s, 1));
    EXPECT_PENDING(POLL(a));
    rouse_semaphore_release(&s, 1);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_READY(POLL(a), ROUSE_OK);
    rouse_semaphore_add(&s, 5);
    EXPECT_EQ(rouse_semaphore_available(&s), 5);
}

TEST(who_wants_much_is_first_and_is_not_overtaken_by_who_wants_little)
{
    rouse_semaphore_init(&s, 3);
    EXPECT(rouse_semaphore_try_acquire(&s, 2));
    MOCK(rouse_semaphore_acquire, much, rouse_semaphore_acquire(&s, 3));
    MOCK(rouse_semaphore_acquire, little, rouse_semaphore_acquire(&s, 1));
    EXPECT_PENDING(POLL(much));
    EXPECT_PENDING(POLL(little));
    EXPECT(!rouse_semaphore_try_acquire(&s, 1)); /* one is free, but for those in line */
    rouse_semaphore_release(&s, 2);
    EXPECT_EQ(much_task.woken, 1);
    EXPECT_EQ(little_task.woken, 0);
    EXPECT_READY(POLL(much), ROUSE_OK);
    rouse_semaphore_release(&s, 3);
    EXPECT_READY(POLL(little), ROUSE_OK);
}

TEST(waiter_that_leaves_lets_those_pass_whom_it_held_back)
{
    rouse_semaphore_init(&s, 2);
    EXPECT(rouse_semaphore_try_acquire(&s, 1));
    MOCK(rouse_semaphore_acquire, much, rouse_semaphore_acquire(&s, 2));
    MOCK(rouse_semaphore_acquire, little, rouse_semaphore_acquire(&s, 1));
    EXPECT_PENDING(POLL(much));
    EXPECT_PENDING(POLL(little));
    rouse_drop(&much.future);
    EXPECT_EQ(much_task.live, 0);
    EXPECT_EQ(little_task.woken, 1);
    EXPECT_READY(POLL(little), ROUSE_OK);
}

TEST(waiter_with_its_permits_dropped_before_it_polls_passes_them_on)
{
    rouse_semaphore_init(&s, 2);
    EXPECT(rouse_semaphore_try_acquire(&s, 2));
    MOCK(rouse_semaphore_acquire, a, rouse_semaphore_acquire(&s, 2));
    MOCK(rouse_semaphore_acquire, b, rouse_semaphore_acquire(&s, 1));
    MOCK(rouse_semaphore_acquire, c, rouse_semaphore_acquire(&s, 1));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(c));
    rouse_semaphore_release(&s, 2);
    EXPECT_EQ(a_task.woken, 1);
    rouse_drop(&a.future);
    EXPECT_EQ(b_task.woken + c_task.woken, 2);
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_READY(POLL(c), ROUSE_OK);
    EXPECT_EQ(rouse_semaphore_available(&s), 0);
}

TEST(one_release_serves_as_many_as_it_reaches)
{
    rouse_semaphore_init(&s, 4);
    EXPECT(rouse_semaphore_try_acquire(&s, 4));
    MOCK(rouse_semaphore_acquire, a, rouse_semaphore_acquire(&s, 1));
    MOCK(rouse_semaphore_acquire, b, rouse_semaphore_acquire(&s, 2));
    MOCK(rouse_semaphore_acquire, c, rouse_semaphore_acquire(&s, 2));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(c));
    rouse_semaphore_release(&s, 4);
    EXPECT_EQ(a_task.woken, 1);
    EXPECT_EQ(b_task.woken, 1);
    EXPECT_EQ(c_task.woken, 0);
    EXPECT_EQ(rouse_semaphore_available(&s), 1);
    rouse_drop(&a.future);
    EXPECT_EQ(c_task.woken, 1);
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_READY(POLL(c), ROUSE_OK);
}

TEST(closed_semaphore_refuses_all_who_wait_and_all_who_come)
{
    rouse_semaphore_init(&s, 1);
    EXPECT(rouse_semaphore_try_acquire(&s, 1));
    MOCK(rouse_semaphore_acquire, a, rouse_semaphore_acquire(&s, 1));
    MOCK(rouse_semaphore_acquire, b, rouse_semaphore_acquire(&s, 1));
    MOCK(rouse_semaphore_acquire, c, rouse_semaphore_acquire(&s, 1));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT(!rouse_semaphore_is_closed(&s));
    rouse_semaphore_close(&s);
    EXPECT(rouse_semaphore_is_closed(&s));
    EXPECT_EQ(a_task.woken + b_task.woken, 2);
    rouse_drop(&a.future);
    EXPECT_READY(POLL(b), ROUSE_ERR_CLOSED);
    EXPECT_READY(POLL(c), ROUSE_ERR_CLOSED);
    rouse_semaphore_release(&s, 1);
    EXPECT_EQ(rouse_semaphore_available(&s), 1);
    EXPECT(!rouse_semaphore_try_acquire(&s, 1));
}

TEST(permits_given_before_the_close_are_still_had)
{
    rouse_semaphore_init(&s, 1);
    EXPECT(rouse_semaphore_try_acquire(&s, 1));
    MOCK(rouse_semaphore_acquire, a, rouse_semaphore_acquire(&s, 1));
    EXPECT_PENDING(POLL(a));
    rouse_semaphore_release(&s, 1);
    rouse_semaphore_close(&s);
    EXPECT_READY(POLL(a), ROUSE_OK);
}

TEST(added_and_forgotten_permits_change_how_many_there_are)
{
    rouse_semaphore_init(&s, 2);
    EXPECT(rouse_semaphore_try_acquire(&s, 1));
    EXPECT_EQ(rouse_semaphore_forget(&s, 5), 1);
    EXPECT_EQ(rouse_semaphore_available(&s), 0);
    MOCK(rouse_semaphore_acquire, a, rouse_semaphore_acquire(&s, 2));
    EXPECT_PENDING(POLL(a));
    rouse_semaphore_add(&s, 1);
    EXPECT_EQ(a_task.woken, 0);
    rouse_semaphore_release(&s, 1);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_EQ(rouse_semaphore_forget(&s, 0), 0);
    rouse_semaphore_close(&s);
    rouse_semaphore_release(&s, 2);
    EXPECT_EQ(rouse_semaphore_forget(&s, 1), 1);
    EXPECT_EQ(rouse_semaphore_available(&s), 1);
}

TEST(permits_forgotten_by_a_semaphore_without_a_limit_do_not_give_it_one)
{
    rouse_semaphore_init(&s, 0);
    rouse_semaphore_add(&s, 5);
    EXPECT_EQ(rouse_semaphore_forget(&s, 3), 3);
    rouse_semaphore_add(&s, 5);
    EXPECT_EQ(rouse_semaphore_available(&s), 7);
    rouse_semaphore_release(&s, 4);
    EXPECT_EQ(rouse_semaphore_available(&s), 11);
}

TEST(more_permits_than_there_can_be_are_refused)
{
    rouse_semaphore_init(&s, ROUSE_SEMAPHORE_MAX);
    MOCK(rouse_semaphore_acquire, a, rouse_semaphore_acquire(&s, ROUSE_SEMAPHORE_MAX + 1));
    MOCK(rouse_semaphore_acquire, b, (rouse_semaphore_acquire)(&s, SIZE_MAX));
    MOCK(rouse_semaphore_acquire, c, rouse_semaphore_acquire(&s, ROUSE_SEMAPHORE_MAX));
    EXPECT_READY(POLL(a), ROUSE_ERR_INVALID);
    EXPECT_READY(POLL(b), ROUSE_ERR_INVALID);
    EXPECT_READY(POLL(c), ROUSE_OK);
}

/* ---- stress: tasks that hold permits across awaits --------------------------------------------
 */

struct holder {
    struct rouse_future future;
    int rounds;
    struct rouse_semaphore_acquire acquire;
    struct rouse_yield yield;
};
static int inside, most;
ROUSE_ASYNC(holder)
{
    ROUSE_BEGIN;
    for (; self->rounds > 0; self->rounds--) {
        ROUSE_AWAIT(self->acquire, rouse_semaphore_acquire(&s, 1));
        most = ++inside > most ? inside : most;
        ROUSE_AWAIT(self->yield, rouse_yield());
        inside--;
        rouse_semaphore_release(&s, 1);
    }
    ROUSE_END;
}

TEST(many_tasks_never_hold_more_than_there_is)
{
    static struct holder holders[50];
    struct rouse_future *list[50];
    struct rouse_context cx = {.waker = rouse_waker_noop()};
    rouse_semaphore_init(&s, 5);
    for (int i = 0; i < 50; i++) {
        holders[i] = ROUSE_FUTURE(holder, .rounds = 20);
        list[i] = &holders[i].future;
    }
    struct rouse_join all = rouse_join(list, 50);
    while (rouse_is_pending(rouse_poll(&all.future, &cx)))
        ;
    EXPECT_EQ(most, 5);
    EXPECT_EQ(rouse_semaphore_available(&s), 5);
}
