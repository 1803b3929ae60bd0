/* set_add.c: members whose nodes come from the runtime's allocator. The set learns its runtime only
   when it is polled; until then such members are chained through `parent`, which is free in a
   future that is polled by hand. A program that brings its own nodes does not link this file. */
#include "../core/executor.h"
#include "set.h"

struct heap_node {
    struct rouse_set_node node;
    struct rouse_i_node link; /* in `set_nodes` of its runtime; unlinked once that is gone */
    rouse_allocate allocate;
    void *allocate_data;
};

static struct heap_node *heap_node_of(struct rouse_i_node *link)
{
    return ROUSE_I_CONTAINER(link, struct heap_node, link);
}

static void heap_node_free(struct rouse_set_node *node)
{
    struct heap_node *heap = (struct heap_node *)(void *)node;
    if (rouse_i_node_is_linked(&heap->link))
        rouse_i_node_unlink(&heap->link);
    heap->allocate(heap->allocate_data, heap, sizeof *heap, 0);
}

/* Called when the runtime ends. Sets may have gone with their tasks before they were empty: their
   nodes are freed now, or with their last waker. */
static void free_set_nodes(struct rouse_runtime *rt)
{
    while (!rouse_i_list_is_empty(&rt->set_nodes)) {
        struct heap_node *heap = heap_node_of(rt->set_nodes.next);
        rouse_i_node_unlink(&heap->link);
        if (heap->node.set && --heap->node.references == 0)
            heap_node_free(&heap->node);
        else
            heap->node.set = NULL;
    }
}

static struct heap_node *heap_node_new(struct rouse_runtime *rt)
{
    rouse_allocate allocate = rouse_i_allocator(rt);
    void *data = rt->options.allocate_data;
    struct heap_node *heap = allocate(data, NULL, 0, sizeof *heap);
    if (!heap)
        return NULL;
    *heap = (struct heap_node){
        .node = {.free = heap_node_free}, .allocate = allocate, .allocate_data = data};
    if (!rt->free_set_nodes)
        rouse_i_list_init(&rt->set_nodes);
    rt->free_set_nodes = free_set_nodes;
    rouse_i_list_append(&rt->set_nodes, &heap->link);
    return heap;
}

/* Gives a node to each member that has none, while there is memory. */
static rouse_status admit(struct rouse_set *set, struct rouse_runtime *rt)
{
    if (!rt)
        return ROUSE_ERR_NOT_SUPPORTED; /* a foreign executor has no allocator */
    while (set->added) {
        struct rouse_future *member = set->added;
        struct heap_node *heap = heap_node_new(rt);
        if (!heap)
            return ROUSE_ERR_NO_MEMORY;
        set->added = member->parent;
        member->parent = NULL;
        rouse_i_set_enter(set, &heap->node, member);
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
