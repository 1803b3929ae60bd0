/* Every channel, with senders and receivers that are aborted at each of their awaits: whoever is
   left must come to its end, and no item may be lost or doubled. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORKERS = 4, ITEMS = 1, CAPACITY = 1 };

struct market {
    struct rouse_channel channel;
    int storage[CAPACITY];
    int sent, received, senders;
};

static void check(bool right, const char *what)
{
    if (right)
        return;
    fprintf(stderr, "channels: %s\n", what);
    abort();
}

/* ---- senders and receivers
 * -----------------------------------------------------------------------
 */

struct worker {
    struct rouse_future future;
    struct market *market;
    int id, i, items[2];
    bool has_permit;
    struct rouse_send send;
    struct rouse_reserve reserve;
    struct rouse_recv recv;
    struct rouse_recv_many recv_many;
};

static void sender_left(struct market *market)
{
    if (--market->senders == 0)
        rouse_channel_close(&market->channel);
}

/* The first two send, one with permits where that goes; the others receive, one several at once. */
ROUSE_ASYNC(worker)
{
    struct market *market = self->market;
    struct rouse_channel *channel = &market->channel;
    ROUSE_BEGIN;
    for (self->i = 0; self->id == 0 && self->i < ITEMS; self->i++) {
        ROUSE_AWAIT(self->send, rouse_send(channel, &self->i));
        market->sent++;
    }
    for (self->i = 0; self->id == 1 && self->i < ITEMS; self->i++) {
        ROUSE_AWAIT(self->reserve, rouse_reserve(channel));
        self->has_permit = true;
        ROUSE_YIELD;
        self->has_permit = false;
        rouse_permit_send(channel, &self->i);
        market->sent++;
    }
    if (self->id == 2) {
        ROUSE_EACH(self->recv, rouse_recv(channel, self->items))
            market->received++;
    }
    if (self->id == 3) {
        ROUSE_EACH(self->recv_many, rouse_recv_many(channel, self->items, 2))
            market->received += (int)self->recv_many.out;
    }
    ROUSE_FINALLY;
    if (self->has_permit)
        rouse_permit_release(channel, 1);
    if (self->id < 2)
        sender_left(market);
    ROUSE_END;
}

/* ---- one of four is aborted after `turns` yields
 * -------------------------------------------------
 */

struct cut {
    struct rouse_future future;
    int victim, turns, turn, i;
    bool unbounded, out; /* out: the victim had not ended */
    struct market market;
    struct rouse_task *tasks[WORKERS];
    struct rouse_task_join join;
    rouse_status status;
};

static void market_check(struct market *market)
{
    int left = (int)rouse_channel_len(&market->channel);
    check(market->sent == market->received + left, "items are lost or doubled");
    check(rouse_channel_room(&market->channel) + (size_t)left ==
              rouse_channel_capacity(&market->channel),
          "room is lost");
}

ROUSE_ASYNC(cut)
{
    struct market *market = &self->market;
    ROUSE_BEGIN;
    if (self->unbounded)
        rouse_channel_init_unbounded(&market->channel, cx->runtime, sizeof(int));
    else
        rouse_channel_init(&market->channel, market->storage, sizeof(int), CAPACITY);
    market->senders = 2;
    for (int i = 0; i < WORKERS; i++)
        self->tasks[i] = ROUSE_SPAWN(ROUSE_FUTURE(worker, .market = market, .id = i));
    for (self->turn = 0; self->turn < self->turns; self->turn++)
        ROUSE_YIELD;
    self->out = !rouse_task_is_finished(self->tasks[self->victim]);
    rouse_task_abort(self->tasks[self->victim]);
    for (self->i = 0; self->i < WORKERS; self->i++) {
        ROUSE_TRY_AWAIT(self->status, self->join, rouse_task_join(self->tasks[self->i]));
        if (self->status < 0 && self->status != ROUSE_ERR_CANCELLED)
            ROUSE_FAIL(self->status);
    }
    ROUSE_FINALLY;
    for (int i = 0; i < WORKERS; i++) {
        rouse_task_abort(self->tasks[i]);
        rouse_task_detach(self->tasks[i]);
    }
    if (ROUSE_STARTED)
        market_check(market);
    rouse_channel_drop(&market->channel);
    ROUSE_END;
}

/* ---- those of one value -----------------------------------------------------------------------
 */

