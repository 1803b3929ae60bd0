/* set.c: a set of futures that come and go. Each member has a node, and its node is its waker.

     added --rouse_set_next--> READY --poll_member, pending--> IDLE --node_wake--> READY ...
                                 |                              |
                                 +------ done or removed: node_leave ------> out of the set

   A node lives until its member has left and its last waker is gone.
   Invariant: one poll of the set polls each member at most once; a member woken meanwhile waits for
   the next poll. So a poll costs as much as the members that were woken, also in nested sets. */
#include "set.h"

/* ---- Nodes and their wakers ---------------------------------------------------------------- */

static struct rouse_set_node *node_of(struct rouse_i_node *link)
{
    return ROUSE_I_CONTAINER(link, struct rouse_set_node, link);
}

static void node_release(struct rouse_set_node *node)
{
    if (--node->references == 0 && node->free)
        node->free(node);
}

static void node_wake(void *data)
{
    struct rouse_set_node *node = data;
    struct rouse_set *set = node->set;
    if (!set || node->ready)
        return;
    node->ready = true;
    rouse_i_node_unlink(&node->link);
    rouse_i_list_append(&set->ready, &node->link);
    rouse_waker_wake(&set->waker);
}

static void node_waker_wake(void *data)
{
    node_wake(data);
    node_release(data);
}

static void node_waker_drop(void *data)
{
    node_release(data);
}

static struct rouse_waker node_waker_clone(void *data);

static const struct rouse_waker_table node_wakers = {node_waker_clone, node_waker_wake, node_wake,
                                                     node_waker_drop};

static struct rouse_waker node_waker_clone(void *data)
{
    ((struct rouse_set_node *)data)->references++;
    return (struct rouse_waker){&node_wakers, data};
}

/* ---- Coming and going ---------------------------------------------------------------------- */

void rouse_set_init(struct rouse_set *set)
{
    *set = (struct rouse_set){0};
    rouse_i_list_init(&set->idle);
    rouse_i_list_init(&set->ready);
}

size_t rouse_set_count(const struct rouse_set *set)
{
    return set->count;
}

/* The link to `member` in the chain of members that have no node yet; NULL: it is not there. */
static struct rouse_future **added_link(struct rouse_set *set, const struct rouse_future *member)
{
    struct rouse_future **link = &set->added;
    while (*link && *link != member)
        link = &(*link)->parent;
    return *link ? link : NULL;
}

static struct rouse_set_node *find_in(const struct rouse_i_node *list,
                                      const struct rouse_future *member)
{
    for (struct rouse_i_node *link = list->next; link != list; link = link->next)
        if (node_of(link)->member == member)
            return node_of(link);
    return NULL;
}

static struct rouse_set_node *find(const struct rouse_set *set, const struct rouse_future *member)
{
    struct rouse_set_node *node = find_in(&set->idle, member);
    return node ? node : find_in(&set->ready, member);
}

void rouse_i_set_check_new(struct rouse_set *set, const struct rouse_future *member)
{
    ROUSE_CHECK(!find(set, member) && !added_link(set, member),
                "added to a set that it is already in");
    (void)set, (void)member;
}

void rouse_i_set_enter(struct rouse_set *set, struct rouse_set_node *node,
                       struct rouse_future *member)
{
    node->set = set;
    node->member = member;
    node->references = 1;
    node->ready = true;
    rouse_i_list_append(&set->ready, &node->link);
}

void rouse_set_add_in(struct rouse_set *set, struct rouse_set_node *node,
                      struct rouse_future *member)
{
    rouse_i_set_check_new(set, member);
    if (node->references)
        rouse_i_bug(node->member, "rouse_set_add_in with a node that is still in use");
    rouse_i_set_enter(set, node, member);
    set->count++;
    rouse_waker_wake(&set->waker);
}

static void node_leave(struct rouse_set_node *node)
{
    node->set->count--;
    node->set = NULL;
    rouse_i_node_unlink(&node->link);
    node_release(node);
}

static bool remove_added(struct rouse_set *set, struct rouse_future *member)
{
    struct rouse_future **link = added_link(set, member);
    if (!link)
        return false;
    if (set->added_last == member)
        set->added_last =
            link == &set->added ? NULL : ROUSE_I_CONTAINER(link, struct rouse_future, parent);
    *link = member->parent;
    member->parent = NULL;
    set->count--;
    return true;
}

