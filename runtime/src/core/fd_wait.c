/* fd_wait.c: the table of descriptors that futures wait for, and a future that only waits.

     FREE --begin_wait--> WAITING --rouse_host_fd_ready--> READY --end_wait--> FREE

   Invariant: WAITING means that the host looks for it; READY, that the host has answered and the
   future has not taken the answer yet. Freeing a place begins its next generation, so a late answer
   finds nothing. Places move when the table grows: keep the number of a place, not its address. */
#include "fd_wait.h"
#include "executor.h"
#include <rouse/host.h>
#include <string.h>

/* Links the names of all statuses: descriptors fail with some that status_brief.c lacks. */
__attribute__((used)) static const char *(*const link_all_names)(rouse_status) = rouse_status_name;

enum { FREE, WAITING, READY };
struct rouse_i_fd_place {
    struct rouse_waker waker;
    int fd;
    uint32_t generation, next_free;
    rouse_status status;
    uint8_t state;
    bool writing;
};

static struct rouse_i_fd_place *place_of(const struct rouse_runtime *rt, uint64_t id)
{
    uint32_t number = (uint32_t)id;
    if (number == 0 || number > rt->fds.capacity)
        return NULL;
    struct rouse_i_fd_place *place = &rt->fds.places[number - 1];
    return place->generation == (uint32_t)(id >> 32) && place->state != FREE ? place : NULL;
}

/* ---- For hosts ----------------------------------------------------------------------------- */

size_t rouse_host_waits(const struct rouse_runtime *rt)
{
    return rt->fds.waiting;
}

bool rouse_host_next_wait(const struct rouse_runtime *rt, uint32_t *at, struct rouse_fd_wait *wait)
{
    for (; *at < rt->fds.capacity; ++*at) {
        const struct rouse_i_fd_place *place = &rt->fds.places[*at];
        if (place->state != WAITING)
            continue;
        ++*at;
        *wait = (struct rouse_fd_wait){(uint64_t)place->generation << 32 | *at, place->fd,
                                       place->writing};
        return true;
    }
    return false;
}

void rouse_host_fd_ready(struct rouse_runtime *rt, uint64_t id, rouse_status status)
{
    struct rouse_i_fd_place *place = place_of(rt, id);
    if (!place || place->state != WAITING)
        return;
    place->state = READY;
    place->status = status;
    rt->fds.waiting--;
}

void rouse_i_fds_wake(struct rouse_runtime *rt)
{
    for (uint32_t i = 0; i < rt->fds.capacity; i++)
        if (rt->fds.places[i].state == READY) {
            struct rouse_waker waker = rt->fds.places[i].waker;
            rt->fds.places[i].waker = (struct rouse_waker){0};
            rouse_waker_wake(&waker);
        }
}

void rouse_i_fds_look(struct rouse_runtime *rt)
{
    rt->host->calls->look(rt->host);
    rouse_i_fds_wake(rt);
}

/* ---- Places -------------------------------------------------------------------------------- */

static rouse_status grow(struct rouse_runtime *rt)
{
    struct rouse_i_fds *fds = &rt->fds;
    uint32_t capacity = fds->capacity ? fds->capacity * 2 : 4;
    size_t size = sizeof *fds->places;
    struct rouse_i_fd_place *places =
        rouse_i_allocator(rt)(rt->options.allocate_data, NULL, 0, capacity * size);
    if (!places)
        return ROUSE_ERR_NO_MEMORY;
    memset(places, 0, capacity * size);
    if (fds->capacity) {
        memcpy(places, fds->places, fds->capacity * size);
        rouse_i_allocator(rt)(rt->options.allocate_data, fds->places, fds->capacity * size, 0);
    }
    for (uint32_t i = capacity; i-- > fds->capacity;) {
        places[i].next_free = fds->free;
        fds->free = i + 1;
    }
    fds->places = places;
    fds->capacity = capacity;
    return ROUSE_OK;
}

