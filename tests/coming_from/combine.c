/* Several futures at once. */
// needs: malloc
#include "row.h"

ROW(all_of_them, struct work a, b; struct rouse_join both;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, work(10, 1));
    ROUSE_PUT(self->b, work(20, 2));
    // Tokio: let (a, b) = tokio::join!(a, b);
    // futures-rs: let (a, b) = future::join(a, b).await;
    // smol: let (a, b) = future::zip(a, b).await;
    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->a.future, &self->b.future)));

    EXPECT_EQ(self->a.out + self->b.out, 3);
    EXPECT_EQ(NOW_MS(cx), 20);
    ROUSE_END;
}

ROW(all_or_the_first_failure, struct work a, b; struct rouse_try_join both; rouse_status status;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, work(10, -1500));
    ROUSE_PUT(self->b, work(20, 2));
    // Tokio: let both = tokio::try_join!(a, b);
    // futures-rs: let both = future::try_join(a, b).await;
    // smol: let both = future::try_zip(a, b).await;
    // JS: await Promise.all([a, b])
    ROUSE_TRY_AWAIT(self->status, self->both,
                    rouse_try_join(ROUSE_LIST(&self->a.future, &self->b.future)));

    EXPECT_EQ(self->status, -1500);
    EXPECT_EQ(self->both.out, 0);
    EXPECT_EQ(works_ended, 2); /* b was dropped */
    ROUSE_END;
}

ROW(all_and_how_they_ended, struct work a, b; struct rouse_settle both;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, work(10, -1500));
    ROUSE_PUT(self->b, work(20, 2));
    // JS: const both = await Promise.allSettled([a, b])
    ROUSE_AWAIT(self->both, rouse_settle(ROUSE_LIST(&self->a.future, &self->b.future)));

    EXPECT_EQ(self->both.out.failures, 1);
    EXPECT_EQ(self->b.out, 2);
    ROUSE_END;
}

ROW(as_many_as_there_are, struct work work[20]; struct rouse_future * list[20];
    struct rouse_join all;)
{
    ROUSE_BEGIN;
    for (int i = 0; i < 20; i++) {
        ROUSE_PUT(self->work[i], work(10, i));
        self->list[i] = &self->work[i].future;
    }
    // futures-rs: future::join_all(list).await
    // JS: await Promise.all(list)
    // Go: for range list { <-done }
    ROUSE_AWAIT(self->all, rouse_join(self->list, 20));

    EXPECT_EQ(works_ended, 20);
    ROUSE_END;
}

ROW(the_first_of_them, struct work a, b; struct rouse_race first;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, work(10, 1));
    ROUSE_PUT(self->b, work(20, 2));
    // Tokio: tokio::select! { n = a => ..., n = b => ... }
    // smol: let n = future::or(a, b).await;
    // JS: await Promise.race([a, b])
    ROUSE_AWAIT(self->first, rouse_race(ROUSE_LIST(&self->a.future, &self->b.future)));

    EXPECT_EQ(self->first.out, 0);
    EXPECT_EQ(works_ended, 2); /* b was dropped */
    ROUSE_END;
}

ROW(the_first_that_succeeds, struct work a, b; struct rouse_any any;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, work(10, -1500));
    ROUSE_PUT(self->b, work(20, 2));
    // JS: await Promise.any([a, b])
    // futures-rs: future::select_ok([a, b]).await
    ROUSE_AWAIT(self->any, rouse_any(ROUSE_LIST(&self->a.future, &self->b.future)));

    EXPECT_EQ(self->any.out, 1);
    ROUSE_END;
}

