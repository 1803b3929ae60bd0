/* Streams. */
#include "row.h"

struct count {
    struct rouse_future future;
    int to, i;
    int out;
};
ROUSE_STREAM(count)
{
    ROUSE_BEGIN;
    for (self->i = 1; self->i <= self->to; self->i++)
        // JS: yield i
        // Tokio: yield i; // in stream! { ... }
        // Go: if !yield(i) { return }
        // Coroutines: coroutine_yield(i);
        ROUSE_EMIT(self->i);

    ROUSE_END;
}
ROUSE_LAZY static struct count count(int to)
{
    return ROUSE_FUTURE(count, .to = to);
}

static bool is_even(void *data, const void *item)
{
    (void)data;
    return *(const int *)item % 2 == 0;
}
static void square(void *data, const void *item, void *out)
{
    (void)data;
    *(int *)out = *(const int *)item * *(const int *)item;
}
static void add(void *sum, const void *item)
{
    *(int *)sum += *(const int *)item;
}
/* Items of 30, 20, 10 ms and so on. */
static void work_of(void *data, const void *item, void *slot)
{
    int n = *(const int *)item;
    (void)data;
    *(struct work *)slot = work((unsigned)(40 - 10 * n), n);
}

ROW(each_item, struct count count; int sum;)
{
    ROUSE_BEGIN;
    // JS: for await (const n of count(3)) sum += n
    // Tokio: while let Some(n) = count.next().await { sum += n }
    // futures-rs: while let Some(n) = count.next().await { sum += n }
    // Go: for n := range count(3) { sum += n }
    // Coroutines: while (coroutine_resume(co, &n)) sum += n;
    ROUSE_EACH(self->count, count(3))
        self->sum += self->count.out;

    EXPECT_EQ(self->sum, 6);
    ROUSE_END;
}

ROW(the_next_item, struct count count; struct rouse_next next; int n;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, count(3));
    // futures-rs: let n = count.next().await;
    // JS: const { value: n } = await iterator.next()
    // Go: n, ok := next() // iter.Pull
    ROUSE_AWAIT(self->next, rouse_next(&self->count.future));
    self->n = *(const int *)self->next.out;

    EXPECT_EQ(self->n, 1);
    rouse_drop(&self->count.future);
    ROUSE_END;
}

ROW(filter_and_map, struct count count; struct rouse_filter even; struct rouse_map squares;
    int n, sum;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, count(4));
    // futures-rs: let even = count.filter(|n| ready(n % 2 == 0));
    // Node: const even = count.filter(isEven)
    ROUSE_PUT(self->even, rouse_filter(&self->count.future, is_even, NULL));

    // futures-rs: let mut squares = even.map(|n| n * n);
    // Node: for await (const n of even.map(square)) sum += n
    ROUSE_EACH(self->squares, rouse_map(&self->even.future, square, NULL, &self->n))
        self->sum += ROUSE_ITEM_OF(int, self->squares);

    EXPECT_EQ(self->sum, 4 + 16);
    ROUSE_END;
}

ROW(some_of_them_in_an_array, struct count count; struct rouse_skip skip; struct rouse_take take;
    int items[4]; struct rouse_collect collect;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, count(9));
    // futures-rs: let some = count.skip(2).take(3);
    // Node: const some = count.drop(2).take(3)
    ROUSE_PUT(self->skip, rouse_skip(&self->count.future, 2));
    ROUSE_PUT(self->take, rouse_take(&self->skip.future, 3));

    // futures-rs: let items: Vec<_> = some.collect().await;
    // JS: const items = await Array.fromAsync(some)
    // Go: items := slices.Collect(some)
    ROUSE_AWAIT(self->collect, rouse_collect(&self->take.future, ROUSE_ARRAY(self->items)));

    EXPECT_EQ(self->collect.out, 3);
    EXPECT_EQ(self->items[0], 3);
    ROUSE_END;
}

ROW(all_into_one, struct count count; int sum; struct rouse_fold fold;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, count(4));
    // futures-rs: let sum = count.fold(0, |sum, n| ready(sum + n)).await;
    // Node: const sum = await count.reduce((sum, n) => sum + n, 0)
    ROUSE_AWAIT(self->fold, rouse_fold(&self->count.future, add, &self->sum));

    EXPECT_EQ(self->sum, 10);
    ROUSE_END;
}

ROW(both_as_they_come, struct count a, b; struct rouse_merge merge; int n;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, count(3));
    ROUSE_PUT(self->b, count(2));
    // Tokio: let mut merge = a.merge(b);
    // futures-rs: let mut merge = stream::select(a, b);
    // Go: for { select { case n := <-a: ...; case n := <-b: ... } }
    ROUSE_EACH(self->merge, rouse_merge(ROUSE_LIST(&self->a.future, &self->b.future)))
        self->n += ROUSE_ITEM_OF(int, self->merge);

    EXPECT_EQ(self->n, 6 + 3);
    ROUSE_END;
}

