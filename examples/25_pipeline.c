/* A pipeline: five pages, fetched two at a time, without a task and without an allocation. The
   futures run in your slots; a free slot takes the next item.
   Rust: stream.for_each_concurrent(2, ...), .buffered(2). JS: p-map with { concurrency: 2 }.
   Go: errgroup with SetLimit(2). */
#include <rouse/rouse.h>
#include <stdio.h>

struct page {
    const char *name;
    unsigned ms; /* how long it takes */
};
static const struct page pages[] = {
    {"index", 250}, {"guide", 100}, {"style", 200}, {"hosts", 100}, {"api", 150}};

struct fetch {
    struct rouse_future future;
    const struct page *page;
    struct rouse_sleep network;
    unsigned out;
};

ROUSE_ASYNC(fetch)
{
    ROUSE_BEGIN;
    printf("  fetch %s\n", self->page->name);
    ROUSE_AWAIT(self->network, rouse_sleep(self->page->ms * ROUSE_MS));
    printf("  got   %s\n", self->page->name);
    ROUSE_RETURN(20 * self->page->ms); /* its size */
    ROUSE_END;
}

/* Makes a future for the item in the slot. Nothing runs yet. */
static void fetch_page(void *data, const void *item, void *slot)
{
    (void)data;
    *(struct fetch *)slot = ROUSE_FUTURE(fetch, .page = item);
}

struct demo {
    struct rouse_future future;
    struct rouse_from_array all;
    struct rouse_skip some;
    struct fetch slots[2];
    struct rouse_for_each_concurrent each;
    struct rouse_buffer_ordered fetched;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    printf("two at a time:\n");
    ROUSE_PUT(self->all, rouse_from_array(ROUSE_ARRAY(pages)));
    ROUSE_AWAIT(self->each, rouse_for_each_concurrent(&self->all.future, fetch_page, NULL,
                                                      ROUSE_ARRAY(self->slots)));
    printf("the last three, results in order:\n");
    ROUSE_PUT(self->all, rouse_from_array(ROUSE_ARRAY(pages)));
    ROUSE_PUT(self->some, rouse_skip(&self->all.future, 2));
    ROUSE_EACH(self->fetched, rouse_buffer_ordered(&self->some.future, fetch_page, NULL,
                                                   ROUSE_ARRAY(self->slots))) {
        const struct fetch *fetch = &ROUSE_ITEM_OF(struct fetch, self->fetched);
        printf("%s: %u bytes\n", fetch->page->name, fetch->out);
    }
    ROUSE_END;
}

ROUSE_LAZY static struct demo demo(void)
{
    return ROUSE_FUTURE(demo);
}

ROUSE_MAIN(demo())

// expect: two at a time:
// expect:   fetch index
// expect:   fetch guide
// expect:   got   guide
// expect:   fetch style
// expect:   got   index
// expect:   fetch hosts
// expect:   got   style
// expect:   fetch api
// expect:   got   hosts
// expect:   got   api
// expect: the last three, results in order:
// expect:   fetch style
// expect:   fetch hosts
// expect:   got   hosts
// expect:   got   style
// expect: style: 4000 bytes
// expect:   fetch api
// expect: hosts: 2000 bytes
// expect:   got   api
// expect: api: 3000 bytes
// always: two at a time:
// always:   fetch index
// always:   fetch guide
// always: the last three, results in order:
// always:   fetch style
// always:   fetch hosts
// always: style: 4000 bytes
// always: hosts: 2000 bytes
// always: api: 3000 bytes