ROW(the_losers_live, struct work a, b; struct rouse_select which; int n;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, work(10, 1));
    ROUSE_PUT(self->b, work(20, 2));
    // Tokio: tokio::select! { n = &mut a => ..., n = &mut b => ... }
    // futures-rs: match future::select(a, b).await { Either::Left((n, b)) => ..., ... }
    // Go: select { case n := <-a: ...; case n := <-b: ... }
    // JS: const [which, n] = await Promise.race([a, b].map(async (each, i) => [i, await each]))
    // epoll: epoll_wait(loop, events, 1, -1); /* both registered */
    ROUSE_AWAIT(self->which,
                rouse_select(ROUSE_LIST(&self->a.future, &self->b.future), ROUSE_FAIR));
    self->n = ROUSE_ARM(self->which, 0) ? self->a.out : self->b.out;

    EXPECT_EQ(self->n, 1);
    ROUSE_AWAIT(self->b);
    EXPECT_EQ(self->b.out, 2);
    ROUSE_FINALLY;
    rouse_drop(&self->a.future);
    rouse_drop(&self->b.future);
    ROUSE_END;
}

ROW(in_order_and_with_a_guard, struct work a, b; struct rouse_select which; bool wanted;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, work(0, 1));
    ROUSE_PUT(self->b, work(0, 2));
    // Tokio: tokio::select! { biased; n = &mut a, if wanted => ..., n = &mut b => ... }
    // futures-rs: select_biased! { n = a => ..., n = b => ... }
    // Go: if !wanted { a = nil }; select { case n := <-a: ...; case n := <-b: ... }
    ROUSE_AWAIT(self->which,
                rouse_select(ROUSE_LIST(self->wanted ? &self->a.future : NULL, &self->b.future),
                             ROUSE_IN_ORDER));

    EXPECT_EQ(self->which.out, 1);
    ROUSE_FINALLY;
    rouse_drop(&self->a.future);
    rouse_drop(&self->b.future);
    ROUSE_END;
}

ROW(as_they_end, struct work a, b; struct rouse_set set; struct rouse_set_next next; int n;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, work(20, 1));
    ROUSE_PUT(self->b, work(10, 2));
    // futures-rs: let mut set = FuturesUnordered::new(); set.push(a); set.push(b);
    // Tokio: let mut set = JoinSet::new(); set.spawn(a); set.spawn(b);
    rouse_set_init(&self->set);
    rouse_set_add(&self->set, &self->a.future);
    rouse_set_add(&self->set, &self->b.future);

    // futures-rs: while let Some(n) = set.next().await { ... }
    // Tokio: while let Some(n) = set.join_next().await { ... }
    // Go: for n := range results { ... }
    ROUSE_EACH(self->next, rouse_set_next(&self->set))
        self->n = self->n * 10 + (self->next.out == &self->a.future ? 1 : 2);

    EXPECT_EQ(self->n, 21);
    ROUSE_FINALLY;
    rouse_set_drop(&self->set);
    ROUSE_END;
}

ROW(many_await_one, struct work work; struct rouse_shared shared; struct rouse_shared_wait a, b;
    struct rouse_join both;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->work, work(10, 7));
    // futures-rs: let a = work(10, 7).shared(); let b = a.clone();
    // JS: const once = work(10, 7)
    rouse_shared_init(&self->shared, &self->work.future);
    ROUSE_PUT(self->a, rouse_shared_wait(&self->shared));
    ROUSE_PUT(self->b, rouse_shared_wait(&self->shared));

    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->a.future, &self->b.future)));
    EXPECT_EQ(works_begun, 1);
    EXPECT_EQ(self->work.out, 7);
    ROUSE_FINALLY;
    rouse_shared_drop(&self->shared);
    ROUSE_END;
}

ROW(one_poll_only, struct work work; struct rouse_poll_once once;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->work, work(10, 7));
    // futures-rs: poll!(&mut work)
    // smol: future::poll_once(&mut work).await
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->work.future));

    EXPECT(!rouse_is_done(&self->work.future));
    rouse_drop(&self->work.future);
    ROUSE_END;
}

