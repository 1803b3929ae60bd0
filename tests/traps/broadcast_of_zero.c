// trap: rouse: bug: a broadcast of capacity 0 can hold nothing
// trap: at tests/traps/broadcast_of_zero.c:8
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_broadcast broadcast;
    rouse_broadcast_init(&broadcast, NULL, sizeof(int), 0);
}
