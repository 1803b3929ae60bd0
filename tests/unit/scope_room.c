/* Scopes: a bound for how many children run at once. */
#include "crew.h"
// needs: malloc

struct producer {
    struct rouse_future future;
    int i, most;
    bool fails;
    rouse_status status;
    struct rouse_scope scope;
    struct rouse_scope_room room;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(producer)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    for (self->i = 0; self->i < 6; self->i++) {
        ROUSE_AWAIT(self->room, rouse_scope_room(&self->scope, 2));
        rouse_scope_spawn(&self->scope,
                          WORKER(.name = "w", .ms = 10, .result = self->fails ? -1500 : 0));
        if ((int)rouse_scope_count(&self->scope) > self->most)
            self->most = (int)rouse_scope_count(&self->scope);
    }
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    test_say("most %d", self->most);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

TEST(room_bounds_how_many_children_run_at_once)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(producer));
    run();
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "w w w w w w most 2");
    rouse_task_detach(task);
    end();
}

TEST(room_in_a_scope_that_failed_fails_as_it_did)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(producer, .fails = true));
    run();
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "-w -w");
    EXPECT_EQ(ROUSE_OUTPUT(producer, task)->future.status, -1500);
    rouse_task_detach(task);
    end();
    EXPECT_TEXT(test_said(), "producer failed -1500"); /* nobody joined it */
}

TEST(room_refuses_a_limit_of_zero_and_a_cancelled_scope)
{
    begin();
    struct rouse_scope scope;
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    struct rouse_scope_room room = rouse_scope_room(&scope, 0);
    struct mock_task t = mock_task(&room.future);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_INVALID);
    rouse_scope_spawn(&scope, WORKER(.name = "a", .ms = 10));
    room = rouse_scope_room(&scope, 1);
    struct rouse_scope_room two = rouse_scope_room(&scope, 2);
    struct mock_task u = mock_task(&two.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    rouse_drop(&room.future);
    EXPECT_EQ(t.live, 0);
    rouse_scope_cancel(&scope, ROUSE_OK);
    room = rouse_scope_room(&scope, 1);
    EXPECT_READY(mock_poll(&t), ROUSE_ERR_CANCELLED);
    rouse_scope_drop(&scope);
    test_said();
    end();
}

TEST(a_child_that_ends_wakes_only_those_who_have_room_now)
{
    begin();
    struct rouse_scope scope;
    rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&scope, WORKER(.name = "a", .ms = 10));
    rouse_scope_spawn(&scope, WORKER(.name = "b", .ms = 20));
    struct rouse_scope_join join = rouse_scope_join(&scope);
    struct rouse_scope_room room = rouse_scope_room(&scope, 2);
    struct mock_task t = mock_task(&join.future), u = mock_task(&room.future);
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&t));
    EXPECT_PENDING(mock_poll(&u));
    run();
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_EQ(t.woken, 0);
    EXPECT_EQ(u.woken, 1);
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
    EXPECT_READY(mock_poll(&u), ROUSE_OK);
    rouse_scope_drop(&scope);
    test_said();
    end();
}

/* A foreign waker that ends the scope as soon as it is woken, with its memory. */
static void end_scope(void *data)
{
    rouse_scope_drop(data);
    memset(data, 0xdd, sizeof(struct rouse_scope));
    test_say("dropped");
}
static struct rouse_waker ending_clone(void *data);
static void ending_drop(void *data)
{
    (void)data;
}
static const struct rouse_waker_table ending_table = {ending_clone, end_scope, end_scope,
                                                      ending_drop};
static struct rouse_waker ending_clone(void *data)
{
    return (struct rouse_waker){&ending_table, data};
}

TEST(a_wake_may_end_the_scope_whose_children_are_being_ended)
{
    static const rouse_status results[] = {ROUSE_OK, -1500};
    for (int i = 0; i < 2; i++) {
        begin();
        struct rouse_scope scope;
        rouse_scope_init(&scope, &rt, ROUSE_FAIL_FAST);
        rouse_scope_spawn(&scope, WORKER(.name = "a", .ms = 10, .result = results[i]));
        rouse_scope_spawn(&scope, WORKER(.name = "b", .ms = 20));
        rouse_scope_spawn(&scope, WORKER(.name = "c", .ms = 30));
        struct rouse_scope_room room = rouse_scope_room(&scope, 2);
        struct rouse_context cx = {.waker = ending_clone(&scope)};
        EXPECT_PENDING(rouse_poll(&room.future, &cx));
        run();
        if (i == 0)
            rouse_scope_cancel(&scope, -1501);
        else
            rouse_fake_host_advance(&host, 10 * ROUSE_MS);
        EXPECT_TEXT(test_said(), i ? "-a -b -c dropped worker failed -1500" : "-a -b -c dropped");
        end();
    }
}