ROW(what_is_ready_or_never, struct rouse_ready now; struct rouse_pending never;
    struct rouse_race first;)
{
    ROUSE_BEGIN;
    // Rust std: let now = future::ready(Ok(()));
    // futures-rs: let now = future::ok(());
    // JS: const now = Promise.resolve()
    ROUSE_PUT(self->now, rouse_ready(ROUSE_OK));

    // Rust std: let never = future::pending();
    // JS: const never = new Promise(() => {})
    // Go: select {}
    ROUSE_PUT(self->never, rouse_pending());

    ROUSE_AWAIT(self->first, rouse_race(ROUSE_LIST(&self->never.future, &self->now.future)));
    EXPECT_EQ(self->first.out, 1);
    ROUSE_END;
}

static struct rouse_future *make_work(void *slot)
{
    *(struct work *)slot = work(10, 7);
    return &((struct work *)slot)->future;
}
ROW(made_when_first_polled, struct work work; struct rouse_lazy lazy;)
{
    ROUSE_BEGIN;
    // futures-rs: let lazy = future::lazy(|_| work(10, 7)).flatten();
    ROUSE_PUT(self->lazy, rouse_lazy(make_work, &self->work));

    EXPECT(!self->work.future.type);
    ROUSE_AWAIT(self->lazy);
    EXPECT_EQ(self->work.out, 7);
    ROUSE_END;
}

static struct rouse_future *fail_twice(void *slot)
{
    static int attempts;
    *(struct work *)slot = work(1, attempts++ < 2 ? -1500 : 7);
    return &((struct work *)slot)->future;
}
ROW(again_until_it_succeeds, struct work work; struct rouse_retry retry;)
{
    ROUSE_BEGIN;
    // Tokio: Retry::spawn(ExponentialBackoff::from_millis(100).take(5), || work(1, 7)).await?
    // JS: await pRetry(() => work(1, 7), { retries: 4 })
    // Go: backoff.Retry(work, backoff.NewExponentialBackOff())
    ROUSE_AWAIT(self->retry,
                rouse_retry(fail_twice, &self->work, &(struct rouse_retry_policy){.attempts = 5}));

    EXPECT_EQ(self->retry.out, 3);
    EXPECT_EQ(NOW_MS(cx), 3 + 100 + 200);
    ROUSE_END;
}

ROW(so_many_a_second, struct rouse_rate rate; struct rouse_rate_acquire turn;)
{
    ROUSE_BEGIN;
    // Go: limiter := rate.NewLimiter(100, 1)
    // Tokio: let limiter = RateLimiter::direct(Quota::per_second(nonzero!(100u32)));
    rouse_rate_init(&self->rate, 1, ROUSE_S / 100);

    ROUSE_AWAIT(self->turn, rouse_rate_acquire(&self->rate, 1));
    // Go: limiter.Wait(ctx)
    // Tokio: limiter.until_ready().await
    ROUSE_AWAIT(self->turn, rouse_rate_acquire(&self->rate, 1));

    EXPECT_EQ(NOW_MS(cx), 10);
    ROUSE_END;
}

struct connection {
    struct rouse_pool_item item;
    int id;
};
ROW(a_pool, struct rouse_pool pool; struct connection one; struct rouse_pool_acquire acquire;)
{
    ROUSE_BEGIN;
    rouse_pool_init(&self->pool, NULL);
    rouse_pool_add(&self->pool, &self->one.item);
    // Tokio: let connection = pool.get().await?;
    // Go: conn, err := db.Conn(ctx)
    // Node: const connection = await pool.connect()
    ROUSE_AWAIT(self->acquire, rouse_pool_acquire(&self->pool));

    EXPECT(self->acquire.out == &self->one.item);
    // Tokio: drop(connection);
    // Go: conn.Close()
    // Node: connection.release()
    rouse_pool_release(self->acquire.out);

    EXPECT(rouse_pool_try_acquire(&self->pool) == &self->one.item);
    ROUSE_END;
}
