/* fd_wait.c: the table of descriptors that futures wait for, and a future that only waits.

     FREE --begin_wait--> WAITING --answer--> ANSWERED --wake--> WOKEN --end_wait--> FREE
                             |                   |
                             +--drop--> FREE     +--drop--> GONE --wake--> FREE

   `answer` is the host's, `wake` comes at the beginning of the next turn.

   Invariant: a place is in one list at most: a FREE one in `free`, a WAITING one in the bucket of
   its descriptor, an ANSWERED or GONE one in `answered`. Freeing a place begins its next
   generation, so a late answer finds nothing. Places move when the table grows: keep the number of
   a place, not its address. */
#include "fd_wait.h"
#include "executor.h"
#include <rouse/host.h>
#include <string.h>

/* Links the names of all statuses: descriptors fail with some that status_brief.c lacks. */
__attribute__((used)) static const char *(*const link_all_names)(rouse_status) = rouse_status_name;

enum { FREE, WAITING, ANSWERED, WOKEN, GONE };
enum { TURNS_PER_LOOK = 32 };
struct rouse_i_fd_place {
    struct rouse_waker waker;
    int fd;
    uint32_t generation, next; /* next: in the list that it is in */
    rouse_status status;
    uint8_t state;
    bool writing;
};

static uint64_t id_of(const struct rouse_i_fds *fds, const struct rouse_i_fd_place *place)
{
    return (uint64_t)place->generation << 32 | (uint64_t)(place - fds->places + 1);
}

/* The place of a wait that is not over; NULL: the id is late. */
static struct rouse_i_fd_place *place_of(const struct rouse_runtime *rt, uint64_t id)
{
    uint32_t number = (uint32_t)id;
    if (number == 0 || number > rt->fds.capacity)
        return NULL;
    struct rouse_i_fd_place *place = &rt->fds.places[number - 1];
    bool live = place->state != FREE && place->state != GONE;
    return live && place->generation == (uint32_t)(id >> 32) ? place : NULL;
}

/* ---- Lists --------------------------------------------------------------------------------- */

static uint32_t *bucket_of(const struct rouse_i_fds *fds, int fd)
{
    return &fds->buckets[(uint32_t)fd & (fds->capacity - 1)];
}

static void push(struct rouse_i_fds *fds, uint32_t *list, struct rouse_i_fd_place *place)
{
    place->next = *list;
    *list = (uint32_t)(place - fds->places + 1);
}

static void leave_bucket(struct rouse_i_fds *fds, const struct rouse_i_fd_place *place)
{
    uint32_t *at = bucket_of(fds, place->fd), number = (uint32_t)(place - fds->places + 1);
    while (*at != number)
        at = &fds->places[*at - 1].next;
    *at = place->next;
}

static void add_answered(struct rouse_i_fds *fds, struct rouse_i_fd_place *place)
{
    uint32_t number = (uint32_t)(place - fds->places + 1);
    place->next = 0;
    if (fds->answered)
        fds->places[fds->last_answered - 1].next = number;
    else
        fds->answered = number;
    fds->last_answered = number;
}

static void give_back(struct rouse_i_fds *fds, struct rouse_i_fd_place *place)
{
    place->state = FREE;
    push(fds, &fds->free, place);
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
        *wait = (struct rouse_fd_wait){id_of(&rt->fds, place), place->fd, place->writing};
        return true;
    }
    return false;
}

static void answer(struct rouse_runtime *rt, struct rouse_i_fd_place *place, rouse_status status)
{
    leave_bucket(&rt->fds, place);
    add_answered(&rt->fds, place);
    place->state = ANSWERED;
    place->status = status;
    rt->fds.waiting--;
    if (!rt->awake)
        rouse_i_wake_host(rt);
}

void rouse_host_fd_ready(struct rouse_runtime *rt, uint64_t id, rouse_status status)
{
    struct rouse_i_fd_place *place = place_of(rt, id);
    if (place && place->state == WAITING)
        answer(rt, place, status);
}

unsigned rouse_host_fd_event(struct rouse_runtime *rt, int fd, unsigned directions,
                             rouse_status status)
{
    unsigned waited = 0;
    for (uint32_t next, number = rt->fds.capacity ? *bucket_of(&rt->fds, fd) : 0; number;
         number = next) {
        struct rouse_i_fd_place *place = &rt->fds.places[number - 1];
        unsigned direction = place->writing ? ROUSE_FD_WRITE : ROUSE_FD_READ;
        next = place->next;
        if (place->fd != fd || !(directions & direction))
            continue;
        waited |= direction;
        answer(rt, place, status);
    }
    return waited;
}

/* ---- For turns ----------------------------------------------------------------------------- */

/* A wake may drop any wait, and begin others: so the list is taken one by one. */
void rouse_i_fds_wake(struct rouse_runtime *rt)
{
    struct rouse_i_fds *fds = &rt->fds;
    while (fds->answered) {
        struct rouse_i_fd_place *place = &fds->places[fds->answered - 1];
        struct rouse_waker waker = place->waker;
        fds->answered = place->next;
        place->waker = (struct rouse_waker){0};
        if (place->state == GONE)
            give_back(fds, place);
        else
            place->state = WOKEN;
        rouse_waker_wake(&waker);
    }
}

void rouse_i_fds_look(struct rouse_runtime *rt)
{
    if (rt->host->calls->look)
        rt->host->calls->look(rt->host);
}

void rouse_i_fds_turn(struct rouse_runtime *rt)
{
    if (rt->fds.waiting && ++rt->fds.turns % TURNS_PER_LOOK == 0)
        rouse_i_fds_look(rt);
    rouse_i_fds_wake(rt);
}

