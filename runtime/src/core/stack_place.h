/* stack_place.h: a future that was given a pointer into the C stack of a turn. Whatever lies there
   is gone when the body that gave it suspends. */
#ifndef ROUSE_STACK_PLACE_H
#define ROUSE_STACK_PLACE_H

#include <rouse/task.h>

#if ROUSE_CHECKED
/* A poll begins with this, for each pointer of the user that is used after an await. */
void rouse_i_place_check(const struct rouse_future *f, const struct rouse_context *cx,
                         const void *place);
#else
#define rouse_i_place_check(f, cx, place) ((void)0)
#endif

#endif
