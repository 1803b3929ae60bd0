/* Errors: a failure goes up through every await until one catches it. It carries a message and the
   chain of awaits. If nothing catches it, ROUSE_MAIN prints the chain to stderr and exits with 1.
   Rust: `?` on each call, and the chain of anyhow. JS: throw, catch and error.stack.
   Go: `if err != nil` at each call. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

enum { ERR_SYNTAX = ROUSE_USER - 1 }; /* codes of an application are ROUSE_USER and below */

struct parse {
    struct rouse_future future;
    const char *text;
    long out;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(parse)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->nap, rouse_sleep(ROUSE_MS)); /* pretend it takes a while */
    {
        char *end;
        long value = strtol(self->text, &end, 10);
        if (*end != '\0')
            ROUSE_FAIL_WITH(ERR_SYNTAX, "'%s' is not a number", self->text);
        ROUSE_RETURN(value);
    }
    ROUSE_END;
}

ROUSE_LAZY static struct parse parse(const char *text)
{
    return ROUSE_FUTURE(parse, .text = text);
}

struct sum {
    struct rouse_future future;
    const char *a, *b;
    long out;
    struct parse left, right;
};

ROUSE_ASYNC(sum)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->left, parse(self->a)); /* no check: a failure leaves sum by itself */
    ROUSE_AWAIT(self->right, parse(self->b));
    ROUSE_RETURN(self->left.out + self->right.out);
    ROUSE_FINALLY;
    printf("  sum: FINALLY\n");
    ROUSE_END;
}

ROUSE_LAZY static struct sum sum(const char *a, const char *b)
{
    return ROUSE_FUTURE(sum, .a = a, .b = b);
}

struct demo {
    struct rouse_future future;
    rouse_status status;
    struct sum sum;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->sum, sum("20", "22"));
    printf("20 + 22 is %ld\n", self->sum.out);

    ROUSE_TRY_AWAIT(self->status, self->sum, sum("20", "x"));
    if (self->status < 0) { /* readable until the next await */
        const struct rouse_error *error = rouse_error(cx);
        printf("caught: %s\n", error->message);
        for (uint32_t i = 0; i < error->frame_count; i++)
            printf("  %s %s\n", i == 0 ? "in" : "awaited by", error->frames[i].function);
    }

    ROUSE_AWAIT(self->sum, sum("y", "22")); /* not caught: ends this function as well */
    printf("never printed\n");
    ROUSE_END;
}

ROUSE_LAZY static struct demo demo(void)
{
    return ROUSE_FUTURE(demo);
}

ROUSE_MAIN(demo())

// expect:   sum: FINALLY
// expect: 20 + 22 is 42
// expect:   sum: FINALLY
// expect: caught: 'x' is not a number
// expect:   in parse
// expect:   awaited by sum
// expect:   awaited by demo
// expect:   sum: FINALLY
// stderr: rouse: ROUSE_USER: 'y' is not a number (-1001)
// stderr: awaited by sum
// exit: 1
