/* set_add.c: members whose node comes from the runtime's allocator. Which one that is, is known
   when the set is polled; until then they are linked through `parent`, which nothing else uses in a
   future that is polled by hand. A program that only brings its own nodes links none of this, and
   no malloc. */
#include "executor.h"
#include "set.h"

/* Gives each member that has none a node, as long as there is memory. */
static rouse_status admit(struct rouse_set *set, struct rouse_runtime *rt)
{
    while (set->added) {
        struct rouse_future *member = set->added;
        if (!rt)
            return ROUSE_ERR_NOT_SUPPORTED; /* a foreign executor has no allocator */
        /* Named, so that a program that allocates nothing else has it linked. */
        rouse_allocate allocate =
            rt->options.allocate ? rt->options.allocate : rouse_i_default_allocate;
        void *data = rt->options.allocate_data;
        struct rouse_set_node *node = allocate(data, NULL, 0, sizeof(struct rouse_set_node));
        if (!node)
            return ROUSE_ERR_NO_MEMORY;
        set->added = member->parent;
        member->parent = NULL;
        *node = (struct rouse_set_node){.allocate = allocate, .allocate_data = data};
        rouse_i_set_enter(set, node, member);
    }
    return ROUSE_OK;
}

void rouse_set_add(struct rouse_set *set, struct rouse_future *member)
{
    rouse_i_set_check_new(set, member);
    member->parent = NULL;
    if (set->added)
        set->added_last->parent = member;
    else
        set->added = member;
    set->added_last = member;
    set->admit = admit;
    set->count++;
    rouse_waker_wake(&set->waker);
}
