/* Values from task to task. */
#include "row.h"

enum { ROOM = 4 };

ROW(a_channel, struct rouse_channel ch; int slots[ROOM]; int n; struct rouse_send send;
    struct rouse_recv recv;)
{
    ROUSE_BEGIN;
    // Tokio: let (tx, mut rx) = mpsc::channel(4);
    // futures-rs: let (mut tx, mut rx) = mpsc::channel(4);
    // smol: let (tx, rx) = channel::bounded(4);
    // Go: ch := make(chan int, 4)
    // Rust std: let (tx, rx) = mpsc::sync_channel(4);
    rouse_channel_init(&self->ch, self->slots, sizeof(int), ROOM);

    self->n = 7;
    // Tokio: tx.send(n).await?;
    // futures-rs: tx.send(n).await?;
    // smol: tx.send(n).await?;
    // Go: ch <- n
    // Rust std: tx.send(n)?;
    // Threads: queue_push(&q, n); /* with a mutex and two conditions */
    ROUSE_AWAIT(self->send, rouse_send(&self->ch, &self->n));

    self->n = 0;
    // Tokio: let n = rx.recv().await;
    // smol: let n = rx.recv().await?;
    // Go: n := <-ch
    // Rust std: let n = rx.recv()?;
    // Threads: n = queue_pop(&q);
    ROUSE_AWAIT(self->recv, rouse_recv(&self->ch, &self->n));

    EXPECT_EQ(self->n, 7);
    ROUSE_END;
}

ROW(all_items_until_it_is_closed, struct rouse_channel ch; int slots[ROOM]; int n, sum;
    struct rouse_recv recv;)
{
    ROUSE_BEGIN;
    rouse_channel_init(&self->ch, self->slots, sizeof(int), ROOM);
    // Tokio: tx.try_send(3)?;
    // futures-rs: tx.try_send(3)?;
    // smol: tx.try_send(3)?;
    // Go: select { case ch <- 3: ...; default: ... }
    EXPECT_EQ(rouse_try_send(&self->ch, &(int){3}), ROUSE_OK);

    EXPECT_EQ(rouse_try_send(&self->ch, &(int){4}), ROUSE_OK);
    // Tokio: drop(tx);
    // futures-rs: tx.close_channel();
    // smol: tx.close();
    // Go: close(ch)
    rouse_channel_close(&self->ch);

    // Tokio: while let Some(n) = rx.recv().await { sum += n }
    // futures-rs: while let Some(n) = rx.next().await { sum += n }
    // Go: for n := range ch { sum += n }
    // Rust std: for n in rx { sum += n }
    ROUSE_EACH(self->recv, rouse_recv(&self->ch, &self->n))
        self->sum += self->n;

    EXPECT_EQ(self->sum, 7);
    ROUSE_END;
}

ROW(what_is_there_now, struct rouse_channel ch; int slots[ROOM]; int n; rouse_status status;)
{
    ROUSE_BEGIN;
    rouse_channel_init(&self->ch, self->slots, sizeof(int), ROOM);
    // Tokio: let status = rx.try_recv();
    // Go: select { case n := <-ch: ...; default: ... }
    // Rust std: let status = rx.try_recv();
    self->status = rouse_try_recv(&self->ch, &self->n);

    EXPECT_EQ(self->status, ROUSE_ERR_EMPTY);
    ROUSE_END;
}

ROW(a_rendezvous, struct rouse_channel ch; int seven, n; struct rouse_send send;
    struct rouse_recv recv; struct rouse_join both;)
{
    ROUSE_BEGIN;
    // Go: ch := make(chan int)
    // Rust std: let (tx, rx) = mpsc::sync_channel(0);
    rouse_channel_init(&self->ch, NULL, sizeof(int), 0);

    EXPECT_EQ(rouse_try_send(&self->ch, &(int){7}), ROUSE_ERR_FULL);
    ROUSE_PUT(self->recv, rouse_recv(&self->ch, &self->n));
    self->seven = 7;
    ROUSE_PUT(self->send, rouse_send(&self->ch, &self->seven));
    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->recv.future, &self->send.future)));
    EXPECT_EQ(self->n, 7);
    ROUSE_END;
}

ROW(room_first, struct rouse_channel ch; int slots[ROOM]; struct rouse_reserve reserve;)
{
    ROUSE_BEGIN;
    rouse_channel_init(&self->ch, self->slots, sizeof(int), ROOM);
    // Tokio: tx.reserve().await?.send(7);
    ROUSE_AWAIT(self->reserve, rouse_reserve(&self->ch));
    rouse_permit_send(&self->ch, &(int){7});

    EXPECT_EQ(rouse_channel_len(&self->ch), 1);
    ROUSE_END;
}

