/* A command that waits in a runtime of its own, which a JavaScript host refuses (pitfall 55). */
#include <rouse/rouse.h>
#include <stdio.h>

int main(void)
{
    static struct rouse_runtime rt;
    struct rouse_sleep nap = rouse_sleep(ROUSE_S);
    if (rouse_runtime_init(&rt, NULL) < 0)
        return 3;
    rouse_status status = rouse_block_on(&rt, &nap.future);
    printf("%s\n", rouse_status_name(status));
    rouse_runtime_drop(&rt);
    return 2;
}
