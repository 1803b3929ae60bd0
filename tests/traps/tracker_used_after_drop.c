// A tracker that was dropped is closed.
// trap: rouse: bug: a tracker is used before rouse_tracker_init or after rouse_tracker_drop
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    rouse_tracker_drop(&tracker);
    rouse_tracker_close(&tracker);
    return 0;
}
