// trap: rouse: bug: modified a watch that is closed
// trap: at tests/traps/watch_modify_closed.c:16
#include <rouse/rouse.h>

static bool nothing(void *data, void *value)
{
    return data != value;
}

int main(void)
{
    struct rouse_watch watch;
    int slot, value = 1;
    rouse_watch_init(&watch, &slot, sizeof slot, &value);
    rouse_watch_close(&watch);
    rouse_watch_modify(&watch, nothing, NULL);
}
