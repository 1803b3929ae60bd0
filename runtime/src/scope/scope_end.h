/* scope_end.h: between a scope and its deferred futures. */
#ifndef ROUSE_CLEANUP_H
#define ROUSE_CLEANUP_H

#include "../core/executor.h"
#include <rouse/scope.h>

/* Runs the deferred futures, if there are any; `scope->cleaning` while they do. */
void rouse_i_cleanup_start(struct rouse_scope *scope);
/* What is running goes on without the scope, whose memory may go away. */
void rouse_i_cleanup_abandon(struct rouse_scope *scope);
/* Wakes whoever waits for what is so now. */
void rouse_i_scope_changed(struct rouse_scope *scope);

#endif
