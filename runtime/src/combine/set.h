/* set.h: what set.c and set_add.c share. */
#ifndef ROUSE_SET_H
#define ROUSE_SET_H

#include "../base/list.h"
#include <rouse/combine.h>

void rouse_i_set_check_new(struct rouse_set *set, const struct rouse_future *member);
/* Puts the member into the set. The caller counts it, and wakes the future that waits. */
void rouse_i_set_enter(struct rouse_set *set, struct rouse_set_node *node,
                       struct rouse_future *member);

#endif
