/* reserve.c: permits to send. A permit is a slot of the ring that is taken but not filled yet. */
#include "ring.h"

/* A wait for more than the capacity would never end. A rendezvous has no slots at all: its line
   holds items. */
static bool never_fits(const struct rouse_channel *channel, size_t n)
{
    bool bounded = !channel->grow && !channel->room.closed;
    return bounded && (n > channel->capacity || channel->capacity == 0);
}

static struct rouse_polled reserve_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_reserve *self = (struct rouse_reserve *)(void *)f;
    struct rouse_channel *channel = self->channel;
    if (never_fits(channel, self->waiter.wants))
        return ROUSE_READY(ROUSE_ERR_INVALID);
    if (!rouse_i_channel_has_room(channel, self->waiter.wants))
        return ROUSE_READY(ROUSE_ERR_NO_MEMORY);
    return rouse_i_channel_room_poll(channel, &self->waiter, cx);
}

static void reserve_drop(struct rouse_future *f)
{
    struct rouse_reserve *self = (struct rouse_reserve *)(void *)f;
    rouse_i_channel_leave_room(self->channel, &self->waiter);
}

const struct rouse_type rouse_reserve_type = {
    "rouse_reserve", __FILE__, sizeof(struct rouse_reserve), reserve_poll, reserve_drop};

ROUSE_MAKER_FUNCTION_(rouse_reserve, rouse_reserve)(struct rouse_channel *channel)
{
    return rouse_reserve(channel);
}

struct rouse_reserve rouse_reserve_many(struct rouse_channel *channel, size_t n)
{
    return ROUSE_FUTURE(rouse_reserve, .waiter.wants = rouse_i_permits(n), .channel = channel);
}

rouse_status rouse_try_reserve(struct rouse_channel *channel, size_t n)
{
    if (never_fits(channel, n))
        return ROUSE_ERR_INVALID;
    return rouse_i_channel_try_take_room(channel, rouse_i_permits(n));
}

/* The slots that are taken hold items or belong to permits. An unbounded channel that was dropped
   has no slots any more, but its limit says how many there were. */
static void check_permits(const struct rouse_channel *channel, size_t n, const char *place)
{
    if (channel->room.limit == 0 || n > rouse_i_permits_taken(&channel->room) - channel->count)
        rouse_i_misuse(place, "used or released a permit to send that was not reserved");
}

void rouse_i_permit_send(struct rouse_channel *channel, const void *item, const char *place)
{
    check_permits(channel, 1, place);
    if (channel->capacity == 0) /* dropped: the item with it */
        rouse_i_channel_free_room(channel, 1);
    else
        rouse_i_channel_push(channel, item);
}

void rouse_i_permit_release(struct rouse_channel *channel, size_t n, const char *place)
{
    check_permits(channel, n, place);
    rouse_i_channel_free_room(channel, (uint32_t)n);
}

void(rouse_permit_send)(struct rouse_channel *channel, const void *item)
{
    rouse_i_permit_send(channel, item, NULL);
}

void(rouse_permit_release)(struct rouse_channel *channel, size_t n)
{
    rouse_i_permit_release(channel, n, NULL);
}
