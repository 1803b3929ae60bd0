/* scope_end.h: what scope.c calls when a scope ends, in defer.c, and what both call when its tasks
 * change. */
#ifndef ROUSE_SCOPE_END_H
#define ROUSE_SCOPE_END_H

#include "../core/executor.h"
#include <rouse/scope.h>

/* Starts the deferred futures, if there are any; `scope->cleaning` is set while they run. */
void rouse_i_cleanup_start(struct rouse_scope *scope);
/* Lets them go on without the scope, whose memory may go away. */
void rouse_i_cleanup_abandon(struct rouse_scope *scope);
/* In scope_waiters.c: wakes the waiters whose condition holds now; sets the guard that a frame's
   end checks. */
void rouse_i_scope_changed(struct rouse_scope *scope);
void rouse_i_scope_guard(struct rouse_scope *scope);

#endif
