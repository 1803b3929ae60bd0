/* unbounded.c: a ring that grows, so that no sender waits. It doubles, so a send costs the same on
   average however many items there are. */
#include <rouse/channel.h>

#include "../sync/acquire.h"
#include "../core/executor.h"
#include <string.h>

enum { FIRST_CAPACITY = 8 };

static void *reallocate(struct rouse_channel *channel, size_t capacity)
{
    const struct rouse_runtime *rt = channel->runtime;
    return rouse_i_allocator(rt)(rt->options.allocate_data, channel->storage,
                                 channel->capacity * channel->item_size,
                                 capacity * channel->item_size);
}

/* Items that had wrapped to the beginning move behind the old end; they all fit, for the new ring
   has at least twice the size. */
static void unwrap(struct rouse_channel *channel, size_t old_capacity)
{
    size_t end = (size_t)channel->head + channel->count;
    if (end > old_capacity)
        memcpy(channel->storage + old_capacity * channel->item_size, channel->storage,
               (end - old_capacity) * channel->item_size);
}

static bool channel_grow(struct rouse_channel *channel, uint32_t n)
{
    struct rouse_semaphore *room = &channel->room;
    uint32_t old = channel->capacity;
    size_t capacity = old ? 2 * (size_t)old : FIRST_CAPACITY;
    if (capacity - old + room->permits < n)
        capacity = old + (size_t)n;
    if (capacity > ROUSE_SEMAPHORE_MAX ||
        (channel->item_size && capacity > SIZE_MAX / 2 / channel->item_size))
        return false;
    if (channel->item_size) {
        void *storage = reallocate(channel, capacity);
        if (!storage)
            return false;
        channel->storage = storage;
        unwrap(channel, old);
    }
    channel->capacity = room->limit = (uint32_t)capacity;
    room->permits += (uint32_t)capacity - old;
    return true;
}

void rouse_channel_init_unbounded(struct rouse_channel *channel, struct rouse_runtime *rt,
                                  size_t item_size)
{
    rouse_channel_init(channel, NULL, item_size, 0);
    channel->runtime = rt;
    channel->grow = channel_grow;
}

void rouse_channel_drop(struct rouse_channel *channel)
{
    if (!channel->receivers.next)
        return;                /* zero: never initialised */
    if (channel->capacity > 0) /* at a rendezvous the `count` items are in no slot */
        channel->room.permits += channel->count;
    channel->count = channel->head = 0;
    if (channel->storage && channel->grow)
        reallocate(channel, 0);
    if (channel->grow) {
        channel->grow = NULL;
        channel->storage = NULL;
        channel->capacity = 0;
    }
    rouse_channel_close(channel);
}
