/* list.h: the intrusive doubly-linked list for everything that waits.

   Invariant: a node that is in no list has a NULL `next`. Checked builds verify both neighbours at
   every step: if a linked node was overwritten (a live slot assigned to, a frame freed early), the
   next use of its list traps. */
#ifndef ROUSE_LIST_H
#define ROUSE_LIST_H

#include "check.h"
#include <rouse/task.h>

#define ROUSE_I_CONTAINER(node_, type, member) \
    ((type *)(void *)((char *)(node_) - offsetof(type, member)))

static inline void rouse_i_list_init(struct rouse_i_node *list)
{
    list->next = list->prev = list;
}

static inline bool rouse_i_list_is_empty(const struct rouse_i_node *list)
{
    return list->next == list;
}

static inline bool rouse_i_node_is_linked(const struct rouse_i_node *node)
{
    return node->next != NULL;
}

static inline void rouse_i_node_check(const struct rouse_i_node *node)
{
    ROUSE_CHECK(node->next->prev == node && node->prev->next == node,
                "a list is broken: a waiting future was overwritten or freed");
    (void)node;
}

static inline void rouse_i_list_insert(struct rouse_i_node *before, struct rouse_i_node *node)
{
    rouse_i_node_check(before);
    node->next = before;
    node->prev = before->prev;
    before->prev->next = node;
    before->prev = node;
}

static inline void rouse_i_list_append(struct rouse_i_node *list, struct rouse_i_node *node)
{
    rouse_i_list_insert(list, node);
}

static inline void rouse_i_node_unlink(struct rouse_i_node *node)
{
    rouse_i_node_check(node);
    node->prev->next = node->next;
    node->next->prev = node->prev;
    node->next = NULL;
}

/* Moves all nodes of `from` to `to`, whose contents are ignored. Nodes that are added to `from`
   later are not in `to`: a loop over `to` ends. */
static inline void rouse_i_list_take(struct rouse_i_node *to, struct rouse_i_node *from)
{
    rouse_i_list_init(to);
    if (rouse_i_list_is_empty(from))
        return;
    to->next = from->next;
    to->prev = from->prev;
    to->next->prev = to->prev->next = to;
    rouse_i_list_init(from);
}

#endif
