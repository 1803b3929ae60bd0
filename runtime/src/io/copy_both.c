/* copy_both.c: two copies in opposite directions. Each shuts its writer down at its end, and the
   other goes on. */
#include <rouse/buffered.h>

static struct rouse_polled way_poll(struct rouse_i_copy_way *way, struct rouse_context *cx)
{
    if (!rouse_is_done(&way->copy.future)) {
        struct rouse_polled polled = rouse_poll(&way->copy.future, cx);
        if (polled.status != ROUSE_OK)
            return polled;
        way->shutdown = rouse_shutdown(way->copy.to);
    }
    if (rouse_is_done(&way->shutdown.future))
        return ROUSE_READY(ROUSE_OK);
    return rouse_poll(&way->shutdown.future, cx);
}

static void copy_both_drop(struct rouse_future *f)
{
    struct rouse_copy_both *self = (struct rouse_copy_both *)(void *)f;
    for (int i = 0; i < 2; i++) {
        rouse_drop(&self->ways[i].copy.future);
        rouse_drop(&self->ways[i].shutdown.future);
    }
}

static struct rouse_polled copy_both_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_copy_both *self = (struct rouse_copy_both *)(void *)f;
    struct rouse_polled there = way_poll(&self->ways[0], cx), back = {ROUSE_OK};
    if (there.status >= 0)
        back = way_poll(&self->ways[1], cx);
    self->there = self->ways[0].copy.out;
    self->back = self->ways[1].copy.out;
    struct rouse_polled polled = there.status < 0 || rouse_is_pending(there) ? there : back;
    if (back.status < 0)
        polled = back;
    if (polled.status < 0)
        copy_both_drop(f);
    return polled;
}

static const struct rouse_type rouse_copy_both_type = {
    "rouse_copy_both", __FILE__, sizeof(struct rouse_copy_both), copy_both_poll, copy_both_drop};

struct rouse_copy_both rouse_copy_both(struct rouse_buffered_reader *from_here,
                                       struct rouse_writer *to_there,
                                       struct rouse_buffered_reader *from_there,
                                       struct rouse_writer *to_here)
{
    return ROUSE_FUTURE(rouse_copy_both, .ways = {{.copy = rouse_copy(from_here, to_there)},
                                                  {.copy = rouse_copy(from_there, to_here)}});
}
