// A root that the stack cannot get no room for.
// needs: native
// trap: the future of ROUSE_MAIN has
// trap: make large buffers static
#include <rouse/rouse.h>

struct app {
    struct rouse_future future;
    char buffer[200 << 20];
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_END;
}

static struct app app(void)
{
    return ROUSE_FUTURE(app);
}

ROUSE_MAIN(app())
