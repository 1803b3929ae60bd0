// needs: malloc checked
/* What reports say where it is known who spawned whom and who holds what. */
#include "report.h"

/* ---- Who spawned whom ------------------------------------------------------------------------ */

struct parent {
    struct rouse_future future;
    bool leaves;
    struct rouse_task *child;
    struct rouse_pending never;
};
ROUSE_ASYNC(parent)
{
    ROUSE_BEGIN;
    self->child = ROUSE_SPAWN(rouse_pending());
    if (self->leaves)
        ROUSE_DONE;
    ROUSE_AWAIT(self->never, rouse_pending());
    ROUSE_FINALLY;
    rouse_task_detach(self->child);
    ROUSE_END;
}

TEST(dump_is_a_tree_of_who_spawned_whom_and_where)
{
    struct rouse_runtime rt;
    open_runtime(&rt);
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(parent));
    run(&rt);
    host.clock_ns += 2 * ROUSE_MS;
    const char *text = dump_of(&rt);
    EXPECT_CONTAINS(text, "  task parent, waiting: ");
    EXPECT_CONTAINS(text, "; #1, 2.000 ms old, ");
    EXPECT_CONTAINS(text, " polls, spawned at tests/unit/dump_checked.c:");
    EXPECT_CONTAINS(text, "\n    task rouse_pending, waiting: ");
    EXPECT_CONTAINS(text, " by #1\n");
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}

TEST(task_that_ends_leaves_its_children_to_its_parent)
{
    struct rouse_runtime rt;
    open_runtime(&rt);
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(parent, .leaves = true)));
    run(&rt);
    EXPECT_CONTAINS(dump_of(&rt), "  task rouse_pending, waiting: ");
    EXPECT(!strstr(said, " by #"));
    EXPECT(!strstr(said, "parent"));
    rouse_runtime_drop(&rt);
}

static void spawn_more(void *data, struct rouse_runtime *rt, const char *task,
                       const struct rouse_error *error)
{
    (void)data, (void)task, (void)error;
    rouse_task_detach(rouse_spawn(rt, rouse_pending()));
}

TEST(what_the_end_of_a_task_spawns_is_not_its_child)
{
    struct rouse_runtime rt;
    struct rouse_options options = {.host = &host.host, .on_error = spawn_more};
    rouse_fake_host_init(&host);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_task_detach(rouse_spawn(&rt, rouse_ready(-1500)));
    run(&rt);
    EXPECT_CONTAINS(dump_of(&rt), "  task rouse_pending, waiting: ");
    EXPECT(!strstr(said, " by #"));
    rouse_runtime_drop(&rt);
}

/* ---- Circles --------------------------------------------------------------------------------- */

struct locker {
    struct rouse_future future;
    struct rouse_mutex *first, *second;
    uint64_t limit_ns;
    struct rouse_mutex_lock lock;
    struct rouse_timeout limit;
};
ROUSE_ASYNC(locker)
{
    rouse_status status;
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(self->first));
    ROUSE_YIELD;
    self->lock = rouse_mutex_lock(self->second);
    if (self->limit_ns) {
        ROUSE_TRY_AWAIT(status, self->limit, rouse_timeout(&self->lock.future, self->limit_ns));
        (void)status;
    } else {
        ROUSE_AWAIT(self->lock);
    }
    ROUSE_END;
}

struct two_locks {
    struct rouse_runtime rt;
    struct rouse_mutex a, b;
    struct rouse_task *tasks[2];
};

static void lock_crosswise(struct two_locks *two, uint64_t limit_ns)
{
    open_runtime(&two->rt);
    rouse_mutex_init(&two->a);
    rouse_mutex_init(&two->b);
    two->tasks[0] =
        rouse_spawn(&two->rt, ROUSE_FUTURE(locker, .first = &two->a, .second = &two->b));
    two->tasks[1] = rouse_spawn(
        &two->rt, ROUSE_FUTURE(locker, .first = &two->b, .second = &two->a, .limit_ns = limit_ns));
    rouse_task_set_name(two->tasks[0], "anna");
    rouse_task_set_name(two->tasks[1], "ben");
    run(&two->rt);
}

static void give_up(struct two_locks *two)
{
    for (int i = 0; i < 2; i++) {
        rouse_task_abort(two->tasks[i]);
        rouse_task_detach(two->tasks[i]);
    }
    rouse_runtime_drop(&two->rt);
}