/* ---- Places -------------------------------------------------------------------------------- */

enum { BYTES_PER_PLACE = sizeof(struct rouse_i_fd_place) + sizeof(uint32_t) };

/* Into larger tables: the waits into their new buckets, the places behind them into `free`. */
static void move_in(struct rouse_i_fds *fds, uint32_t old)
{
    for (uint32_t i = fds->capacity; i-- > old;)
        push(fds, &fds->free, &fds->places[i]);
    for (uint32_t i = 0; i < old; i++)
        if (fds->places[i].state == WAITING)
            push(fds, bucket_of(fds, fds->places[i].fd), &fds->places[i]);
}

static rouse_status grow(struct rouse_runtime *rt)
{
    struct rouse_i_fds *fds = &rt->fds, old = *fds;
    rouse_allocate allocate = rouse_i_allocator(rt);
    uint32_t more = old.capacity ? old.capacity * 2 : 4;
    void *block = allocate(rt->options.allocate_data, NULL, 0, more * (size_t)BYTES_PER_PLACE);
    if (!block)
        return ROUSE_ERR_NO_MEMORY;
    memset(block, 0, more * (size_t)BYTES_PER_PLACE);
    fds->places = block;
    fds->buckets = (uint32_t *)(void *)(fds->places + more);
    fds->capacity = more;
    if (old.capacity) {
        memcpy(fds->places, old.places, old.capacity * sizeof *old.places);
        allocate(rt->options.allocate_data, old.places, old.capacity * (size_t)BYTES_PER_PLACE, 0);
    }
    move_in(fds, old.capacity);
    return ROUSE_OK;
}

void rouse_i_fds_drop(struct rouse_runtime *rt)
{
    struct rouse_i_fds *fds = &rt->fds;
    for (uint32_t i = 0; i < fds->capacity; i++)
        rouse_waker_drop(&fds->places[i].waker);
    rouse_i_allocator(rt)(rt->options.allocate_data, fds->places,
                          fds->capacity * (size_t)BYTES_PER_PLACE, 0);
    *fds = (struct rouse_i_fds){0};
}

/* ---- Waits --------------------------------------------------------------------------------- */

static rouse_status reserve(struct rouse_runtime *rt)
{
    struct rouse_host *host = rt->host;
    if (!host->calls->reserve && (void *)host == (void *)rt->host_memory)
        rouse_host_use_fds(host);
    if (!host->calls->reserve)
        return ROUSE_ERR_NOT_SUPPORTED;
    rouse_status status = host->calls->reserve(host, rt->fds.waiting + 1);
    return status == ROUSE_OK && !rt->fds.free ? grow(rt) : status;
}

static rouse_status watch(struct rouse_runtime *rt, struct rouse_i_fd_use *use, int fd,
                          bool writing)
{
    if (fd < 0)
        return ROUSE_ERR_BAD_FD;
    rouse_status status = rt ? reserve(rt) : ROUSE_ERR_NOT_SUPPORTED;
    if (status == ROUSE_OK && rt->host->calls->watch)
        status = rt->host->calls->watch(rt->host, fd, writing, &use->watched);
    return status;
}

static void begin_wait(struct rouse_runtime *rt, struct rouse_i_fd_use *use, int fd, bool writing)
{
    struct rouse_i_fds *fds = &rt->fds;
    struct rouse_i_fd_place *place = &fds->places[fds->free - 1];
    fds->free = place->next;
    fds->waiting++;
    place->state = WAITING;
    place->fd = fd;
    place->writing = writing;
    push(fds, bucket_of(fds, fd), place);
    use->runtime = rt;
    use->id = id_of(fds, place);
}

static void end_wait(struct rouse_i_fd_use *use, struct rouse_i_fd_place *place)
{
    struct rouse_i_fds *fds = &use->runtime->fds;
    struct rouse_waker waker = place->waker;
    place->waker = (struct rouse_waker){0};
    place->generation++;
    use->id = 0;
    if (place->state == WAITING) {
        leave_bucket(fds, place);
        fds->waiting--;
    }
    if (place->state == ANSWERED)
        place->state = GONE;
    else
        give_back(fds, place);
    rouse_waker_drop(&waker);
}

struct rouse_polled rouse_i_fd_wait(struct rouse_i_fd_use *use, struct rouse_context *cx, int fd,
                                    bool writing)
{
    if (!use->id) {
        rouse_status status = watch(cx->runtime, use, fd, writing);
        if (status != ROUSE_OK)
            return ROUSE_READY(status == ROUSE_ERR_EMPTY ? ROUSE_OK : status);
        begin_wait(cx->runtime, use, fd, writing);
    }
    struct rouse_i_fd_place *place = place_of(use->runtime, use->id);
    if (place->state != WAITING) {
        rouse_status status = place->status;
        end_wait(use, place);
        return ROUSE_READY(status);
    }
    rouse_waker_store(&place->waker, cx);
    return ROUSE_PENDING;
}

/* There is no place any more when the runtime has ended first. */
void rouse_i_fd_leave(struct rouse_i_fd_use *use)
{
    struct rouse_i_fd_place *place = use->id ? place_of(use->runtime, use->id) : NULL;
    if (place)
        end_wait(use, place);
}

void rouse_i_fd_closed(struct rouse_i_fd_use *use)
{
    if (use->id)
        rouse_host_fd_ready(use->runtime, use->id, ROUSE_ERR_BAD_FD);
    use->watched = 0;
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
