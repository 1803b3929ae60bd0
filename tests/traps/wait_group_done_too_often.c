// trap: rouse: bug: rouse_wait_group_done more often than was added
// trap: at tests/traps/wait_group_done_too_often.c:11
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_wait_group group;
    rouse_wait_group_init(&group);
    rouse_wait_group_add(&group, 1);
    rouse_wait_group_done(&group);
    rouse_wait_group_done(&group);
}
