/* scope_end.h: what scope.c and defer.c call of each other when a scope ends. */
#ifndef ROUSE_SCOPE_END_H
#define ROUSE_SCOPE_END_H

#include "../core/executor.h"
#include <rouse/scope.h>

/* Starts the deferred futures, if there are any; `scope->cleaning` is set while they run. */
void rouse_i_cleanup_start(struct rouse_scope *scope);
/* Lets them go on without the scope, whose memory may go away. */
void rouse_i_cleanup_abandon(struct rouse_scope *scope);
/* Wakes the waiters whose condition holds now. */
void rouse_i_scope_changed(struct rouse_scope *scope);

#endif
