/* node.h: a place in a doubly linked list, inside the struct that is listed. */
#ifndef ROUSE_PRIVATE_NODE_H
#define ROUSE_PRIVATE_NODE_H

struct rouse_i_node {
    struct rouse_i_node *next, *prev;
};

#endif
