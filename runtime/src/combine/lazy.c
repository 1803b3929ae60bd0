/* lazy.c: a future that makes its child at its first poll. */
#include <rouse/combine.h>

static struct rouse_polled lazy_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_lazy *self = (struct rouse_lazy *)(void *)f;
    if (!self->made)
        self->made = self->make(self->data);
    if (!self->made)
        return ROUSE_READY(ROUSE_ERR_NO_MEMORY);
    struct rouse_polled polled = rouse_poll(self->made, cx);
    if (polled.status == ROUSE_ITEM_)
        return rouse_item(f, self->made->item);
    rouse_i_carry(cx, self->made, f);
    return polled;
}

static void lazy_drop(struct rouse_future *f)
{
    rouse_drop(((struct rouse_lazy *)(void *)f)->made);
}

static const struct rouse_type rouse_lazy_type = {"rouse_lazy", __FILE__, sizeof(struct rouse_lazy),
                                                  lazy_poll, lazy_drop};

struct rouse_lazy rouse_lazy(rouse_make make, void *data)
{
    return ROUSE_FUTURE(rouse_lazy, .make = make, .data = data);
}
