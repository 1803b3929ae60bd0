/* The part of a program that runs things. */
#include <rouse/rouse.h>

#include "leaf.h"

struct app {
    struct rouse_future future;
    struct leaf leaf;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->leaf, leaf());
    ROUSE_END;
}

ROUSE_LAZY static struct app app(void)
{
    return ROUSE_FUTURE(app);
}

ROUSE_MAIN(app())
