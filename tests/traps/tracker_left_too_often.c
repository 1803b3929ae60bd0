// More leave a tracker than entered it.
// trap: rouse: bug: rouse_tracker_leave more often than rouse_tracker_enter
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_tracker tracker;
    rouse_tracker_init(&tracker);
    rouse_tracker_enter(&tracker);
    rouse_tracker_leave(&tracker);
    rouse_tracker_leave(&tracker);
    return 0;
}
