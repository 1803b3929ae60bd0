/* Functions, tasks and errors. */
// needs: malloc
#include "row.h"

/* ---- functions ------------------------------------------------------------------------------- */

ROW(making_one_runs_nothing, struct work work;)
{
    ROUSE_BEGIN;
    // Tokio: let w = work(10, 7);
    // Rust std: let w = work(10, 7);
    // JS: const w = () => work(10, 7)
    ROUSE_PUT(self->work, work(10, 7));

    EXPECT_EQ(works_begun, 0);
    ROUSE_AWAIT(self->work);
    EXPECT_EQ(works_ended, 1);
    ROUSE_END;
}

ROW(awaiting_gives_the_result, struct work work; int n;)
{
    ROUSE_BEGIN;
    // Tokio: let n = work(10, 7).await?;
    // smol: let n = work(10, 7).await?;
    // JS: const n = await work(10, 7)
    // Go: n := work(10, 7)
    // Coroutines: n = work(10, 7); /* switches stacks inside */
    ROUSE_AWAIT(self->work, work(10, 7));
    self->n = self->work.out;

    EXPECT_EQ(self->n, 7);
    ROUSE_END;
}

ROW(a_failure_is_caught, struct work work; rouse_status status;)
{
    ROUSE_BEGIN;
    // Tokio: let status = work(10, -1500).await;
    // JS: try { await work(10, -1500) } catch (error) { ... }
    // Go: if err := work(10, -1500); err != nil { ... }
    ROUSE_TRY_AWAIT(self->status, self->work, work(10, -1500));

    EXPECT_EQ(self->status, -1500);
    EXPECT_CONTAINS(rouse_error(cx)->frames[0].function, "work");
    ROUSE_END;
}

struct find {
    struct rouse_future future;
    int id;
};
ROUSE_ASYNC(find)
{
    ROUSE_BEGIN;
    // Tokio: bail!("no user {id}")
    // JS: throw new Error('no user ' + id)
    // Go: return fmt.Errorf("no user %d", id)
    ROUSE_FAIL_WITH(ROUSE_USER, "no user %d", self->id);

    ROUSE_END;
}
ROW(a_failure_has_a_message, struct find find; rouse_status status;)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->status, self->find, ROUSE_FUTURE(find, .id = 7));
    EXPECT_EQ(self->status, ROUSE_USER);
    EXPECT_TEXT(rouse_error(cx)->message, "no user 7");
    ROUSE_END;
}

static int closed;
struct user {
    struct rouse_future future;
    int *file;
    struct work work;
};
ROUSE_ASYNC(user)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->work, work(10, -1500));
    // Rust std: impl Drop for File { fn drop(&mut self) { close(self.0) } }
    // JS: try { ... } finally { close(file) }
    // Go: defer file.Close()
    // Coroutines: pthread_cleanup_push(close_file, &file)
    ROUSE_FINALLY;
    ++*self->file;

    ROUSE_END;
}
ROW(cleanup_runs_once_however_it_ends, struct user user; rouse_status status;)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT(self->status, self->user, ROUSE_FUTURE(user, .file = &closed));
    EXPECT_EQ(self->status, -1500);
    EXPECT_EQ(closed, 1);
    ROUSE_END;
}

ROW(a_pointer_to_any_future_is_awaited, struct work work; struct rouse_future * any;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->work, work(10, 7));
    self->any = &self->work.future;
    // Rust std: let any: Pin<&mut dyn Future<Output = _>>; any.await
    // futures-rs: let any: BoxFuture<_>; any.await
    ROUSE_AWAIT_ON(self->any);

    EXPECT_EQ(self->work.out, 7);
    ROUSE_END;
}

