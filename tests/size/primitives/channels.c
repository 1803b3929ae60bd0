#include "use.h"

#if defined USE_channel
USE(struct rouse_channel ch; int slots[4]; int n; struct rouse_send send; struct rouse_recv recv;)
{
    ROUSE_BEGIN;
    rouse_channel_init(&self->ch, self->slots, sizeof(int), 4);
    ROUSE_AWAIT(self->send, rouse_send(&self->ch, &self->n));
    ROUSE_AWAIT(self->recv, rouse_recv(&self->ch, &self->n));
    ROUSE_END;
}
#elif defined USE_unbounded
USE(struct rouse_channel ch; int n; struct rouse_recv recv;)
{
    ROUSE_BEGIN;
    rouse_channel_init_unbounded(&self->ch, cx->runtime, sizeof(int));
    (void)rouse_try_send(&self->ch, &self->n);
    ROUSE_AWAIT(self->recv, rouse_recv(&self->ch, &self->n));
    ROUSE_FINALLY;
    rouse_channel_drop(&self->ch);
    ROUSE_END;
}
#elif defined USE_permit
USE(struct rouse_channel ch; int slots[4]; int n; struct rouse_reserve reserve;)
{
    ROUSE_BEGIN;
    rouse_channel_init(&self->ch, self->slots, sizeof(int), 4);
    ROUSE_AWAIT(self->reserve, rouse_reserve(&self->ch));
    rouse_permit_send(&self->ch, &self->n);
    ROUSE_END;
}
#elif defined USE_oneshot
USE(struct rouse_oneshot reply; int slot, n; struct rouse_oneshot_recv recv;)
{
    ROUSE_BEGIN;
    rouse_oneshot_init(&self->reply, &self->slot, sizeof(int));
    (void)rouse_oneshot_send(&self->reply, &self->n);
    ROUSE_AWAIT(self->recv, rouse_oneshot_recv(&self->reply, &self->n));
    ROUSE_END;
}
#elif defined USE_broadcast
USE(struct rouse_broadcast all; int slots[4]; int n; struct rouse_broadcast_receiver me;
    struct rouse_broadcast_recv recv;)
{
    ROUSE_BEGIN;
    rouse_broadcast_init(&self->all, self->slots, sizeof(int), 4);
    rouse_broadcast_receiver_init(&self->me, &self->all);
    (void)rouse_broadcast_send(&self->all, &self->n);
    ROUSE_AWAIT(self->recv, rouse_broadcast_recv(&self->me, &self->n));
    ROUSE_END;
}
#elif defined USE_watch
USE(struct rouse_watch latest; int slot, n; struct rouse_watch_receiver me;
    struct rouse_watch_changed changed;)
{
    ROUSE_BEGIN;
    rouse_watch_init(&self->latest, &self->slot, sizeof(int), &self->n);
    rouse_watch_receiver_init(&self->me, &self->latest);
    rouse_watch_set(&self->latest, &self->n);
    ROUSE_AWAIT(self->changed, rouse_watch_changed(&self->me, &self->n));
    ROUSE_END;
}
#endif

USE_MAIN
