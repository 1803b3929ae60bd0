// Task memory is aligned to 8 bytes: a future that wants more cannot be spawned.
// gcc: negative
// clang: negative
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
#ifdef FIXED
    float lanes[4];
#else
    _Alignas(16) float lanes[4];
#endif
};
ROUSE_LAZY struct job job(void);

void start(struct rouse_runtime *rt);
void start(struct rouse_runtime *rt)
{
    rouse_task_detach(rouse_spawn(rt, job()));
}
