// A task in its caller's memory is spawned over while it runs.
// needs: checked
// trap: rouse: bug: rouse_spawn_in on a slot whose task is not finished
// trap: in rouse_pending (runtime/src/core/future.c
#include <rouse/rouse.h>

int main(void)
{
    static struct rouse_runtime rt;
    static ROUSE_TASK(rouse_pending) slot;
    rouse_runtime_init(&rt, NULL);
    rouse_task_detach(rouse_spawn_in(&rt, &slot, rouse_pending()));
    rouse_task_detach(rouse_spawn_in(&rt, &slot, rouse_pending()));
    return 0;
}
