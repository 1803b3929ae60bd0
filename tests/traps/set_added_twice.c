// A future is added to a set that it is in already.
// needs: checked
// trap: rouse: bug: added to a set that it is already in
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_set set;
    struct rouse_pending a = rouse_pending();
    rouse_set_init(&set);
    rouse_set_add(&set, &a.future);
    rouse_set_add(&set, &a.future);
    return 0;
}
