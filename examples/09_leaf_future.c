/* Under the macros. "Not yet" begins in a leaf: its poll stores the waker and returns pending; the
   code that has the answer calls the waker. Here is one reader twice: as a state machine by hand,
   and with ROUSE_ASYNC, whose state is a source line. Rust: `impl Future` by hand, and what the
   compiler makes of an async fn. JS: the engine hides both. */
#include <rouse/rouse.h>
#include <stdio.h>

struct disk {
    bool ready;
    uint32_t sector[4];
    struct rouse_waker waiting;
};

static void disk_finish(struct disk *disk) /* the hardware's side */
{
    for (uint32_t i = 0; i < 4; i++)
        disk->sector[i] = 10 * i;
    disk->ready = true;
    rouse_waker_wake(&disk->waiting); /* last: the task that it wakes may use the disk */
}

static struct rouse_polled disk_poll(void *disk_data, struct rouse_context *cx)
{
    struct disk *disk = disk_data;
    if (disk->ready)
        return ROUSE_READY(ROUSE_OK);
    rouse_waker_store(&disk->waiting, cx); /* without it, no one would poll again */
    return ROUSE_PENDING;
}

static uint32_t sum(const uint32_t *n)
{
    return n[0] + n[1] + n[2] + n[3];
}

struct by_hand {
    struct rouse_future future;
    enum { START, WAITING_FOR_READ, PROCESSING, DONE } state;
    struct disk *disk;
    uint32_t out;
};

static struct rouse_polled by_hand_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct by_hand *self = (struct by_hand *)(void *)f;
    switch (self->state) {
    case START:
        printf("Start, then WaitingForRead\n");
        self->state = WAITING_FOR_READ;
        __attribute__((fallthrough));
    case WAITING_FOR_READ:
        if (rouse_is_pending(disk_poll(self->disk, cx)))
            return ROUSE_PENDING; /* the next poll comes back to this case */
        self->state = PROCESSING;
        __attribute__((fallthrough));
    case PROCESSING:
        printf("Processing %zu bytes, kept in the disk\n", sizeof self->disk->sector);
        self->out = sum(self->disk->sector);
        self->state = DONE;
        __attribute__((fallthrough));
    case DONE:
        printf("Done: keeps %zu bytes, the output\n", sizeof self->out);
    }
    return ROUSE_READY(ROUSE_OK);
}

static void by_hand_drop(struct rouse_future *f) /* cancelled: the disk must not wake it any more */
{
    rouse_waker_drop(&((struct by_hand *)(void *)f)->disk->waiting);
}

static const struct rouse_type by_hand_type = {"by_hand", __FILE__, sizeof(struct by_hand),
                                               by_hand_poll, by_hand_drop};

struct with_macros { /* the state is a line number in `future`; the child is the price */
    struct rouse_future future;
    struct disk *disk;
    struct rouse_poll_fn read; /* a ready-made leaf around disk_poll */
    uint32_t out;
};

ROUSE_ASYNC(with_macros)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->read, rouse_poll_fn(disk_poll, self->disk));
    ROUSE_RETURN(sum(self->disk->sector));
    ROUSE_FINALLY;
    rouse_waker_drop(&self->disk->waiting);
    ROUSE_END;
}

struct demo {
    struct rouse_future future;
    struct disk disks[2];
    struct by_hand a;
    struct with_macros b;
    struct rouse_poll_once once;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->a, ROUSE_FUTURE(by_hand, .disk = &self->disks[0]));
    ROUSE_PUT(self->b, ROUSE_FUTURE(with_macros, .disk = &self->disks[1]));
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->a.future));
    printf("by hand: %s\n", rouse_is_pending(self->once.out) ? "pending" : "ready");
    ROUSE_AWAIT(self->once, rouse_poll_once(&self->b.future));
    printf("with macros: %s\n", rouse_is_pending(self->once.out) ? "pending" : "ready");

    disk_finish(&self->disks[0]);
    disk_finish(&self->disks[1]);
    ROUSE_AWAIT(self->a);
    ROUSE_AWAIT(self->b);
    printf("by hand %u, with macros %u\n", (unsigned)self->a.out, (unsigned)self->b.out);
    ROUSE_FINALLY;
    rouse_drop(&self->a.future);
    rouse_drop(&self->b.future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))

// expect: Start, then WaitingForRead
// expect: by hand: pending
// expect: with macros: pending
// expect: Processing 16 bytes, kept in the disk
// expect: Done: keeps 4 bytes, the output
// expect: by hand 60, with macros 60
