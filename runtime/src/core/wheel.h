/* wheel.h: a hierarchical timer wheel. Level 0 has slots of 4096 ns; each level above is 64 times
   coarser. Arm, move and cancel are O(1); a timer moves down a level when its slot begins.

   Invariant: the slot of a timer is given by the highest bit in which its deadline differs from
   `wheel->now`. Equal deadlines therefore always share a slot, in arming order. */
#ifndef ROUSE_WHEEL_H
#define ROUSE_WHEEL_H

#include "../base/list.h"

struct rouse_sleep;

void rouse_i_wheel_init(struct rouse_i_wheel *wheel, uint64_t now);
/* The deadline lies after `wheel->now`. To cancel, unlink the node: the wheel notices later. */
void rouse_i_wheel_insert(struct rouse_i_wheel *wheel, struct rouse_sleep *timer);
/* The earliest deadline, exactly; ROUSE_NEVER if there is none. */
uint64_t rouse_i_wheel_next(struct rouse_i_wheel *wheel);
/* The same for a clock that will be set to the result: it spreads the slots before it to lower
   levels, instead of searching each for its earliest timer. */
uint64_t rouse_i_wheel_jump(struct rouse_i_wheel *wheel);
/* Moves time on and appends what is due to `due`, in order. */
void rouse_i_wheel_advance(struct rouse_i_wheel *wheel, uint64_t now, struct rouse_i_node *due);

#endif
