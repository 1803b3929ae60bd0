/* children.c: see children.h. */
#include "children.h"

void rouse_i_children_drop(const struct rouse_i_children *children, size_t but)
{
    struct rouse_future *const *list = rouse_i_children_list(children);
    for (size_t i = 0; i < children->count; i++)
        if (i != but)
            rouse_drop(list[i]);
}
