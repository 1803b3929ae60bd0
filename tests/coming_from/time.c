/* Timers. */
#include "row.h"

ROW(a_sleep, struct rouse_sleep nap;)
{
    ROUSE_BEGIN;
    // Tokio: sleep(Duration::from_millis(10)).await
    // smol: Timer::after(Duration::from_millis(10)).await
    // Go: time.Sleep(10 * time.Millisecond)
    // JS: await new Promise(done => setTimeout(done, 10))
    // Node: await timers.setTimeout(10)
    // libuv: uv_timer_start(&nap, on_time, 10, 0);
    // Threads: nanosleep(&ten_ms, NULL);
    // Rust std: thread::sleep(Duration::from_millis(10))
    // Coroutines: coroutine_sleep(10);
    // epoll: epoll_wait(loop, events, 64, 10);
    ROUSE_AWAIT(self->nap, rouse_sleep(10 * ROUSE_MS));

    EXPECT_EQ(NOW_MS(cx), 10);
    ROUSE_END;
}

ROW(a_sleep_until, struct rouse_sleep nap; uint64_t deadline_ns;)
{
    ROUSE_BEGIN;
    // Tokio: let deadline = Instant::now() + Duration::from_millis(10);
    // Go: deadline := time.Now().Add(10 * time.Millisecond)
    // JS: const deadline = performance.now() + 10
    // libuv: uint64_t deadline = uv_now(&loop) + 10;
    self->deadline_ns = rouse_now(cx->runtime) + 10 * ROUSE_MS;

    // Tokio: sleep_until(deadline).await
    // smol: Timer::at(deadline).await
    // Threads: clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, NULL);
    // epoll: timerfd_settime(timer, TFD_TIMER_ABSTIME, &deadline, NULL);
    ROUSE_AWAIT(self->nap, rouse_sleep_until(self->deadline_ns));

    EXPECT_EQ(NOW_MS(cx), 10);
    ROUSE_END;
}

ROW(a_timeout_drops_what_is_late, struct work work; struct rouse_timeout limit;
    rouse_status status;)
{
    ROUSE_BEGIN;
    // Tokio: let status = timeout(Duration::from_millis(5), work(10, 7)).await;
    // smol: future::or(work(10, 7), Timer::after(Duration::from_millis(5))).await
    // JS: await work(10, 7, { signal: AbortSignal.timeout(5) })
    // Go: ctx, cancel := context.WithTimeout(ctx, 5 * time.Millisecond)
    ROUSE_PUT(self->work, work(10, 7));
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout(&self->work.future, 5 * ROUSE_MS));

    EXPECT_EQ(self->status, ROUSE_ERR_TIMEOUT);
    EXPECT_EQ(works_ended, 1);
    EXPECT_EQ(NOW_MS(cx), 5);
    ROUSE_END;
}

ROW(a_timeout_keeps_what_is_late, struct work work; struct rouse_timeout limit;
    rouse_status status;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->work, work(10, 7));
    // Tokio: let status = timeout(Duration::from_millis(5), &mut work).await;
    // JS: await Promise.race([work, timeout(5)])
    ROUSE_TRY_AWAIT(self->status, self->limit,
                    rouse_timeout_keep(&self->work.future, 5 * ROUSE_MS));

    EXPECT_EQ(self->status, ROUSE_ERR_TIMEOUT);
    ROUSE_AWAIT(self->work);
    EXPECT_EQ(self->work.out, 7);
    ROUSE_FINALLY;
    rouse_drop(&self->work.future);
    ROUSE_END;
}

ROW(something_every_10_ms, struct rouse_interval ticks; int n;)
{
    ROUSE_BEGIN;
    // Tokio: let mut ticks = interval(Duration::from_millis(10)); loop { ticks.tick().await; ... }
    // smol: let mut ticks = Timer::interval(Duration::from_millis(10));
    // Go: for range time.Tick(10 * time.Millisecond) { ... }
    // JS: setInterval(() => n++, 10)
    // Node: for await (const _ of timers.setInterval(10)) n++
    // libuv: uv_timer_start(&ticks, on_tick, 10, 10);
    // epoll: timerfd_settime(timer, 0, &every_10_ms, NULL);
    ROUSE_EACH(self->ticks, rouse_interval(10 * ROUSE_MS, ROUSE_BURST))
        if (++self->n == 3)
            break;

    EXPECT_EQ(NOW_MS(cx), 30);
    ROUSE_FINALLY;
    rouse_drop(&self->ticks.future);
    ROUSE_END;
}

ROW(a_tick, struct rouse_interval ticks; struct rouse_interval_tick tick;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->ticks, rouse_interval(10 * ROUSE_MS, ROUSE_SKIP));
    // Tokio: ticks.set_missed_tick_behavior(MissedTickBehavior::Skip); ticks.tick().await
    // Go: <-ticker.C
    ROUSE_AWAIT(self->tick, rouse_interval_tick(&self->ticks));

    EXPECT_EQ(self->tick.out, 10 * ROUSE_MS);
    ROUSE_FINALLY;
    rouse_drop(&self->ticks.future);
    ROUSE_END;
}

ROW(a_timer_is_moved_and_stopped, struct rouse_sleep nap; struct rouse_poll_once once;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->nap, rouse_sleep(10 * ROUSE_MS));
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->nap.future));
    // Tokio: nap.as_mut().reset(deadline);
    // Go: timer.Reset(50 * time.Millisecond)
    // Node: timer.refresh()
    // libuv: uv_timer_start(&nap, on_time, 50, 0);
    rouse_sleep_reset(cx->runtime, &self->nap, 50 * ROUSE_MS);

    // Tokio: drop(nap);
    // Go: timer.Stop()
    // JS: clearTimeout(nap)
    // libuv: uv_timer_stop(&nap);
    rouse_drop(&self->nap.future);

    EXPECT(rouse_is_done(&self->nap.future));
    ROUSE_END;
}

TEST(time_stands_still_in_tests)
{
    static struct rouse_runtime rt;
    struct rouse_options options = {0};
    struct rouse_sleep year = rouse_sleep(365 * 24 * 3600 * ROUSE_S);
    // Tokio: tokio::time::pause();
    // Node: mock.timers.enable()
    // Go: synctest.Test(t, func(t *testing.T) { ... })
    rouse_virtual_clock(&options);

    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, &year.future), ROUSE_OK);
    EXPECT_EQ(rouse_now(&rt), 365 * 24 * 3600 * ROUSE_S);
    rouse_runtime_drop(&rt);
}