void rouse_i_fds_drop(struct rouse_runtime *rt)
{
    struct rouse_i_fds *fds = &rt->fds;
    for (uint32_t i = 0; i < fds->capacity; i++)
        rouse_waker_drop(&fds->places[i].waker);
    rouse_i_allocator(rt)(rt->options.allocate_data, fds->places,
                          fds->capacity * sizeof *fds->places, 0);
    *fds = (struct rouse_i_fds){0};
}

static rouse_status reserve(struct rouse_runtime *rt)
{
    struct rouse_host *host = rt->host;
    if (!host->calls->reserve && (void *)host == (void *)rt->host_memory)
        rouse_host_use_fds(host);
    if (!host->calls->reserve)
        return ROUSE_ERR_NOT_SUPPORTED;
    return host->calls->reserve(host, rt->fds.waiting + 1);
}

static rouse_status begin_wait(struct rouse_runtime *rt, struct rouse_i_fd_use *use, int fd,
                               bool writing)
{
    rouse_status status = rt ? reserve(rt) : ROUSE_ERR_NOT_SUPPORTED;
    if (status == ROUSE_OK && !rt->fds.free)
        status = grow(rt);
    if (status < 0)
        return status;
    uint32_t number = rt->fds.free;
    struct rouse_i_fd_place *place = &rt->fds.places[number - 1];
    rt->fds.free = place->next_free;
    rt->fds.waiting++;
    place->state = WAITING;
    place->fd = fd;
    place->writing = writing;
    *use = (struct rouse_i_fd_use){rt, (uint64_t)place->generation << 32 | number};
    return ROUSE_OK;
}

static void end_wait(struct rouse_i_fd_use *use, struct rouse_i_fd_place *place)
{
    struct rouse_i_fds *fds = &use->runtime->fds;
    struct rouse_waker waker = place->waker;
    fds->waiting -= place->state == WAITING;
    place->waker = (struct rouse_waker){0};
    place->state = FREE;
    place->generation++;
    place->next_free = fds->free;
    fds->free = (uint32_t)use->id;
    use->id = 0;
    rouse_waker_drop(&waker);
}

struct rouse_polled rouse_i_fd_wait(struct rouse_i_fd_use *use, struct rouse_context *cx, int fd,
                                    bool writing)
{
    if (!use->id) {
        rouse_status status = begin_wait(cx->runtime, use, fd, writing);
        if (status < 0)
            return ROUSE_READY(status);
    }
    struct rouse_i_fd_place *place = place_of(use->runtime, use->id);
    if (place->state == READY) {
        rouse_status status = place->status;
        end_wait(use, place);
        return ROUSE_READY(status);
    }
    rouse_waker_store(&place->waker, cx);
    return ROUSE_PENDING;
}

/* If the runtime has ended first, there is no place any more. */
void rouse_i_fd_leave(struct rouse_i_fd_use *use)
{
    struct rouse_i_fd_place *place = use->id ? place_of(use->runtime, use->id) : NULL;
    if (place)
        end_wait(use, place);
}

/* ---- The future ---------------------------------------------------------------------------- */

static struct rouse_polled fd_ready_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_fd_ready *self = (struct rouse_fd_ready *)(void *)f;
    return rouse_i_fd_wait(&self->use, cx, self->fd, self->writing);
}

static void fd_ready_drop(struct rouse_future *f)
{
    rouse_i_fd_leave(&((struct rouse_fd_ready *)(void *)f)->use);
}

static const struct rouse_type rouse_fd_ready_type = {
    "rouse_fd_ready", __FILE__, sizeof(struct rouse_fd_ready), fd_ready_poll, fd_ready_drop};

struct rouse_fd_ready rouse_readable(int fd)
{
    return ROUSE_FUTURE(rouse_fd_ready, .fd = fd);
}

struct rouse_fd_ready rouse_writable(int fd)
{
    return ROUSE_FUTURE(rouse_fd_ready, .fd = fd, .writing = true);
}
