/* children.c: see children.h. */
#include "children.h"
#include "../trace/trace_events.h"

#if ROUSE_TRACE
void rouse_i_children_won(const struct rouse_i_children *children, size_t winner,
                          const struct rouse_future *self)
{
    struct rouse_future *const *list = rouse_i_children_list(children);
    ROUSE_EVENT(SEL_WIN, self->id, (uint32_t)winner, list[winner]->id);
    for (size_t i = 0; i < children->count; i++)
        if (i != winner && list[i] && !rouse_is_done(list[i]))
            ROUSE_EVENT(SEL_LOSE, self->id, (uint32_t)i, list[i]->id);
}
#endif

void rouse_i_children_drop(const struct rouse_i_children *children, size_t but)
{
    struct rouse_future *const *list = rouse_i_children_list(children);
    for (size_t i = 0; i < children->count; i++)
        if (i != but)
            rouse_drop(list[i]);
}
