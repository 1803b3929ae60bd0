// Whoever spawns gets the handle, and gives it up once: joined, aborted or detached.
// gcc: unused-result
// clang: unused-result
// bare
#include <rouse/rouse.h>

void start(struct rouse_runtime *rt);
void start(struct rouse_runtime *rt)
{
#ifdef FIXED
    rouse_task_detach(rouse_spawn(rt, rouse_sleep(1)));
#else
    rouse_spawn(rt, rouse_sleep(1));
#endif
}
