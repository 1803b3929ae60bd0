/* task_tree.c: which task spawned which, in checked and traced builds.

   Invariant: every task that has not ended is in the list of its parent, or of the runtime. So a
   report can print the tree without memory. */
#include "walk.h"

#if ROUSE_KNOWS
void rouse_i_family_init(struct rouse_runtime *rt)
{
    rouse_i_list_init(&rt->family);
}

void rouse_i_family_begin(struct rouse_runtime *rt, struct rouse_task *task)
{
    struct rouse_task *parent = rt->current;
    if (parent && parent->state & TASK_DONE) /* code that its end woke is not its child */
        parent = NULL;
    task->birth = (struct rouse_i_birth){
        .site = rt->site, .parent = parent, .born_ns = rt->now, .id = (uint32_t)rt->spawned};
    rt->site = NULL;
    rouse_i_list_init(&task->birth.children);
    rouse_i_list_append(parent ? &parent->birth.children : &rt->family, &task->birth.sibling);
}

void rouse_i_family_end(struct rouse_runtime *rt, struct rouse_task *task)
{
    struct rouse_task *parent = task->birth.parent;
    struct rouse_i_node *children = &task->birth.children;
    while (!rouse_i_list_is_empty(children)) {
        struct rouse_task *child =
            ROUSE_I_CONTAINER(children->next, struct rouse_task, birth.sibling);
        rouse_i_node_unlink(&child->birth.sibling);
        child->birth.parent = parent;
        rouse_i_list_append(parent ? &parent->birth.children : &rt->family, &child->birth.sibling);
    }
    rouse_i_node_unlink(&task->birth.sibling);
}

struct rouse_task *rouse_i_walk_next(struct rouse_runtime *rt, struct rouse_i_walk *walk)
{
    struct rouse_task *task = walk->task;
    struct rouse_i_node *head = task ? &task->birth.children : &rt->family, *node = head->next;
    walk->depth += task != NULL;
    while (node == head) {
        if (!task)
            return NULL;
        node = task->birth.sibling.next;
        task = task->birth.parent;
        head = task ? &task->birth.children : &rt->family;
        walk->depth--;
    }
    walk->task = ROUSE_I_CONTAINER(node, struct rouse_task, birth.sibling);
    return walk->task;
}
#endif
