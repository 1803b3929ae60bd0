// The node of a member is given to another while it is still in a set.
// trap: rouse: bug: rouse_set_add_in with a node that is still in use
// trap: in rouse_pending (runtime/src/core/future.c
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_set set;
    struct rouse_set_node node = {0};
    struct rouse_pending a = rouse_pending(), b = rouse_pending();
    rouse_set_init(&set);
    rouse_set_add_in(&set, &node, &a.future);
    rouse_set_add_in(&set, &node, &b.future);
    return 0;
}
