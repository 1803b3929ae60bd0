/* scope.h: what the macros of rouse/scope.h need. */
#ifndef ROUSE_PRIVATE_SCOPE_H
#define ROUSE_PRIVATE_SCOPE_H

#include "../scope.h"

#ifdef __cplusplus
extern "C" {
#endif

#if ROUSE_KNOWS
static inline struct rouse_scope *rouse_i_scope_site(struct rouse_scope *scope, const char *site)
{
    (void)rouse_i_site(scope->runtime, site);
    return scope;
}
#define ROUSE_SCOPE_SITE_(scope) rouse_i_scope_site((scope), ROUSE_PLACE_)
#else
#define ROUSE_SCOPE_SITE_(scope) (scope)
#endif
struct rouse_task *rouse_i_scope_spawn(struct rouse_scope *scope, struct rouse_future *f,
                                       size_t size);
rouse_status rouse_i_scope_defer(struct rouse_scope *scope, uint64_t grace_ns,
                                 struct rouse_future *f, size_t size);
struct rouse_task *rouse_i_tracker_spawn(struct rouse_tracker *tracker, struct rouse_runtime *rt,
                                         struct rouse_future *f, size_t size);

#ifdef __cplusplus
}
#endif
#endif