TEST(two_tasks_that_lock_crosswise_are_named_as_a_deadlock_while_others_go_on)
{
    struct two_locks two;
    lock_crosswise(&two, 0);
    rouse_task_detach(rouse_spawn(&two.rt, rouse_sleep(ROUSE_S)));
    run(&two.rt);
    const char *text = why(&two.rt, NULL);
    EXPECT_CONTAINS(text, "  deadlock: task anna (#1) waits for a mutex at ");
    EXPECT_CONTAINS(text, ", held by task ben (#2) since locker (tests/unit/dump_checked.c:");
    EXPECT_CONTAINS(text, "\n            task ben (#2) waits for a mutex at ");
    EXPECT_CONTAINS(text, ", held by task anna (#1) since locker");
    EXPECT_CONTAINS(text, ", spawned at tests/unit/dump_checked.c:");
    EXPECT_CONTAINS(dump_of(&two.rt), "  deadlock: ");
    EXPECT_CONTAINS(why(&two.rt, two.tasks[1]), "  deadlock: task ben");
    give_up(&two);
}

TEST(circle_that_a_time_limit_will_open_is_no_deadlock)
{
    struct two_locks two;
    lock_crosswise(&two, ROUSE_S);
    EXPECT_TEXT(why(&two.rt, NULL), "");
    EXPECT_CONTAINS(why(&two.rt, two.tasks[0]), "task anna (#1) waits for a mutex");
    EXPECT(!strstr(said, "deadlock"));
    rouse_fake_host_advance(&host, 2 * ROUSE_S);
    give_up(&two);
}

TEST(task_that_ended_with_a_lock_is_named_as_its_holder)
{
    struct rouse_runtime rt;
    struct rouse_mutex mutex;
    open_runtime(&rt);
    rouse_mutex_init(&mutex);
    rouse_task_detach(rouse_spawn(&rt, rouse_mutex_lock(&mutex)));
    run(&rt);
    EXPECT_WAITS(&rt, ", held by a task that has ended (#1) since rouse_mutex_lock",
                 rouse_mutex_lock(&mutex));
    rouse_runtime_drop(&rt);
}

TEST(several_readers_have_no_name)
{
    struct rouse_runtime rt;
    struct rouse_rwlock lock;
    open_runtime(&rt);
    rouse_rwlock_init(&lock);
    rouse_task_detach(rouse_spawn(&rt, rouse_rwlock_read(&lock)));
    rouse_task_detach(rouse_spawn(&rt, rouse_rwlock_read(&lock)));
    struct rouse_task *writer = rouse_spawn(&rt, rouse_rwlock_write(&lock));
    run(&rt);
    EXPECT_CONTAINS(dump_of(&rt), "waits for a rwlock to write at ");
    EXPECT(!strstr(said, "held by"));
    rouse_task_abort(writer);
    rouse_task_detach(writer);
    rouse_runtime_drop(&rt);
}

/* The loser of a select keeps its lock while nobody polls it. */
struct holds_in_select {
    struct rouse_future future;
    struct rouse_mutex *mutex;
    struct locker loser;
    struct rouse_yield winner;
    struct rouse_select select;
    struct rouse_mutex_lock lock;
};
ROUSE_ASYNC(holds_in_select)
{
    ROUSE_BEGIN;
    self->loser = ROUSE_FUTURE(locker, .first = self->mutex, .second = self->mutex);
    self->winner = rouse_yield();
    ROUSE_AWAIT(self->select, rouse_select(ROUSE_LIST(&self->loser.future, &self->winner.future),
                                           ROUSE_IN_ORDER));
    ROUSE_AWAIT(self->lock, rouse_mutex_lock(self->mutex));
    ROUSE_FINALLY;
    rouse_drop(&self->loser.future);
    ROUSE_END;
}

TEST(select_whose_loser_holds_the_lock_waits_for_itself)
{
    struct rouse_runtime rt;
    struct rouse_mutex mutex;
    open_runtime(&rt);
    rouse_mutex_init(&mutex);
    struct rouse_task *task = rouse_spawn(&rt, ROUSE_FUTURE(holds_in_select, .mutex = &mutex));
    run(&rt);
    EXPECT_CONTAINS(why(&rt, NULL), "deadlock: task holds_in_select (#1) waits for a mutex at ");
    EXPECT_CONTAINS(said,
                    ", held by task holds_in_select (#1) since locker (tests/unit/dump_checked.c:");
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}
