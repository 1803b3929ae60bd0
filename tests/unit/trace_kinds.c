/* Each kind of event that C records is recorded where it belongs. In traced builds only. */
#include "test.h"
// needs: malloc

static struct rouse_trace_record ring[1024];
static char strings[4096];
static struct rouse_trace trace;
static struct rouse_runtime rt;

static void begin(void)
{
    struct rouse_options options = {.trace = &trace};
    rouse_virtual_clock(&options);
    EXPECT_EQ(rouse_trace_init(&trace, ring, 1024, strings, sizeof strings), ROUSE_OK);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
}

/* What was recorded of one category since the last call, in order; nothing in other builds. */
static const char *recorded(const char *category)
{
    static uint32_t seen;
    static struct rouse_trace *of;
    const struct rouse_trace_record *record;
    if (of != &trace)
        seen = 0;
    of = &trace;
    test_said();
    for (; (record = rouse_trace_at(&trace, seen)); seen++) {
        const char *name = rouse_trace_kind_name(record->kind);
        if (strncmp(name, category, strlen(category)) == 0)
            test_say("%s", strrchr(name, '.') + 1);
    }
    return test_said();
}

#if ROUSE_TRACE
#define EXPECT_RECORDED(category, words) EXPECT_TEXT(recorded(category), words)
#else
#define EXPECT_RECORDED(category, words) EXPECT_TEXT(recorded(category), "")
#endif

TEST(a_mutex_waited_for_is_handed_over)
{
    struct rouse_mutex mutex;
    begin();
    rouse_mutex_init(&mutex);
    EXPECT(rouse_mutex_try_lock(&mutex));
    MOCK(rouse_mutex_lock, second, rouse_mutex_lock(&mutex));
    EXPECT_PENDING(POLL(second));
    EXPECT_PENDING(POLL(second));
    rouse_mutex_unlock(&mutex);
    EXPECT_READY(POLL(second), ROUSE_OK);
    rouse_mutex_unlock(&mutex);
    EXPECT_RECORDED("lock.", "take wait release take release");
    rouse_runtime_drop(&rt);
}

TEST(a_writer_that_becomes_a_reader_releases_and_takes)
{
    struct rouse_rwlock lock;
    begin();
    rouse_rwlock_init(&lock);
    EXPECT(rouse_rwlock_try_write(&lock));
    MOCK(rouse_rwlock_read, reader, rouse_rwlock_read(&lock));
    EXPECT_PENDING(POLL(reader));
    rouse_rwlock_downgrade(&lock);
    EXPECT_READY(POLL(reader), ROUSE_OK);
    rouse_rwlock_unlock_read(&lock);
    EXPECT_RECORDED("lock.", "take wait release take take release");
    rouse_runtime_drop(&rt);
}

TEST(a_semaphore_taken_at_once_was_not_waited_for)
{
    struct rouse_semaphore semaphore;
    begin();
    rouse_semaphore_init(&semaphore, 2);
    MOCK(rouse_semaphore_acquire, both, rouse_semaphore_acquire(&semaphore, 2));
    EXPECT_READY(POLL(both), ROUSE_OK);
    EXPECT(!rouse_semaphore_try_acquire(&semaphore, 1));
    rouse_semaphore_release(&semaphore, 2);
    EXPECT_RECORDED("lock.", "take release");
    rouse_runtime_drop(&rt);
}

TEST(a_channel_is_full_then_empty)
{
    struct rouse_channel channel;
    int storage[1], item = 1, got;
    begin();
    rouse_channel_init(&channel, storage, sizeof item, 1);
    EXPECT_EQ(rouse_try_send(&channel, &item), ROUSE_OK);
    EXPECT_EQ(rouse_try_send(&channel, &item), ROUSE_ERR_FULL);
    MOCK(rouse_send, second, rouse_send(&channel, &item));
    EXPECT_PENDING(POLL(second));
    EXPECT_EQ(rouse_try_recv(&channel, &got), ROUSE_OK);
    EXPECT_READY(POLL(second), ROUSE_OK);
    EXPECT_EQ(rouse_try_recv(&channel, &got), ROUSE_OK);
    EXPECT_EQ(rouse_try_recv(&channel, &got), ROUSE_ERR_EMPTY);
    MOCK(rouse_recv, waits, rouse_recv(&channel, &got));
    EXPECT_PENDING(POLL(waits));
    rouse_drop(&waits.future);
    EXPECT_RECORDED("chan.", "send full full recv send recv empty empty");
    rouse_runtime_drop(&rt);
}

TEST(a_rendezvous_holds_what_was_offered)
{
    struct rouse_channel channel;
    int item = 1, got;
    begin();
    rouse_channel_init(&channel, NULL, sizeof item, 0);
    MOCK(rouse_send, offer, rouse_send(&channel, &item));
    EXPECT_PENDING(POLL(offer));
    EXPECT_EQ(rouse_try_recv(&channel, &got), ROUSE_OK);
    EXPECT_READY(POLL(offer), ROUSE_OK);
    EXPECT_RECORDED("chan.", "send full recv");
    rouse_runtime_drop(&rt);
}

