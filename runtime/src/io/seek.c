/* seek.c: moves to another position. */
#include "io_user.h"

static struct rouse_polled seek_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_seek *self = (struct rouse_seek *)(void *)f;
    struct rouse_seeker *seeker = self->seeker;
    if (!seeker->calls)
        rouse_i_bug(f, "a seeker was never initialised");
    rouse_i_io_claim(&seeker->user, f);
    struct rouse_polled polled =
        seeker->calls->seek(seeker, cx, self->offset, self->whence, &self->out);
    if (!rouse_is_pending(polled))
        rouse_waker_drop(&seeker->user.waker);
    return rouse_i_io_settle(&seeker->user, polled);
}

static void seek_drop(struct rouse_future *f)
{
    struct rouse_seeker *seeker = ((struct rouse_seek *)(void *)f)->seeker;
    seeker->user.future = NULL;
    rouse_waker_drop(&seeker->user.waker);
    if (seeker->calls->cancel)
        seeker->calls->cancel(seeker);
}

static const struct rouse_type rouse_seek_type = {"rouse_seek", __FILE__, sizeof(struct rouse_seek),
                                                  seek_poll, seek_drop};

struct rouse_seek rouse_seek(struct rouse_seeker *seeker, int64_t offset, enum rouse_whence whence)
{
    return ROUSE_FUTURE(rouse_seek, .seeker = seeker, .offset = offset, .whence = whence);
}
