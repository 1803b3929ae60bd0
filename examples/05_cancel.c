/* Cancel is drop: you can end a future from outside, at any await. Its awaited child ends first,
   then its FINALLY runs. FINALLY runs exactly once however the future ends, even if it never
   started. Rust: the same, with Drop. JS: a promise cannot be cancelled; AbortSignal asks for
   cooperation. Go: a context that every call must look at. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct download {
    struct rouse_future future;
    char *name; /* moved in: FINALLY frees it */
    struct rouse_sleep nap;
};

ROUSE_ASYNC(download)
{
    ROUSE_BEGIN;
    printf("  download %s: begins\n", self->name);
    ROUSE_AWAIT(self->nap, rouse_sleep(100 * ROUSE_MS));
    printf("  download %s: is complete\n", self->name);
    ROUSE_FINALLY;
    printf("  download %s: cleans up, %s\n", self->name,
           ROUSE_STARTED ? "had started" : "never started");
    free(self->name);
    ROUSE_END;
}

ROUSE_LAZY static struct download download(const char *name)
{
    char *copy = malloc(strlen(name) + 1);
    if (copy == NULL)
        abort();
    return ROUSE_FUTURE(download, .name = strcpy(copy, name));
}

struct page {
    struct rouse_future future;
    struct download image; /* a child */
};

ROUSE_ASYNC(page)
{
    ROUSE_BEGIN;
    printf("  page: begins\n");
    ROUSE_AWAIT(self->image, download("cat.png"));
    printf("  page: is complete\n");
    ROUSE_FINALLY;
    printf("  page: cleans up\n");
    ROUSE_END;
}

ROUSE_LAZY static struct page page(void)
{
    return ROUSE_FUTURE(page);
}

struct demo {
    struct rouse_future future;
    struct rouse_task *task;
    struct download unused;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    self->task = ROUSE_SPAWN(page());
    ROUSE_AWAIT(self->nap, rouse_sleep(20 * ROUSE_MS));
    printf("main: aborts the page while it waits\n");
    rouse_task_abort(self->task);

    printf("main: makes a download and drops it\n");
    ROUSE_PUT(self->unused, download("dog.png"));
    rouse_drop(&self->unused.future);
    rouse_drop(&self->unused.future); /* a second drop does nothing */
    printf("main: ends\n");
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROUSE_LAZY static struct demo demo(void)
{
    return ROUSE_FUTURE(demo);
}

ROUSE_MAIN(demo())

// needs: malloc
// expect:   page: begins
// expect:   download cat.png: begins
// expect: main: aborts the page while it waits
// expect:   download cat.png: cleans up, had started
// expect:   page: cleans up
// expect: main: makes a download and drops it
// expect:   download dog.png: cleans up, never started
// expect: main: ends
// always:   page: begins
// always: main: makes a download and drops it
// always:   download dog.png: cleans up, never started
// always: main: ends
