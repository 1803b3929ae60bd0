/* A failure of the program prints its chain of awaits on stderr, after what was printed before. */
#include <rouse/rouse.h>
#include <stdio.h>

struct inner {
    struct rouse_future future;
};
ROUSE_ASYNC(inner)
{
    ROUSE_BEGIN;
    ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "%d is not a %s", 7, "letter");
    ROUSE_END;
}
struct app {
    struct rouse_future future;
    struct inner inner;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    printf("before\n");
    ROUSE_AWAIT(self->inner, ROUSE_FUTURE(inner));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))

// expect: before
// exit: 1
// stderr: rouse: ROUSE_ERR_INVALID: 7 is not a letter
// stderr: in inner (tests/programs/failure.c:11)
// stderr: awaited by app (tests/programs/failure.c:22)