bool rouse_set_remove(struct rouse_set *set, struct rouse_future *member)
{
    struct rouse_set_node *node = find(set, member);
    if (node)
        node_leave(node);
    else if (!remove_added(set, member))
        return false;
    rouse_waker_wake(&set->waker); /* it may have been the last */
    return true;
}

static struct rouse_future *any_member(const struct rouse_set *set)
{
    if (!rouse_i_list_is_empty(&set->idle))
        return node_of(set->idle.next)->member;
    if (!rouse_i_list_is_empty(&set->ready))
        return node_of(set->ready.next)->member;
    return set->added;
}

void rouse_set_drop(struct rouse_set *set)
{
    if (!set->count)
        return;
    if (set->polling)
        rouse_i_bug(&set->waiting->future, "rouse_set_drop by a member of the set");
    while (set->count) {
        struct rouse_future *member = any_member(set);
        rouse_set_remove(set, member);
        rouse_drop(member);
    }
}

/* ---- Next ---------------------------------------------------------------------------------- */

/* One poll of a member that was woken. True when it is done, or has an item. */
static bool poll_member(struct rouse_set_node *node, struct rouse_context *cx)
{
    struct rouse_future *member = node->member;
    struct rouse_set *set = node->set;
    rouse_i_node_unlink(&node->link); /* before the poll: it may wake itself */
    rouse_i_list_append(&set->idle, &node->link);
    node->ready = false;
    cx->waker = node_waker_clone(node); /* keeps the node: it may remove itself */
    if (!rouse_is_done(member) && rouse_is_pending(rouse_poll(member, cx))) {
        node_release(node);
        return false;
    }
    bool left = node->set != set;
    if (!left && rouse_is_done(member))
        node_leave(node);
    else
        node_wake(node); /* a stream: its next item */
    node_release(node);
    return !left;
}

/* Polls every member that was woken before this poll, until one is done. Stops when the budget is
   used up: the others could do nothing but yield, one by one. */
static struct rouse_future *poll_ready(struct rouse_set *set, struct rouse_context *cx)
{
    struct rouse_set_node end = {.member = &set->waiting->future}; /* no member of it */
    struct rouse_waker own = cx->waker;
    struct rouse_future *member = NULL;
    bool done = false;
    rouse_i_list_append(&set->ready, &end.link);
    set->polling = true;
    while (!done && set->ready.next != &end.link) {
        member = node_of(set->ready.next)->member;
        done = poll_member(node_of(set->ready.next), cx);
        if (cx->budget == 1)
            break;
    }
    set->polling = false;
    rouse_i_node_unlink(&end.link);
    cx->waker = own;
    return done ? member : NULL;
}

static rouse_status admit(struct rouse_set *set, struct rouse_context *cx)
{
    return set->added ? set->admit(set, cx->runtime) : ROUSE_OK;
}

static struct rouse_polled set_next_end(struct rouse_set_next *self, rouse_status status)
{
    self->set->waiting = NULL;
    rouse_waker_drop(&self->set->waker);
    return ROUSE_READY(status);
}

static struct rouse_polled set_next_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_set_next *self = (struct rouse_set_next *)(void *)f;
    struct rouse_set *set = self->set;
    if (set->waiting && set->waiting != self)
        rouse_i_bug(f, "two futures wait for the next member of one set");
    set->waiting = self;
    rouse_waker_drop(&set->waker); /* members woken by these polls are found in `ready` below */
    rouse_status status = admit(set, cx);
    self->out = poll_ready(set, cx);
    if (self->out)
        return set_next_end(self, ROUSE_OK);
    if (!set->count)
        return set_next_end(self, ROUSE_ERR_CLOSED);
    if (status == ROUSE_OK) /* members may have added others */
        status = admit(set, cx);
    if (status < 0)
        return set_next_end(self, status);
    if (rouse_i_list_is_empty(&set->ready))
        rouse_waker_store(&set->waker, cx);
    else
        rouse_i_wake_self(cx);
    return ROUSE_PENDING;
}

static void set_next_drop(struct rouse_future *f)
{
    (void)set_next_end((struct rouse_set_next *)(void *)f, ROUSE_OK);
}

const struct rouse_type rouse_set_next_type = {
    "rouse_set_next", __FILE__, sizeof(struct rouse_set_next), set_next_poll, set_next_drop};

ROUSE_MAKER_FUNCTION_(rouse_set_next, rouse_set_next)(struct rouse_set *set)
{
    return rouse_set_next(set);
}
