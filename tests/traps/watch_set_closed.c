// trap: rouse: bug: set a watch that is closed
// trap: at tests/traps/watch_set_closed.c:11
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_watch watch;
    int slot, value = 1;
    rouse_watch_init(&watch, &slot, sizeof slot, &value);
    rouse_watch_close(&watch);
    rouse_watch_set(&watch, &value);
}