ROW(many_at_a_time, struct rouse_channel ch; int slots[ROOM]; int items[ROOM];
    struct rouse_recv_many some;)
{
    ROUSE_BEGIN;
    rouse_channel_init(&self->ch, self->slots, sizeof(int), ROOM);
    EXPECT_EQ(rouse_try_send(&self->ch, &(int){3}), ROUSE_OK);
    EXPECT_EQ(rouse_try_send(&self->ch, &(int){4}), ROUSE_OK);
    // Tokio: let count = rx.recv_many(&mut items, 4).await;
    // futures-rs: let items = rx.ready_chunks(4).next().await;
    ROUSE_AWAIT(self->some, rouse_recv_many(&self->ch, self->items, ROOM));

    EXPECT_EQ(self->some.out, 2);
    EXPECT_EQ(self->items[1], 4);
    ROUSE_END;
}

ROW(one_item_once, struct rouse_oneshot reply; int slot, n; struct rouse_oneshot_recv recv;)
{
    ROUSE_BEGIN;
    // Tokio: let (tx, rx) = oneshot::channel();
    // futures-rs: let (tx, rx) = oneshot::channel();
    // JS: const { promise, resolve, reject } = Promise.withResolvers()
    // Go: reply := make(chan int, 1)
    rouse_oneshot_init(&self->reply, &self->slot, sizeof(int));

    // Tokio: tx.send(7);
    // JS: resolve(7)
    // Go: reply <- 7
    EXPECT_EQ(rouse_oneshot_send(&self->reply, &(int){7}), ROUSE_OK);

    // Tokio: let n = rx.await?;
    // JS: const n = await promise
    // Go: n := <-reply
    ROUSE_AWAIT(self->recv, rouse_oneshot_recv(&self->reply, &self->n));

    EXPECT_EQ(self->n, 7);
    ROUSE_END;
}

ROW(everyone_gets_each_item, struct rouse_broadcast all; int slots[2]; int n;
    struct rouse_broadcast_receiver me; struct rouse_broadcast_recv recv; rouse_status status;)
{
    ROUSE_BEGIN;
    rouse_broadcast_init(&self->all, self->slots, sizeof(int), 2);
    // Tokio: let mut me = all.subscribe();
    // smol: let mut me = all.new_receiver();
    // Node: emitter.on('item', onItem)
    rouse_broadcast_receiver_init(&self->me, &self->all);

    // Tokio: all.send(1)?;
    // Node: emitter.emit('item', 1)
    EXPECT_EQ(rouse_broadcast_send(&self->all, &(int){1}), ROUSE_OK);

    EXPECT_EQ(rouse_broadcast_send(&self->all, &(int){2}), ROUSE_OK);
    EXPECT_EQ(rouse_broadcast_send(&self->all, &(int){3}), ROUSE_OK);
    // Tokio: let status = me.recv().await; // Err(Lagged(1))
    ROUSE_TRY_AWAIT(self->status, self->recv, rouse_broadcast_recv(&self->me, &self->n));

    EXPECT_EQ(self->status, ROUSE_ERR_LAGGED);
    EXPECT_EQ(self->recv.out, 1);
    ROUSE_AWAIT(self->recv, rouse_broadcast_recv(&self->me, &self->n));
    EXPECT_EQ(self->n, 2);
    ROUSE_END;
}

static bool is_two(void *data, void *value)
{
    (void)data;
    return *(int *)value == 2;
}
ROW(the_latest_value, struct rouse_watch level; int slot, n; struct rouse_watch_receiver me;
    struct rouse_watch_changed changed; struct rouse_watch_wait_for two;)
{
    ROUSE_BEGIN;
    // Tokio: let (level, mut me) = watch::channel(1);
    rouse_watch_init(&self->level, &self->slot, sizeof(int), &(int){1});
    rouse_watch_receiver_init(&self->me, &self->level);

    // Tokio: level.send(2)?;
    rouse_watch_set(&self->level, &(int){2});

    // Tokio: me.changed().await?; let n = *me.borrow_and_update();
    ROUSE_AWAIT(self->changed, rouse_watch_changed(&self->me, &self->n));

    EXPECT_EQ(self->n, 2);
    // Tokio: me.wait_for(|n| *n == 2).await?;
    // Threads: while (level != 2) pthread_cond_wait(&changed, &mutex);
    ROUSE_AWAIT(self->two, rouse_watch_wait_for(&self->me, is_two, NULL, NULL));

    EXPECT_EQ(*(const int *)rouse_watch_borrow(&self->level), 2);
    ROUSE_END;
}
