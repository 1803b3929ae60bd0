/* Every kind of stream, in pipelines: what the cancel and allocation loops of the corpus should
   meet. Each part gives up what it holds when it is cancelled at any of its awaits. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

/* A generator that holds memory and awaits. */
struct numbers {
    struct rouse_future future;
    int to, i, out;
    char *memory;
    struct rouse_sleep nap;
};
ROUSE_STREAM(numbers)
{
    ROUSE_BEGIN;
    self->memory = malloc(16);
    if (!self->memory)
        ROUSE_FAIL(ROUSE_ERR_NO_MEMORY);
    for (self->i = 1; self->i <= self->to; self->i++) {
        if (self->i % 3 == 0)
            ROUSE_AWAIT(self->nap, rouse_sleep(2 * ROUSE_MS));
        ROUSE_EMIT(self->i);
    }
    ROUSE_FINALLY;
    free(self->memory);
    ROUSE_END;
}
ROUSE_LAZY static struct numbers numbers(int to)
{
    return ROUSE_FUTURE(numbers, .to = to);
}

static bool is_odd(void *data, const void *item)
{
    (void)data;
    return *(const int *)item % 2 != 0;
}
static void square(void *data, const void *item, void *out)
{
    int n = *(const int *)item;
    (void)data;
    *(int *)out = n * n;
}
static void add(void *sum, const void *item)
{
    *(int *)sum += *(const int *)item;
}

/* ---- one after the other ---------------------------------------------------------------------
 */

struct linear {
    struct rouse_future future;
    struct numbers source, more;
    struct rouse_chain chain;
    struct rouse_filter odd;
    struct rouse_map map;
    struct rouse_skip skip;
    struct rouse_take take;
    struct rouse_peekable peekable;
    struct rouse_peek peek;
    struct rouse_enumerate pairs;
    int squared, sum, out;
};
ROUSE_ASYNC(linear)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->source, numbers(6));
    ROUSE_PUT(self->more, numbers(6));
    ROUSE_PUT(self->chain, rouse_chain(&self->source.future, &self->more.future));
    ROUSE_PUT(self->odd, rouse_filter(&self->chain.future, is_odd, NULL));
    ROUSE_PUT(self->map, rouse_map(&self->odd.future, square, NULL, &self->squared));
    ROUSE_PUT(self->skip, rouse_skip(&self->map.future, 1));
    ROUSE_PUT(self->take, rouse_take(&self->skip.future, 4));
    ROUSE_PUT(self->peekable, rouse_peekable(&self->take.future));
    ROUSE_AWAIT(self->peek, rouse_peek(&self->peekable));
    self->sum = *(const int *)self->peek.out;
    ROUSE_EACH(self->pairs, rouse_enumerate(&self->peekable.future))
        add(&self->sum, ROUSE_ITEM_OF(struct rouse_enumerated, self->pairs).item);
    ROUSE_RETURN(self->sum);
    ROUSE_FINALLY;
    rouse_drop(&self->pairs.future);
    rouse_drop(&self->peekable.future); /* the peek came before anybody owned it */
    ROUSE_END;
}

/* ---- several at once -------------------------------------------------------------------------
 */

struct wide {
    struct rouse_future future;
    struct numbers a, b, c;
    struct rouse_zip zip;
    struct rouse_merge merge;
    struct rouse_count count;
    struct rouse_sleep stop;
    struct rouse_take_until until;
    struct rouse_interval every;
    struct rouse_take three;
    struct rouse_items items;
    struct rouse_collect_items collect;
    size_t out;
};
ROUSE_ASYNC(wide)
{
    ROUSE_BEGIN;
    rouse_items_init(&self->items, sizeof(uint64_t)); /* ticks */
    ROUSE_PUT(self->a, numbers(4));
    ROUSE_PUT(self->b, numbers(5));
    ROUSE_PUT(self->c, numbers(5));
    ROUSE_PUT(self->merge, rouse_merge(ROUSE_LIST(&self->b.future, &self->c.future)));
    ROUSE_PUT(self->zip, rouse_zip(&self->a.future, &self->merge.future));
    ROUSE_AWAIT(self->count, rouse_count(&self->zip.future));
    ROUSE_PUT(self->every, rouse_interval(ROUSE_MS, ROUSE_BURST));
    ROUSE_PUT(self->three, rouse_take(&self->every.future, 3));
    ROUSE_PUT(self->stop, rouse_sleep(100 * ROUSE_S));
    ROUSE_PUT(self->until, rouse_take_until(&self->three.future, &self->stop.future));
    ROUSE_AWAIT(self->collect, rouse_collect_items(&self->until.future, &self->items));
    ROUSE_RETURN(self->count.out + self->items.count);
    ROUSE_FINALLY;
    rouse_items_drop(&self->items);
    ROUSE_END;
}

/* ---- time ------------------------------------------------------------------------------------
 */

