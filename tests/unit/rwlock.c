/* reader-writer lock, polled by hand. */
#include "test.h"

static struct rouse_rwlock l;

TEST(readers_share_and_a_writer_waits_for_the_last_of_them)
{
    rouse_rwlock_init(&l);
    MOCK(rouse_rwlock_read, a, rouse_rwlock_read(&l));
    MOCK(rouse_rwlock_read, b, (rouse_rwlock_read)(&l));
    MOCK(rouse_rwlock_write, w, (rouse_rwlock_write)(&l));
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_READY(POLL(b), ROUSE_OK);
    EXPECT_PENDING(POLL(w));
    rouse_rwlock_unlock_read(&l);
    EXPECT_EQ(w_task.woken, 0);
    (rouse_rwlock_unlock_read)(&l);
    EXPECT_EQ(w_task.woken, 1);
    EXPECT_READY(POLL(w), ROUSE_OK);
    (rouse_rwlock_unlock_write)(&l);
}

TEST(writer_excludes_readers_and_writers)
{
    rouse_rwlock_init(&l);
    MOCK(rouse_rwlock_write, w, rouse_rwlock_write(&l));
    MOCK(rouse_rwlock_read, r, rouse_rwlock_read(&l));
    MOCK(rouse_rwlock_write, v, rouse_rwlock_write(&l));
    EXPECT_READY(POLL(w), ROUSE_OK);
    EXPECT(!rouse_rwlock_try_read(&l));
    EXPECT(!rouse_rwlock_try_write(&l));
    EXPECT_PENDING(POLL(r));
    EXPECT_PENDING(POLL(v));
    rouse_rwlock_unlock_write(&l);
    EXPECT_READY(POLL(r), ROUSE_OK);
    EXPECT_PENDING(POLL(v));
    rouse_rwlock_unlock_read(&l);
    EXPECT_READY(POLL(v), ROUSE_OK);
}

TEST(reader_does_not_overtake_a_writer_that_waits)
{
    rouse_rwlock_init(&l);
    EXPECT(rouse_rwlock_try_read(&l));
    MOCK(rouse_rwlock_write, w, rouse_rwlock_write(&l));
    MOCK(rouse_rwlock_read, r, rouse_rwlock_read(&l));
    EXPECT_PENDING(POLL(w));
    EXPECT_PENDING(POLL(r));
    EXPECT(!rouse_rwlock_try_read(&l));
    rouse_rwlock_unlock_read(&l);
    EXPECT_EQ(w_task.woken, 1);
    EXPECT_EQ(r_task.woken, 0);
    rouse_drop(&w.future); /* with the lock, before it polls */
    EXPECT_EQ(r_task.woken, 1);
    EXPECT_READY(POLL(r), ROUSE_OK);
}

TEST(waiting_writer_dropped_lets_the_readers_behind_it_in)
{
    rouse_rwlock_init(&l);
    EXPECT(rouse_rwlock_try_read(&l));
    MOCK(rouse_rwlock_write, w, rouse_rwlock_write(&l));
    MOCK(rouse_rwlock_read, a, rouse_rwlock_read(&l));
    MOCK(rouse_rwlock_read, b, rouse_rwlock_read(&l));
    EXPECT_PENDING(POLL(w));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    rouse_drop(&w.future);
    EXPECT_EQ(a_task.woken + b_task.woken, 2);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_READY(POLL(b), ROUSE_OK);
}

TEST(downgraded_writer_lets_readers_in_and_no_writer_between)
{
    rouse_rwlock_init(&l);
    EXPECT(rouse_rwlock_try_write(&l));
    MOCK(rouse_rwlock_read, r, rouse_rwlock_read(&l));
    MOCK(rouse_rwlock_write, w, rouse_rwlock_write(&l));
    EXPECT_PENDING(POLL(r));
    EXPECT_PENDING(POLL(w));
    rouse_rwlock_downgrade(&l);
    EXPECT_READY(POLL(r), ROUSE_OK);
    rouse_rwlock_unlock_read(&l);
    EXPECT_EQ(w_task.woken, 0);
    rouse_rwlock_unlock_read(&l);
    EXPECT_READY(POLL(w), ROUSE_OK);
    (rouse_rwlock_downgrade)(&l);
    EXPECT(rouse_rwlock_try_read(&l));
}

TEST(readers_after_a_writer_are_let_in_together)
{
    rouse_rwlock_init(&l);
    EXPECT(rouse_rwlock_try_write(&l));
    MOCK(rouse_rwlock_read, a, rouse_rwlock_read(&l));
    MOCK(rouse_rwlock_read, b, rouse_rwlock_read(&l));
    MOCK(rouse_rwlock_write, w, rouse_rwlock_write(&l));
    MOCK(rouse_rwlock_read, c, rouse_rwlock_read(&l));
    EXPECT_PENDING(POLL(a));
    EXPECT_PENDING(POLL(b));
    EXPECT_PENDING(POLL(w));
    EXPECT_PENDING(POLL(c));
    rouse_rwlock_unlock_write(&l);
    EXPECT_EQ(a_task.woken + b_task.woken, 2);
    EXPECT_EQ(c_task.woken, 0);
    EXPECT_READY(POLL(a), ROUSE_OK);
    EXPECT_READY(POLL(b), ROUSE_OK);
    rouse_drop(&c.future);
    rouse_drop(&w.future);
}
