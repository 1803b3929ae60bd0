// A result goes to a local of the body, which is gone when the item comes.
// needs: checked
// trap: rouse: bug: was given a pointer to a local, which is gone after an await: put it into the
// struct trap: in rouse_recv trap: in app (tests/traps/recv_into_local.c:24)
#include <rouse/rouse.h>
#include <stdio.h>

struct app {
    struct rouse_future future;
    struct rouse_channel channel;
    int items[1];
    struct rouse_recv recv;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    rouse_channel_init(&self->channel, self->items, sizeof(int), 1);
    (void)rouse_try_send(&self->channel, &(int){7});
    int n;
    n = 0;
    // the item is there already: without the check this would print it, by luck
    ROUSE_AWAIT(self->recv, rouse_recv(&self->channel, &n));
    printf("%d\n", n);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
