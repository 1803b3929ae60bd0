// ROUSE_LAZY says the same of your own.
// gcc: unused-result
// clang: unused-result
// bare
#include <rouse/rouse.h>

struct job {
    struct rouse_future future;
};
ROUSE_LAZY struct job job(void);

void run(struct rouse_runtime *rt);
void run(struct rouse_runtime *rt)
{
#ifdef FIXED
    struct job now = job();
    rouse_block_on(rt, &now.future);
#else
    job();
    (void)rt;
#endif
}
