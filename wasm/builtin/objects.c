/* objects.c: locks and channels for JavaScript. The items of a channel are handles of values. */
#include "../js/js_host.h"
#include <rouse/rouse.h>

#include <stdlib.h>

enum object_kind { MUTEX, SEMAPHORE, CHANNEL };
enum request { TRY_LOCK, UNLOCK, TRY_ACQUIRE, RELEASE, TRY_SEND, TRY_RECV, CLOSE, FREE };

struct object {
    union {
        struct rouse_mutex mutex;
        struct rouse_semaphore semaphore;
        struct rouse_channel channel;
    };
    uint32_t items[];
};

struct object *EXPORT(rouse_js_object)(int32_t kind, uint32_t n);
int32_t EXPORT(rouse_js_request)(struct object *object, int32_t request, uint32_t n);

struct object *rouse_js_object(int32_t kind, uint32_t n)
{
    size_t room = kind == CHANNEL ? n : 0;
    struct object *object = NULL;
    if (room < UINT32_MAX / 8)
        object = calloc(1, sizeof *object + room * sizeof object->items[0]);
    if (!object)
        return NULL;
    if (kind == MUTEX)
        rouse_mutex_init(&object->mutex);
    else if (kind == SEMAPHORE)
        rouse_semaphore_init(&object->semaphore, n);
    else
        rouse_channel_init(&object->channel, object->items, sizeof object->items[0], n);
    return object;
}

static int32_t try_recv(struct object *object)
{
    uint32_t item;
    rouse_status status = rouse_try_recv(&object->channel, &item);
    return status < 0 ? status : (int32_t)item;
}

/* Operations that do not wait. Gives a status, 1 for yes, or an item, which is never negative. */
int32_t rouse_js_request(struct object *object, int32_t request, uint32_t n)
{
    switch ((enum request)request) {
    case TRY_LOCK:
        return rouse_mutex_try_lock(&object->mutex);
    case UNLOCK:
        rouse_mutex_unlock(&object->mutex);
        break;
    case TRY_ACQUIRE:
        return rouse_semaphore_try_acquire(&object->semaphore, n);
    case RELEASE:
        rouse_semaphore_release(&object->semaphore, n);
        break;
    case TRY_SEND:
        return rouse_try_send(&object->channel, &n);
    case TRY_RECV:
        return try_recv(object);
    case CLOSE:
        rouse_channel_close(&object->channel);
        break;
    case FREE:
        free(object);
        break;
    }
    return ROUSE_OK;
}