struct timed {
    struct rouse_future future;
    struct numbers source;
    struct rouse_throttle slow;
    struct rouse_chunks_timeout chunks;
    struct rouse_stream_timeout limit;
    struct rouse_debounce calm;
    struct rouse_next next;
    int room[3], held, out;
};
ROUSE_ASYNC(timed)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->source, numbers(5));
    ROUSE_PUT(self->slow, rouse_throttle(&self->source.future, ROUSE_MS));
    ROUSE_PUT(self->limit, rouse_stream_timeout(&self->slow.future, ROUSE_S));
    ROUSE_EACH(self->chunks,
               rouse_chunks_timeout(&self->limit.future, 1500 * ROUSE_US, ROUSE_ARRAY(self->room)))
        self->out += (int)ROUSE_ITEM_OF(struct rouse_chunk, self->chunks).count;
    ROUSE_PUT(self->source, numbers(5));
    ROUSE_PUT(self->calm,
              rouse_debounce(&self->source.future, ROUSE_S, &self->held, sizeof self->held));
    ROUSE_AWAIT(self->next, rouse_next(&self->calm.future));
    ROUSE_RETURN(self->out + *(const int *)self->next.out);
    ROUSE_FINALLY;
    rouse_drop(&self->chunks.future);
    rouse_drop(&self->calm.future);
    ROUSE_END;
}

/* ---- futures of items ------------------------------------------------------------------------
 */

struct worker {
    struct rouse_future future;
    int n, out;
    char *memory;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(worker)
{
    ROUSE_BEGIN;
    self->memory = malloc(16);
    if (!self->memory)
        ROUSE_FAIL(ROUSE_ERR_NO_MEMORY);
    ROUSE_AWAIT(self->nap, rouse_sleep((uint64_t)(6 - self->n) * ROUSE_MS));
    ROUSE_RETURN(self->n);
    ROUSE_FINALLY;
    free(self->memory);
    ROUSE_END;
}
static void work_on(void *data, const void *item, void *slot)
{
    (void)data;
    *(struct worker *)slot = ROUSE_FUTURE(worker, .n = *(const int *)item);
}
static void streams_of(void *data, const void *item, void *out)
{
    (void)data;
    *(struct numbers *)out = numbers(*(const int *)item);
}

struct busy {
    struct rouse_future future;
    struct numbers source, inner;
    struct worker slots[2], slot;
    struct rouse_buffer_ordered ordered;
    struct rouse_buffer_unordered unordered;
    struct rouse_for_each_concurrent each;
    struct rouse_then then;
    struct rouse_map map;
    struct rouse_flatten flat;
    struct rouse_fold fold;
    int out, sum;
};
ROUSE_ASYNC(busy)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->source, numbers(3));
    ROUSE_EACH(self->ordered,
               rouse_buffer_ordered(&self->source.future, work_on, NULL, ROUSE_ARRAY(self->slots)))
        self->out = 10 * self->out + ROUSE_ITEM_OF(struct worker, self->ordered).out;
    ROUSE_PUT(self->source, numbers(3));
    ROUSE_EACH(self->unordered, rouse_buffer_unordered(&self->source.future, work_on, NULL,
                                                       ROUSE_ARRAY(self->slots)))
        self->sum += ROUSE_ITEM_OF(struct worker, self->unordered).out;
    ROUSE_PUT(self->source, numbers(3));
    ROUSE_AWAIT(self->each, rouse_for_each_concurrent(&self->source.future, work_on, NULL,
                                                      ROUSE_ARRAY(self->slots)));
    ROUSE_PUT(self->source, numbers(2));
    ROUSE_EACH(self->then, rouse_then(&self->source.future, work_on, NULL, &self->slot))
        self->sum += ROUSE_ITEM_OF(struct worker, self->then).out;
    ROUSE_PUT(self->source, numbers(3));
    ROUSE_PUT(self->map, rouse_map(&self->source.future, streams_of, NULL, &self->inner));
    ROUSE_PUT(self->flat, rouse_flatten(&self->map.future));
    ROUSE_AWAIT(self->fold, rouse_fold(&self->flat.future, add, &self->sum));
    ROUSE_FINALLY;
    rouse_drop(&self->ordered.future);
    rouse_drop(&self->unordered.future);
    rouse_drop(&self->then.future);
    ROUSE_END;
}

struct streams {
    struct rouse_future future;
    struct linear linear;
    struct wide wide;
    struct timed timed;
    struct busy busy;
};
ROUSE_ASYNC(streams)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->linear, ROUSE_FUTURE(linear));
    printf("linear %d\n", self->linear.out);
    ROUSE_AWAIT(self->wide, ROUSE_FUTURE(wide));
    printf("wide %d\n", (int)self->wide.out);
    ROUSE_AWAIT(self->timed, ROUSE_FUTURE(timed));
    printf("timed %d\n", self->timed.out);
    ROUSE_AWAIT(self->busy, ROUSE_FUTURE(busy));
    printf("busy %d %d\n", self->busy.out, self->busy.sum);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(streams))

// needs: malloc
// expect: linear 53
// expect: wide 7
// expect: timed 10
// expect: busy 123 19