ROW(others_run_once, struct rouse_task *task;)
{
    ROUSE_BEGIN;
    self->task = ROUSE_SPAWN(work(0, 7));
    // Tokio: tokio::task::yield_now().await
    // smol: future::yield_now().await
    // Go: runtime.Gosched()
    // JS: await null
    // Node: await new Promise(setImmediate)
    // Coroutines: coroutine_yield();
    // Threads: sched_yield();
    // Rust std: thread::yield_now()
    ROUSE_YIELD;

    EXPECT_EQ(works_begun, 1);
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

/* ---- tasks ----------------------------------------------------------------------------------- */

ROW(a_task_runs_by_itself, struct rouse_task *task; struct rouse_task_join join; int n;)
{
    ROUSE_BEGIN;
    // Tokio: let task = tokio::spawn(work(10, 7));
    // smol: let task = executor.spawn(work(10, 7));
    // futures-rs: let task = spawner.spawn_with_handle(work(10, 7))?;
    // JS: const task = work(10, 7)
    // Coroutines: co = coroutine_create(work, &args); schedule(co);
    // Threads: pthread_create(&task, NULL, work, &args);
    // Rust std: let task = thread::spawn(|| work(10, 7));
    self->task = ROUSE_SPAWN(work(10, 7));

    // Tokio: let n = task.await?;
    // smol: let n = task.await;
    // JS: const n = await task
    // Threads: pthread_join(task, &n);
    // Rust std: let n = task.join().unwrap();
    ROUSE_AWAIT(self->join, rouse_task_join(self->task));
    self->n = ROUSE_OUTPUT(work, self->task)->out;

    EXPECT_EQ(self->n, 7);
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROW(a_task_is_let_go, struct rouse_sleep nap;)
{
    ROUSE_BEGIN;
    // Go: go work(10, 7)
    // Tokio: drop(tokio::spawn(work(10, 7)));
    // smol: executor.spawn(work(10, 7)).detach();
    // JS: void work(10, 7)
    // Threads: pthread_detach(task);
    rouse_task_detach(ROUSE_SPAWN(work(10, 7)));

    ROUSE_AWAIT(self->nap, rouse_sleep(20 * ROUSE_MS));
    EXPECT_EQ(works_ended, 1);
    ROUSE_END;
}

ROW(a_task_is_aborted, struct rouse_task *task; struct rouse_sleep nap;)
{
    ROUSE_BEGIN;
    self->task = ROUSE_SPAWN(work(10, 7));
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS));
    // Tokio: task.abort();
    // smol: task.cancel().await;
    // futures-rs: abort_handle.abort();
    // JS: controller.abort()
    // Threads: pthread_cancel(task);
    rouse_task_abort(self->task);

    // Tokio: task.is_finished()
    // smol: task.is_finished()
    // Rust std: task.is_finished()
    EXPECT(rouse_task_is_finished(self->task));

    EXPECT_EQ(works_ended, 1);
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROW(a_task_has_a_name, struct rouse_task *task;)
{
    ROUSE_BEGIN;
    self->task = ROUSE_SPAWN(work(10, 7));
    // Tokio: task::Builder::new().name("fetch").spawn(work(10, 7))?;
    // Threads: pthread_setname_np(task, "fetch");
    // Rust std: thread::Builder::new().name("fetch".into())
    rouse_task_set_name(self->task, "fetch");

    EXPECT_TEXT(rouse_task_name(self->task), "fetch");
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROW(dropping_the_handle_aborts, struct rouse_task_owned owned;)
{
    ROUSE_BEGIN;
    // Tokio: let owned = AbortOnDropHandle::new(tokio::spawn(work(10, 7)));
    // smol: let owned = executor.spawn(work(10, 7)); // dropping it cancels
    // futures-rs: let owned = spawner.spawn_with_handle(work(10, 7))?;
    ROUSE_PUT(self->owned, rouse_task_owned(ROUSE_SPAWN(work(10, 7))));

    ROUSE_YIELD;
    rouse_drop(&self->owned.future);
    EXPECT_EQ(works_begun, works_ended);
    ROUSE_END;
}

ROW(a_task_goes_on_when_nobody_waits, struct rouse_shield shield; struct rouse_timeout limit;
    rouse_status status; struct rouse_sleep nap;)
{
    ROUSE_BEGIN;
    // Tokio: timeout(Duration::from_millis(5), tokio::spawn(work(10, 7))).await
    // Go: select { case <-done: case <-time.After(5 * time.Millisecond): }
    ROUSE_PUT(self->shield, rouse_shield(ROUSE_SPAWN(work(10, 7))));
    ROUSE_PUT(self->limit, rouse_timeout(&self->shield.future, 5 * ROUSE_MS));
    ROUSE_TRY_AWAIT(self->status, self->limit);

    EXPECT_EQ(self->status, ROUSE_ERR_TIMEOUT);
    ROUSE_AWAIT(self->nap, rouse_sleep(10 * ROUSE_MS));
    EXPECT_EQ(works_ended, 1);
    ROUSE_END;
}

static const struct rouse_local user_key = {"user"};
ROW(a_task_has_locals, const char *user;)
{
    ROUSE_BEGIN;
    // Tokio: USER.scope("Ann", async { ... }).await
    // Node: storage.run('Ann', async () => { ... })
    // Go: ctx = context.WithValue(ctx, userKey, "Ann")
    // Threads: pthread_setspecific(user_key, "Ann");
    EXPECT_EQ(rouse_local_set(cx, &user_key, "Ann"), ROUSE_OK);

    // Tokio: USER.get()
    // Node: storage.getStore()
    // Go: ctx.Value(userKey)
    // Threads: pthread_getspecific(user_key);
    self->user = rouse_local_get(cx, &user_key);

    EXPECT_TEXT(self->user, "Ann");
    ROUSE_END;
}

/* ---- the runtime ------------------------------------------------------------------------------
 */

TEST(a_runtime_runs_one_future)
{
    static struct rouse_runtime rt;
    const struct rouse_options *options = &(struct rouse_options){.virtual_clock = true};
    struct work main = work(1, 7);
    // Tokio: let rt = Builder::new_current_thread().enable_time().build()?;
    // libuv: uv_loop_init(&loop);
    // epoll: int loop = epoll_create1(0);
    EXPECT_EQ(rouse_runtime_init(&rt, options), ROUSE_OK);

    // Tokio: rt.block_on(work(1, 7))
    // smol: smol::block_on(work(1, 7))
    // futures-rs: executor::block_on(work(1, 7))
    // libuv: uv_run(&loop, UV_RUN_DEFAULT);
    // epoll: while ((n = epoll_wait(loop, events, 64, -1)) > 0) dispatch(events, n);
    EXPECT_EQ(rouse_block_on(&rt, &main.future), ROUSE_OK);

    // libuv: uv_loop_close(&loop);
    // Tokio: drop(rt);
    // epoll: close(loop);
    rouse_runtime_drop(&rt);

    EXPECT_EQ(main.out, 7);
}

TEST(a_loop_of_your_own_runs_it)
{
    static struct rouse_runtime rt;
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_OK);
    rouse_task_detach(rouse_spawn(&rt, work(1000, 7)));
    // libuv: uv_run(&loop, UV_RUN_NOWAIT);
    // smol: while executor.try_tick() {}
    // futures-rs: pool.run_until_stalled();
    while (rouse_turn(&rt))
        continue;

    EXPECT_EQ(works_begun, 1);
    rouse_runtime_drop(&rt);
}

static void count_failures(void *data, struct rouse_runtime *rt, const char *task,
                           const struct rouse_error *error)
{
    (void)rt, (void)task, (void)error;
    ++*(int *)data;
}
TEST(a_failure_nobody_sees_is_reported)
{
    static struct rouse_runtime rt;
    struct rouse_sleep nap = rouse_sleep(10 * ROUSE_MS);
    int failures = 0;
    struct rouse_options options = {0};
    rouse_virtual_clock(&options);
    // JS: addEventListener('unhandledrejection', countFailures)
    // Node: process.on('unhandledRejection', countFailures)
    options.on_error = count_failures;
    options.on_error_data = &failures;

    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    rouse_task_detach(rouse_spawn(&rt, work(1, -1500)));
    EXPECT_EQ(rouse_block_on(&rt, &nap.future), ROUSE_OK);
    EXPECT_EQ(failures, 1);
    rouse_runtime_drop(&rt);
}

ROW(another_thread_wakes_it, struct rouse_remote remote; struct rouse_remote_wait wait;)
{
    ROUSE_BEGIN;
    rouse_remote_init(&self->remote, cx->runtime);
    // libuv: uv_async_send(&remote);
    // Threads: pthread_cond_signal(&remote);
    // epoll: eventfd_write(remote, 1);
    rouse_remote_wake(&self->remote);

    // libuv: uv_async_init(&loop, &remote, on_wake);
    // Threads: pthread_cond_wait(&remote, &mutex);
    // epoll: epoll_ctl(loop, EPOLL_CTL_ADD, remote, &event);
    ROUSE_AWAIT(self->wait, rouse_remote_wait(&self->remote));

    ROUSE_FINALLY;
    rouse_remote_drop(&self->remote);
    ROUSE_END;
}
