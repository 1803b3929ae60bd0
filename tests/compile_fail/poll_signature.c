// A poll function of another signature: called through the table it would trap on wasm.
// gcc: incompatible-pointer-types
// clang: incompatible-function-pointer-types
// bare
#include <rouse/rouse.h>

#ifdef FIXED
static struct rouse_polled job_poll(struct rouse_future *f, struct rouse_context *cx)
#else
struct job;
static struct rouse_polled job_poll(struct job *f, struct rouse_context *cx)
#endif
{
    (void)f, (void)cx;
    return ROUSE_READY(ROUSE_OK);
}

extern const struct rouse_type job_type;
const struct rouse_type job_type = {"job", __FILE__, 64, job_poll, NULL};
