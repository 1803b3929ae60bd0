// A tracker goes away while somebody waits for it.
// trap: rouse: bug: rouse_tracker_drop while a future waits for the tracker
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    struct rouse_tracker_wait wait = rouse_tracker_wait(&tracker);
    struct rouse_context cx = {.waker = rouse_waker_noop()};
    (void)rouse_poll(&wait.future, &cx);
    rouse_tracker_drop(&tracker);
    return 0;
}
