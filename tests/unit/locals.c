/* Task-locals. */
#include "crew.h"
// needs: malloc

static const struct rouse_local request = {"request"}, user = {"user"};

static const char *text(void *value)
{
    return value ? value : "none";
}

/* Says what it sees, sets its own if it has one, and waits to be looked at again. */
struct seer {
    struct rouse_future future;
    char *request, *user;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(seer)
{
    ROUSE_BEGIN;
    test_say("sees %s", text(rouse_local_get(cx, &request)));
    if (self->request)
        EXPECT_EQ(rouse_local_set(cx, &request, self->request), ROUSE_OK);
    if (self->user)
        EXPECT_EQ(rouse_local_set(cx, &user, self->user), ROUSE_OK);
    ROUSE_AWAIT(self->nap, rouse_sleep(10 * ROUSE_MS));
    test_say("has %s %s", text(rouse_local_get(cx, &request)), text(rouse_local_get(cx, &user)));
    ROUSE_FINALLY;
    if (self->future.status == ROUSE_OK)
        test_say("ends %s", text(rouse_local_get(cx, &request)));
    else
        EXPECT(!rouse_local_get(cx, &request));
    ROUSE_END;
}
#define SEER(...) ROUSE_FUTURE(seer, __VA_ARGS__)

TEST(each_task_has_its_own_values_also_in_its_finally)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, SEER(.request = "1")));
    rouse_task_detach(rouse_spawn(&rt, SEER(.request = "2", .user = "u")));
    ROUSE_TASK(seer) slot = {0};
    rouse_task_detach(rouse_spawn_in(&rt, &slot, SEER(.user = "v")));
    run();
    EXPECT_TEXT(test_said(), "sees none sees none sees none");
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "has 1 none ends 1 has 2 u ends 2 has none v ends none");
    end();
}

/* Sets, spawns, sets again: as a server does for each connection. */
struct server {
    struct rouse_future future;
    bool own;
    struct rouse_task *task;
    struct rouse_scope scope;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(server)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    EXPECT_EQ(rouse_local_set(cx, &user, "u"), ROUSE_OK);
    EXPECT_EQ(rouse_local_set(cx, &request, "1"), ROUSE_OK);
    EXPECT_EQ(rouse_scope_defer(&self->scope, ROUSE_S, SEER(.user = NULL)), ROUSE_OK);
    rouse_scope_spawn(&self->scope, SEER(.user = NULL));
    EXPECT_EQ(rouse_local_set(cx, &request, "2"), ROUSE_OK);
    rouse_scope_spawn(&self->scope, SEER(.user = self->own ? "w" : NULL));
    EXPECT_EQ(rouse_local_set(cx, &request, "3"), ROUSE_OK);
    self->task = ROUSE_SPAWN(SEER(.user = NULL));
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    test_say("server %s %s", text(rouse_local_get(cx, &request)), text(rouse_local_get(cx, &user)));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    rouse_task_detach(self->task);
    ROUSE_END;
}

TEST(children_of_a_scope_begin_with_what_was_set_when_they_were_spawned)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(server, .own = true)));
    run();
    EXPECT_TEXT(test_said(), "sees 1 sees 2 sees none"); /* a plain spawn inherits nothing */
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "has 1 u ends 1 has 2 w ends 2 has none none ends none sees 1");
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "has 1 u ends 1 server 3 u");
    end();
}

TEST(a_dropped_task_gives_its_values_back)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, SEER(.request = "1"));
    run();
    rouse_task_abort(task);
    rouse_task_detach(task);
    test_said();
    end();
}

struct setter {
    struct rouse_future future;
    int sets, fails;
};
ROUSE_ASYNC(setter)
{
    ROUSE_BEGIN;
    self->fails += rouse_local_set(cx, &request, "1") == ROUSE_ERR_NO_MEMORY;
    self->fails += rouse_local_set(cx, &user, "2") == ROUSE_ERR_NO_MEMORY;
    ROUSE_END;
}

