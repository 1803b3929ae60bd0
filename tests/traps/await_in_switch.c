// An await inside a nested `switch`, its warning ignored: the label belongs to the inner switch, so
// the first resume does not find it.
// trap: rouse: bug: resumed at a line that is no await of it (an await inside a nested switch?)
// trap: in child (tests/traps/await_in_switch.c:19)
// trap: awaited by app (tests/traps/await_in_switch.c:32)
#include <rouse/rouse.h>

struct child {
    struct rouse_future future;
    struct rouse_sleep nap;
    int kind;
};

ROUSE_ASYNC(child)
{
    ROUSE_BEGIN;
    switch (self->kind) {
    case 1:
        ROUSE_AWAIT(self->nap, rouse_sleep(1));
    }
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct child child;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->child, ROUSE_FUTURE(child, .kind = 1));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
