/* combine.c: join. */
#include <rouse/combine.h>

static struct rouse_future *const *join_list(const struct rouse_join *self)
{
    return self->borrowed ? self->borrowed : self->copied;
}

static struct rouse_polled join_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_join *self = (struct rouse_join *)(void *)f;
    struct rouse_future *const *list = join_list(self);
    size_t pending = 0;
    for (size_t i = 0; i < self->count; i++)
        if (!rouse_is_done(list[i]) && rouse_is_pending(rouse_poll(list[i], cx)))
            pending++;
    return pending ? ROUSE_PENDING : ROUSE_READY(ROUSE_OK);
}

static void join_drop(struct rouse_future *f)
{
    struct rouse_join *self = (struct rouse_join *)(void *)f;
    for (size_t i = 0; i < self->count; i++)
        rouse_drop(join_list(self)[i]);
}

static const struct rouse_type rouse_join_type = {"rouse_join", __FILE__, sizeof(struct rouse_join),
                                                  join_poll, join_drop};

struct rouse_join rouse_join(struct rouse_future *const *list, size_t count)
{
    struct rouse_join join = ROUSE_FUTURE(rouse_join, .count = count);
    if (count > ROUSE_LIST_MAX)
        join.borrowed = list;
    else
        for (size_t i = 0; i < count; i++)
            join.copied[i] = list[i];
    return join;
}
