/* Who ends whom. */
// needs: malloc
#include "row.h"

ROW(no_task_outlives_the_scope, struct rouse_scope scope; struct rouse_scope_join join;
    rouse_status status;)
{
    ROUSE_BEGIN;
    // Go: g, ctx := errgroup.WithContext(ctx)
    // Rust std: thread::scope(|scope| { ... })
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);

    // Go: g.Go(func() error { return work(10, 7) })
    // Rust std: scope.spawn(|| work(10, 7));
    // Tokio: set.spawn(work(10, 7));
    rouse_scope_spawn(&self->scope, work(10, 7));

    rouse_scope_spawn(&self->scope, work(5, -1500));
    // Go: err := g.Wait()
    // Tokio: let status = set.join_all().await;
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));

    EXPECT_EQ(self->status, -1500);
    EXPECT_EQ(NOW_MS(cx), 5);
    EXPECT_EQ(works_ended, 2);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

ROW(so_many_at_a_time, struct rouse_scope scope; struct rouse_scope_room room;
    struct rouse_scope_join join; int i;)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    for (self->i = 0; self->i < 4; self->i++) {
        // Go: g.SetLimit(2)
        // JS: const limit = pLimit(2)
        // Tokio: let permit = semaphore.clone().acquire_owned().await?;
        ROUSE_AWAIT(self->room, rouse_scope_room(&self->scope, 2));
        rouse_scope_spawn(&self->scope, work(10, 7));

        EXPECT(rouse_scope_count(&self->scope) <= 2);
    }
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    EXPECT_EQ(NOW_MS(cx), 20);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

ROW(all_of_it_by_then, struct rouse_scope scope; struct rouse_scope_join join; rouse_status status;)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_spawn(&self->scope, work(10, 7));
    // Go: ctx, cancel := context.WithTimeout(ctx, 5 * time.Millisecond)
    // Tokio: timeout(Duration::from_millis(5), set.join_all()).await
    rouse_scope_deadline(&self->scope, 5 * ROUSE_MS);

    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));
    EXPECT_EQ(self->status, ROUSE_ERR_TIMEOUT);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

ROW(all_of_it_ends_now, struct rouse_scope scope; struct rouse_scope_join join;)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_SUPERVISE);
    rouse_scope_spawn(&self->scope, work(10, 7));
    // Tokio: set.abort_all();
    // Go: cancel()
    rouse_scope_cancel(&self->scope, ROUSE_OK);

    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

ROW(cleanup_that_waits, struct rouse_scope scope; struct rouse_scope_join join;)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    // JS: await using file = await open(path)
    // Go: defer work(10, 7)
    EXPECT_EQ(rouse_scope_defer(&self->scope, ROUSE_S, work(10, 7)), ROUSE_OK);

    rouse_scope_cancel(&self->scope, ROUSE_OK);
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    EXPECT_EQ(NOW_MS(cx), 10);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

ROW(a_token_says_stop, struct rouse_token all, one; struct rouse_token_wait wait;)
{
    ROUSE_BEGIN;
    rouse_token_init(&self->all, NULL);
    // Tokio: let one = all.child_token();
    // Go: one, cancelOne := context.WithCancel(all)
    // JS: const one = AbortSignal.any([all])
    rouse_token_init(&self->one, &self->all);

    // Tokio: all.cancel();
    // Go: cancel(errStopped) // context.WithCancelCause
    // JS: controller.abort(new Error('stopped'))
    rouse_token_cancel(&self->all, -1500);

    // Tokio: one.is_cancelled()
    // Go: ctx.Err() != nil
    // JS: signal.aborted
    EXPECT(rouse_token_is_cancelled(&self->one));

    // Tokio: one.cancelled().await;
    // Go: <-ctx.Done()
    // JS: await new Promise(done => signal.addEventListener('abort', done))
    ROUSE_AWAIT(self->wait, rouse_token_wait(&self->one));

    EXPECT_EQ(self->wait.out, -1500);
    rouse_token_drop(&self->one);
    rouse_token_drop(&self->all);
    ROUSE_END;
}

ROW(until_a_token_says_stop, struct rouse_token stop; struct work work;
    struct rouse_with_token with; rouse_status status;)
{
    ROUSE_BEGIN;
    rouse_token_init(&self->stop, NULL);
    rouse_token_cancel(&self->stop, ROUSE_ERR_CANCELLED);
    ROUSE_PUT(self->work, work(10, 7));
    // Tokio: let status = stop.run_until_cancelled(work(10, 7)).await;
    // futures-rs: let status = Abortable::new(work(10, 7), registration).await;
    // JS: await fetch(url, { signal })
    // Go: err := work(ctx, 10, 7)
    ROUSE_TRY_AWAIT(self->status, self->with, rouse_with_token(&self->work.future, &self->stop));

    EXPECT_EQ(self->status, ROUSE_ERR_CANCELLED);
    EXPECT_EQ(works_begun, 0);
    rouse_token_drop(&self->stop);
    ROUSE_END;
}

ROW(a_tracker, struct rouse_tracker tracker; struct rouse_tracker_wait wait;)
{
    ROUSE_BEGIN;
    rouse_tracker_init(&self->tracker);
    // Tokio: tracker.spawn(work(10, 7));
    // Go: wg.Go(func() { work(10, 7) })
    EXPECT(rouse_tracker_spawn(&self->tracker, cx->runtime, work(10, 7)));

    // Tokio: tracker.close(); tracker.wait().await;
    // Go: wg.Wait()
    rouse_tracker_close(&self->tracker);
    ROUSE_AWAIT(self->wait, rouse_tracker_wait(&self->tracker));

    EXPECT_EQ(works_ended, 1);
    rouse_tracker_drop(&self->tracker);
    ROUSE_END;
}

static void say_left(void *data, const struct rouse_task *task)
{
    (void)task;
    ++*(int *)data;
}
ROW(a_shutdown_with_a_grace, struct rouse_runtime_shutdown shutdown; int left;)
{
    ROUSE_BEGIN;
    rouse_task_detach(ROUSE_SPAWN(work(10, 7)));
    rouse_task_detach(ROUSE_SPAWN(work(60000, 7)));
    // Tokio: rt.shutdown_timeout(Duration::from_secs(5));
    // Go: server.Shutdown(ctx)
    // Node: server.close(); await once(server, 'close')
    ROUSE_AWAIT(self->shutdown, rouse_runtime_shutdown(5 * ROUSE_S, say_left, &self->left));

    EXPECT_EQ(self->left, 1);
    EXPECT_EQ(works_ended, 2);
    ROUSE_END;
}