ROW(one_after_the_other_and_side_by_side, struct count a, b, c; struct rouse_chain chain;
    struct rouse_zip zip; int n;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, count(2));
    ROUSE_PUT(self->b, count(2));
    ROUSE_PUT(self->c, count(4));
    // futures-rs: let both = a.chain(b);
    // JS: async function* both() { yield* a; yield* b }
    ROUSE_PUT(self->chain, rouse_chain(&self->a.future, &self->b.future));

    // futures-rs: let mut pairs = both.zip(c);
    ROUSE_EACH(self->zip, rouse_zip(&self->chain.future, &self->c.future))
        self->n += *(const int *)self->zip.out.first * *(const int *)self->zip.out.second;

    EXPECT_EQ(self->n, 1 * 1 + 2 * 2 + 1 * 3 + 2 * 4);
    ROUSE_END;
}

ROW(a_few_at_a_time, struct count count; struct rouse_chunks chunks; int items[2]; size_t chunks_n;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, count(5));
    // futures-rs: let mut chunks = count.chunks(2);
    // Go: for chunk := range slices.Chunk(items, 2) { ... }
    ROUSE_EACH(self->chunks, rouse_chunks(&self->count.future, ROUSE_ARRAY(self->items)))
        self->chunks_n++;

    EXPECT_EQ(self->chunks_n, 3);
    ROUSE_END;
}

ROW(two_at_once_in_order, struct count count; struct work slots[2];
    struct rouse_buffer_ordered buffered; int n;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, count(3));
    // futures-rs: let mut buffered = count.map(work).buffered(2);
    // Node: for await (const n of count.map(work, { concurrency: 2 })) ...
    ROUSE_EACH(self->buffered,
               rouse_buffer_ordered(&self->count.future, work_of, NULL, ROUSE_ARRAY(self->slots)))
        self->n = self->n * 10 + ROUSE_ITEM_OF(struct work, self->buffered).out;

    EXPECT_EQ(self->n, 123);
    ROUSE_END;
}

ROW(two_at_once_as_they_end, struct count count; struct work slots[2];
    struct rouse_buffer_unordered buffered; int n;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, count(3));
    // futures-rs: let mut buffered = count.map(work).buffer_unordered(2);
    ROUSE_EACH(self->buffered,
               rouse_buffer_unordered(&self->count.future, work_of, NULL, ROUSE_ARRAY(self->slots)))
        self->n = self->n * 10 + ROUSE_ITEM_OF(struct work, self->buffered).out;

    EXPECT_EQ(self->n / 100, 2);
    ROUSE_END;
}

ROW(two_at_once_for_their_effect, struct count count; struct work slots[2];
    struct rouse_for_each_concurrent all;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, count(3));
    // futures-rs: count.for_each_concurrent(2, work).await
    // Node: await count.forEach(work, { concurrency: 2 })
    // JS: await pMap(items, work, { concurrency: 2 })
    // libuv: uv_queue_work(&loop, &request, work, after);
    ROUSE_AWAIT(self->all, rouse_for_each_concurrent(&self->count.future, work_of, NULL,
                                                     ROUSE_ARRAY(self->slots)));

    EXPECT_EQ(works_ended, 3);
    ROUSE_END;
}

ROW(a_look_at_the_next, struct count count; struct rouse_peekable items; struct rouse_peek peek;
    struct rouse_next next;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, count(3));
    ROUSE_PUT(self->items, rouse_peekable(&self->count.future));
    // futures-rs: let n = items.as_mut().peek().await;
    ROUSE_AWAIT(self->peek, rouse_peek(&self->items));

    EXPECT_EQ(*(const int *)self->peek.out, 1);
    ROUSE_AWAIT(self->next, rouse_next(&self->items.future));
    EXPECT_EQ(*(const int *)self->next.out, 1);
    rouse_drop(&self->items.future);
    ROUSE_END;
}

ROW(not_too_often, struct count count; struct rouse_throttle throttle; int n;)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->count, count(3));
    // Tokio: let mut slow = count.throttle(Duration::from_millis(10));
    // JS: const slow = throttle(onItem, 10)
    ROUSE_EACH(self->throttle, rouse_throttle(&self->count.future, 10 * ROUSE_MS))
        self->n += ROUSE_ITEM_OF(int, self->throttle);

    EXPECT_EQ(self->n, 6);
    EXPECT(NOW_MS(cx) >= 20);
    ROUSE_END;
}
