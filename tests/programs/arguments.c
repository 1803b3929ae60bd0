/* The expression of ROUSE_MAIN sees argc and argv; an `int out` is the exit code. */
#include <rouse/rouse.h>
#include <stdio.h>

struct app {
    struct rouse_future future;
    int argc;
    char **argv;
    int out;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    printf("%d %s\n", self->argc, self->argv[1]);
    ROUSE_RETURN(42);
    ROUSE_FINALLY;
    self->out++; /* what counts is the value at the end */
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app, .argc = argc, .argv = argv))

// args: one two
// expect: 3 one
// exit: 43
