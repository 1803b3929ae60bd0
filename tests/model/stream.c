/* stream.c: random pipelines of adapters against arrays.

   A pipeline is built stage by stage; each stage is at the same time applied to an array, by the
   plainest code there is. Sources and futures suspend at random, readers are cancelled at random.
   What comes out must be the array, and what was begun must have ended.
     tests model.stream [--ops N] [--seed S]     N items, at least; a failure prints the seed of its
   round
 */
#include "stream_pipeline.h"

/* ---- One round ------------------------------------------------------------------------------- */

static unsigned woken;

static struct rouse_waker count_clone(void *data);
static void count_wake(void *data)
{
    (void)data;
    woken++;
}
static void count_drop(void *data)
{
    (void)data;
}
static const struct rouse_waker_table counting = {count_clone, count_wake, count_wake, count_drop};
static struct rouse_waker count_clone(void *data)
{
    return (struct rouse_waker){&counting, data};
}

/* Polls until `f` is done; whatever is pending must have woken its task. */
static rouse_status drive(struct rouse_future *f, unsigned polls)
{
    for (unsigned i = 0; i < polls; i++) {
        struct rouse_context cx = {.waker = {&counting, NULL}, .budget = 1 + dice(8)};
        woken = 0;
        struct rouse_polled polled = rouse_poll(f, &cx);
        if (!rouse_is_pending(polled))
            return polled.status;
        check(woken > 0, "pending, and nobody was woken");
    }
    return ROUSE_PENDING_;
}

static int by_value(const void *a, const void *b)
{
    return value(a) - value(b);
}

/* Item by item; readers give up at random, and must not take an item along. */
static unsigned read_all(struct pipeline *p, int *got)
{
    unsigned count = 0;
    for (;;) {
        struct rouse_next next = rouse_next(p->end);
        rouse_status status = drive(&next.future, dice(4) ? 1000 : 1);
        if (status == ROUSE_PENDING_) {
            rouse_drop(&next.future);
        } else if (status == ROUSE_OK) {
            check(count < 4 * MAX_ITEMS, "too many items");
            got[count++] = value(next.out);
            if (dice(100) == 0) {
                rouse_drop(p->end); /* enough */
                p->count = p->count < count ? p->count : count;
                return count;
            }
        } else {
            check(status == ROUSE_ERR_CLOSED, "an end that went wrong");
            return count;
        }
    }
}

static unsigned collect_all(struct pipeline *p, int *got)
{
    struct rouse_collect collect = rouse_collect(p->end, got, sizeof *got, 4 * MAX_ITEMS);
    check(drive(&collect.future, 100000) == ROUSE_OK, "a collect that does not end well");
    return (unsigned)collect.out;
}

static unsigned play(void)
{
    static struct pipeline p;
    int got[4 * MAX_ITEMS];
    begun = ended = 0;
    build(&p);
    unsigned whole = p.count, items = p.source.count;
    unsigned count = dice(2) ? read_all(&p, got) : collect_all(&p, got);
    rouse_drop(p.end);
    check(begun == ended, "something was begun and has not ended");
    if (p.shuffled && p.count == whole) {
        qsort(got, count, sizeof *got, by_value);
        qsort(p.model, p.count, sizeof *p.model, by_value);
    }
    check(count == p.count, "the wrong number of items");
    check((p.shuffled && p.count < whole) || !memcmp(got, p.model, count * sizeof *got),
          "the wrong items");
    return 1 + items + count;
}

TEST(stream)
{
    uint64_t ops = test_option("--ops", 20000), first = test_option("--seed", 1), done = 0;
    for (seed = first; done < ops; seed++) {
        state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
        done += play();
    }
    printf("%llu operations, seeds %llu to %llu\n", (unsigned long long)done,
           (unsigned long long)first, (unsigned long long)seed - 1);
}
