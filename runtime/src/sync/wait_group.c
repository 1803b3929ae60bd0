/* wait_group.c: a count of work under way, and waiting until it is 0. */
#include "waiters.h"

void rouse_wait_group_init(struct rouse_wait_group *group)
{
    *group = (struct rouse_wait_group){0};
    rouse_i_list_init(&group->waiters);
}

void rouse_wait_group_add(struct rouse_wait_group *group, size_t n)
{
    group->count += n;
}

void rouse_i_wait_group_done(struct rouse_wait_group *group, const char *place)
{
    if (group->count == 0)
        rouse_i_misuse(place, "rouse_wait_group_done more often than was added");
    if (--group->count == 0)
        rouse_i_wake_all(&group->waiters, ROUSE_I_RELEASED);
}

void(rouse_wait_group_done)(struct rouse_wait_group *group)
{
    rouse_i_wait_group_done(group, NULL);
}

static struct rouse_polled wait_group_wait_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_wait_group_wait *self = (struct rouse_wait_group_wait *)(void *)f;
    if (self->group->count == 0 || self->waiter.state == ROUSE_I_RELEASED)
        return rouse_i_waiter_done(&self->waiter, ROUSE_OK);
    return rouse_i_waiter_wait(&self->group->waiters, &self->waiter, cx);
}

static void wait_group_wait_drop(struct rouse_future *f)
{
    rouse_i_waiter_leave(&((struct rouse_wait_group_wait *)(void *)f)->waiter);
}

const struct rouse_type rouse_wait_group_wait_type = {"rouse_wait_group_wait", __FILE__,
                                                      sizeof(struct rouse_wait_group_wait),
                                                      wait_group_wait_poll, wait_group_wait_drop};

struct rouse_wait_group_wait rouse_wait_group_wait(struct rouse_wait_group *group)
{
    return ROUSE_FUTURE(rouse_wait_group_wait, .group = group);
}
