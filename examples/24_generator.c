/* Async generators: a function that gives many values, each when you ask for it. ROUSE_EMIT
   suspends it until you want the next, so a stream may be endless; in between it may await. When
   you break off and drop it, its ROUSE_FINALLY runs. Rust: a Stream, `async_stream!` with `yield`.
   JS: `async function*`, whose `finally` also runs on break. Go: a goroutine and a channel, but
   something must tell the goroutine to stop. */
#include <rouse/rouse.h>
#include <stdio.h>

struct fibonacci {
    struct rouse_future future;
    long a, b;
    struct rouse_sleep nap;
    long out; /* the item */
};

ROUSE_STREAM(fibonacci)
{
    ROUSE_BEGIN;
    for (self->b = 1;;) {
        ROUSE_EMIT(self->a);
        ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS)); /* thinks */
        long next = self->a + self->b;
        self->a = self->b;
        self->b = next;
    }
    ROUSE_FINALLY;
    printf("(the generator cleans up)\n");
    ROUSE_END;
}

ROUSE_LAZY static struct fibonacci fibonacci(void)
{
    return ROUSE_FUTURE(fibonacci);
}

static bool is_even(void *data, const void *item)
{
    (void)data;
    return *(const long *)item % 2 == 0;
}

struct demo {
    struct rouse_future future;
    struct fibonacci numbers;
    struct rouse_filter evens;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    printf("up to 20:\n");
    ROUSE_EACH(self->numbers, fibonacci()) {
        if (self->numbers.out > 20)
            break;
        printf("  %ld\n", self->numbers.out);
    }
    ROUSE_PUT(self->numbers, fibonacci()); /* drops the first, makes another: nothing runs */
    printf("even ones up to 1000:\n");
    ROUSE_EACH(self->evens, rouse_filter(&self->numbers.future, is_even, NULL)) {
        long even = ROUSE_ITEM_OF(long, self->evens);
        if (even > 1000)
            break;
        printf("  %ld\n", even);
    }
    ROUSE_FINALLY;
    rouse_drop(&self->evens.future); /* and the stream that it filters */
    rouse_drop(&self->numbers.future);
    ROUSE_END;
}

ROUSE_LAZY static struct demo demo(void)
{
    return ROUSE_FUTURE(demo);
}

ROUSE_MAIN(demo())

// expect: up to 20:
// expect:   0
// expect:   1
// expect:   1
// expect:   2
// expect:   3
// expect:   5
// expect:   8
// expect:   13
// expect: (the generator cleans up)
// expect: even ones up to 1000:
// expect:   0
// expect:   2
// expect:   8
// expect:   34
// expect:   144
// expect:   610
// expect: (the generator cleans up)
