/* waiters.c: the part of waiters.h that is not hot. */
#include "waiters.h"
#include "../core/executor.h"

#include "../base/text.h"

void rouse_i_wake_line(struct rouse_i_node *line, uint32_t state)
{
    struct rouse_i_node waiters;
    rouse_i_list_take(&waiters, line);
    for (struct rouse_i_node *node = waiters.next; node != &waiters; node = node->next)
        ROUSE_I_CONTAINER(node, struct rouse_i_waiter, node)->state = state;
    while (!rouse_i_list_is_empty(&waiters)) {
        struct rouse_i_waiter *waiter = rouse_i_first_waiter(&waiters);
        rouse_i_node_unlink(&waiter->node);
        rouse_waker_wake(&waiter->waker);
    }
}

void rouse_i_misuse(const char *place, const char *what)
{
    char buffer[300];
    struct rouse_i_text text = rouse_i_text(buffer, sizeof buffer);
    rouse_i_text_string(&text, what);
    rouse_i_text_string(&text, place ? "\n    at " : "");
    rouse_i_text_string(&text, place ? place : "");
    rouse_i_bug(NULL, buffer);
}