struct news {
    struct rouse_oneshot oneshot;
    struct rouse_broadcast broadcast;
    struct rouse_watch watch;
    struct rouse_channel meeting;
    int one, ring[2], value;
};

struct reader {
    struct rouse_future future;
    struct news *news;
    int item, sum;
    uint64_t missed;
    rouse_status status;
    struct rouse_recv recv;
    struct rouse_oneshot_recv one;
    struct rouse_broadcast_receiver broadcast;
    struct rouse_broadcast_recv next;
    struct rouse_watch_receiver watch;
    struct rouse_watch_changed changed;
};
ROUSE_ASYNC(reader)
{
    ROUSE_BEGIN;
    rouse_broadcast_receiver_init(&self->broadcast, &self->news->broadcast);
    rouse_watch_receiver_init(&self->watch, &self->news->watch);
    ROUSE_AWAIT(self->recv, rouse_recv(&self->news->meeting, &self->item));
    self->sum += self->item;
    ROUSE_AWAIT(self->one, rouse_oneshot_recv(&self->news->oneshot, &self->item));
    self->sum += self->item;
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->next,
                        rouse_broadcast_recv(&self->broadcast, &self->item));
        if (self->status == ROUSE_ERR_CLOSED)
            break;
        if (self->status == ROUSE_ERR_LAGGED)
            self->missed = self->next.out;
        else
            self->sum += self->item;
    }
    ROUSE_AWAIT(self->changed, rouse_watch_changed(&self->watch, &self->item));
    self->sum += self->item;
    ROUSE_FINALLY;
    rouse_oneshot_close(&self->news->oneshot);
    ROUSE_END;
}

struct writer {
    struct rouse_future future;
    struct news *news;
    int i;
    struct rouse_send send;
    struct rouse_oneshot_closed closed;
};
ROUSE_ASYNC(writer)
{
    struct news *news = self->news;
    ROUSE_BEGIN;
    self->i = 1000;
    ROUSE_AWAIT(self->send, rouse_send(&news->meeting, &self->i));
    if (rouse_oneshot_send(&news->oneshot, &(int){100}) < 0)
        ROUSE_FAIL(ROUSE_ERR_INVALID);
    for (self->i = 1; self->i <= 4; self->i++)
        if (rouse_broadcast_send(&news->broadcast, &self->i) < 0)
            ROUSE_FAIL(ROUSE_ERR_INVALID);
    rouse_broadcast_close(&news->broadcast);
    ROUSE_YIELD;
    rouse_watch_set(&news->watch, &(int){10});
    ROUSE_AWAIT(self->closed, rouse_oneshot_closed(&news->oneshot));
    ROUSE_END;
}

struct press {
    struct rouse_future future;
    struct news news;
    struct reader reader;
    struct writer writer;
    struct rouse_join both;
};
ROUSE_ASYNC(press)
{
    struct news *news = &self->news;
    ROUSE_BEGIN;
    rouse_channel_init(&news->meeting, NULL, sizeof(int), 0);
    rouse_oneshot_init(&news->oneshot, &news->one, sizeof(int));
    rouse_broadcast_init(&news->broadcast, news->ring, sizeof(int), 2);
    rouse_watch_init(&news->watch, &news->value, sizeof(int), &(int){0});
    ROUSE_PUT(self->reader, ROUSE_FUTURE(reader, .news = news));
    ROUSE_PUT(self->writer, ROUSE_FUTURE(writer, .news = news));
    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->reader.future, &self->writer.future)));
    ROUSE_END;
}

struct channels {
    struct rouse_future future;
    int victim, turns;
    struct cut cut;
    struct press press;
};
ROUSE_ASYNC(channels)
{
    ROUSE_BEGIN;
    for (self->victim = 0; self->victim <= WORKERS; self->victim++) {
        self->turns = 0;
        do {
            ROUSE_AWAIT(self->cut,
                        ROUSE_FUTURE(cut, .victim = self->victim % WORKERS,
                                     .unbounded = self->victim == WORKERS, .turns = self->turns++));
        } while (self->cut.out);
    }
    printf("cut everywhere\n");
    ROUSE_AWAIT(self->press, ROUSE_FUTURE(press));
    printf("read %d, missed %d\n", self->press.reader.sum, (int)self->press.reader.missed);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(channels))

// needs: malloc
// expect: cut everywhere
// expect: read 1117, missed 2
