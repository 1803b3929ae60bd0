// What is done cannot be run again.
// trap: rouse: bug: rouse_block_on of a future that is empty or done
// trap: in rouse_ready (runtime/src/core/future.c
#include <rouse/rouse.h>

int main(void)
{
    static struct rouse_runtime rt;
    rouse_runtime_init(&rt, NULL);
    struct rouse_ready once = rouse_ready(ROUSE_OK);
    rouse_block_on(&rt, &once.future);
    rouse_block_on(&rt, &once.future);
    return 0;
}