TEST(other_channels_say_the_same)
{
    struct rouse_oneshot oneshot;
    struct rouse_broadcast broadcast;
    struct rouse_broadcast_receiver listener;
    struct rouse_watch watch;
    struct rouse_watch_receiver watcher;
    int one, many[2], now, item = 1, got;
    begin();
    rouse_oneshot_init(&oneshot, &one, sizeof one);
    EXPECT_EQ(rouse_oneshot_try_recv(&oneshot, &got), ROUSE_ERR_EMPTY);
    MOCK(rouse_oneshot_recv, waits, rouse_oneshot_recv(&oneshot, &got));
    EXPECT_PENDING(POLL(waits));
    EXPECT_EQ(rouse_oneshot_send(&oneshot, &item), ROUSE_OK);
    EXPECT_READY(POLL(waits), ROUSE_OK);
    EXPECT_RECORDED("chan.", "empty empty send recv");
    rouse_broadcast_init(&broadcast, many, sizeof item, 2);
    rouse_broadcast_receiver_init(&listener, &broadcast);
    EXPECT_EQ(rouse_broadcast_try_recv(&listener, &got, NULL), ROUSE_ERR_EMPTY);
    EXPECT_EQ(rouse_broadcast_send(&broadcast, &item), ROUSE_OK);
    EXPECT_EQ(rouse_broadcast_try_recv(&listener, &got, NULL), ROUSE_OK);
    EXPECT_RECORDED("chan.", "empty send recv");
    rouse_watch_init(&watch, &now, sizeof item, &item);
    rouse_watch_receiver_init(&watcher, &watch);
    EXPECT_EQ(rouse_watch_try_changed(&watcher, &got), ROUSE_ERR_EMPTY);
    rouse_watch_set(&watch, &item);
    EXPECT_EQ(rouse_watch_try_changed(&watcher, &got), ROUSE_OK);
    EXPECT_RECORDED("chan.", "empty send recv");
    rouse_runtime_drop(&rt);
}

TEST(the_arms_of_a_race_and_a_select_win_or_lose)
{
    begin();
    struct rouse_pending never = rouse_pending(), other = rouse_pending();
    struct rouse_ready now = rouse_ready(ROUSE_OK), again = rouse_ready(ROUSE_OK);
    MOCK(rouse_race, race, rouse_race(ROUSE_LIST(&never.future, &now.future)));
    EXPECT_READY(POLL(race), ROUSE_OK);
    MOCK(rouse_select, select,
         rouse_select(ROUSE_LIST(&again.future, NULL, &other.future), ROUSE_IN_ORDER));
    EXPECT_READY(POLL(select), ROUSE_OK);
    rouse_drop(&other.future);
    EXPECT_RECORDED("sel.", "win lose win lose");
    rouse_runtime_drop(&rt);
}

TEST(a_timeout_wins_or_loses_against_its_child)
{
    begin();
    struct rouse_pending never = rouse_pending();
    struct rouse_timeout late = rouse_timeout(&never.future, ROUSE_MS);
    EXPECT_EQ(rouse_block_on(&rt, &late.future), ROUSE_ERR_TIMEOUT);
    struct rouse_ready now = rouse_ready(ROUSE_OK);
    struct rouse_timeout early = rouse_timeout(&now.future, ROUSE_MS);
    EXPECT_EQ(rouse_block_on(&rt, &early.future), ROUSE_OK);
    EXPECT_RECORDED("sel.", "win lose win lose");
    rouse_runtime_drop(&rt);
}

/* Keeps its task's waker somewhere else than in the task. */
static struct rouse_waker elsewhere;
static struct rouse_polled keep_elsewhere(void *data, struct rouse_context *cx)
{
    (void)data;
    rouse_waker_store(&elsewhere, cx);
    return ROUSE_PENDING;
}

TEST(a_waker_that_lies_outside_its_task_is_cloned_and_dropped)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, rouse_poll_fn(keep_elsewhere, NULL));
    EXPECT(!rouse_turn(&rt));
    struct rouse_waker copy = rouse_waker_clone(&elsewhere);
    rouse_waker_drop(&copy);
    rouse_waker_wake(&elsewhere);
    EXPECT_RECORDED("waker.", "clone clone drop drop");
    rouse_task_abort(task);
    rouse_task_detach(task);
    rouse_runtime_drop(&rt);
}

TEST(the_memory_of_tasks_comes_and_goes)
{
    begin();
    struct rouse_task *task = rouse_spawn(&rt, rouse_pending());
    rouse_task_abort(task);
    rouse_task_detach(task);
    EXPECT(!rouse_turn(&rt));
    EXPECT_RECORDED("task.", "spawn cancel done detach");
#if ROUSE_TRACE
    uint32_t live = 1;
    const struct rouse_trace_record *record;
    for (uint32_t i = 0; (record = rouse_trace_at(&trace, i)); i++) {
        if (record->kind != ROUSE_EVENT_MEM)
            continue;
        live = record->a;
        EXPECT(record->b >= sizeof(struct rouse_task) + sizeof(struct rouse_pending));
    }
    EXPECT_EQ(live, 0);
#endif
    rouse_runtime_drop(&rt);
}

TEST(the_wait_for_a_remote_is_an_operation)
{
    struct rouse_remote remote;
    begin();
    rouse_remote_init(&remote, &rt);
    struct rouse_task *task = rouse_spawn(&rt, rouse_remote_wait(&remote));
    EXPECT(!rouse_turn(&rt));
    rouse_remote_wake(&remote);
    while (rouse_turn(&rt)) {
    }
    EXPECT_RECORDED("io.", "start settle");
    rouse_task_detach(task);
    task = rouse_spawn(&rt, rouse_remote_wait(&remote));
    EXPECT(!rouse_turn(&rt));
    rouse_task_abort(task);
    EXPECT_RECORDED("io.", "start settle");
    rouse_task_detach(task);
    MOCK(rouse_remote_wait, early, rouse_remote_wait(&remote));
    EXPECT_PENDING(POLL(early));
    rouse_remote_wake(&remote);
    EXPECT_READY(POLL(early), ROUSE_OK);
    EXPECT_RECORDED("io.", "start settle");
    rouse_remote_drop(&remote);
    rouse_runtime_drop(&rt);
}