TEST(a_value_without_memory_is_not_set)
{
    for (size_t fail_at = 1; fail_at <= 3; fail_at++) {
        begin();
        struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(setter));
        memory.fail_at = fail_at; /* the cold block, the first value, the second */
        memory.calls = 0;
        run();
        EXPECT_EQ(ROUSE_OUTPUT(setter, task)->fails, fail_at == 3 ? 1 : 2);
        memory.fail_at = 0;
        rouse_task_detach(task);
        end();
    }
}

/* Blocks come in eights: after seven heirs there is memory for one more task, but none for what the
   parent and seven heirs have already used up. */
struct ancestor {
    struct rouse_future future;
    bool defers;
    struct rouse_scope scope;
    struct rouse_scope_join join;
    rouse_status status;
};
ROUSE_ASYNC(ancestor)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    EXPECT_EQ(rouse_local_set(cx, &request, "1"), ROUSE_OK);
    for (int i = 0; i < 8; i++) {
        memory.fail_at = i == 7;
        self->status = ROUSE_OK;
        if (self->defers)
            self->status = rouse_scope_defer(&self->scope, 0, WORKER(.name = "w"));
        else if (!rouse_scope_spawn(&self->scope, WORKER(.name = "w")))
            self->status = ROUSE_ERR_NO_MEMORY;
        EXPECT_EQ(self->status, i == 7 ? ROUSE_ERR_NO_MEMORY : ROUSE_OK);
    }
    memory.fail_at = 0;
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));
    test_say("joined %d", (int)self->status);
    ROUSE_END;
}

TEST(a_task_that_cannot_inherit_is_out_of_memory)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(ancestor)));
    run();
    EXPECT_TEXT(test_said(), "-w -w -w -w -w -w -w -w joined -2");
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(ancestor, .defers = true)));
    run();
    EXPECT_CONTAINS(test_said(), "-w worker failed -4 -w");
    end();
}

/* Ends because another child failed, and spawns elsewhere on its way. */
struct heir {
    struct rouse_future future;
    struct rouse_scope *elsewhere;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(heir)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_S));
    ROUSE_FINALLY;
    rouse_scope_spawn(self->elsewhere, SEER(.user = "u"));
    ROUSE_END;
}
struct loser {
    struct rouse_future future;
};
ROUSE_ASYNC(loser)
{
    ROUSE_BEGIN;
    EXPECT_EQ(rouse_local_set(cx, &request, "1"), ROUSE_OK);
    ROUSE_FAIL(-1300);
    ROUSE_END;
}
struct family {
    struct rouse_future future;
    struct rouse_scope scope, elsewhere;
    struct rouse_scope_join join;
    rouse_status status;
};
ROUSE_ASYNC(family)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->elsewhere, cx->runtime, ROUSE_SUPERVISE);
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(loser));
    rouse_scope_spawn(&self->scope, ROUSE_FUTURE(heir, .elsewhere = &self->elsewhere));
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->elsewhere));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    rouse_scope_drop(&self->elsewhere);
    ROUSE_END;
}

TEST(values_of_a_task_that_has_failed_are_not_inherited_by_what_it_ends)
{
    begin();
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(family)));
    run();
    EXPECT_TEXT(test_said(), "sees none");
    rouse_fake_host_advance(&host, 10 * ROUSE_MS);
    EXPECT_TEXT(test_said(), "has none u ends none");
    end();
}

TEST(outside_a_task_there_are_no_values)
{
    begin();
    struct rouse_context foreign = {.waker = rouse_waker_noop()};
    EXPECT_EQ(rouse_local_set(&foreign, &request, "1"), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT(!rouse_local_get(&foreign, &request));
    foreign.runtime = &rt;
    EXPECT_EQ(rouse_local_set(&foreign, &request, "1"), ROUSE_ERR_NOT_SUPPORTED);
    EXPECT(!rouse_local_get(&foreign, &request));
    end();
}
