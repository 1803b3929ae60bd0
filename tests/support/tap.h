/* tap.h: a stream of ints that a test pours by hand, and what streams give. */
#ifndef ROUSE_TAP_H
#define ROUSE_TAP_H

#include "gate.h"

enum { TAP_ITEMS = 16 };
/* Not in the future: a hostile build overwrites what is dropped. */
static unsigned tap_drops;

/* Items wait in it until they are asked for. */
struct tap {
    struct rouse_future future;
    int items[TAP_ITEMS], out;
    unsigned poured, taken, polls;
    rouse_status end; /* how it ends once empty; 0: not yet */
    struct rouse_waker waker;
};

static inline struct rouse_polled tap_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct tap *self = (struct tap *)(void *)f;
    self->polls++;
    if (self->taken < self->poured) {
        self->out = self->items[self->taken++];
        return rouse_item(f, &self->out);
    }
    if (self->end) {
        rouse_waker_drop(&self->waker);
        return ROUSE_READY(self->end);
    }
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}

static inline void tap_drop(struct rouse_future *f)
{
    tap_drops++;
    rouse_waker_drop(&((struct tap *)(void *)f)->waker);
}

static const struct rouse_type tap_type = {"tap", __FILE__, sizeof(struct tap), tap_poll, tap_drop};

static inline void tap_pour(struct tap *tap, int item)
{
    EXPECT(tap->poured < TAP_ITEMS);
    tap->items[tap->poured++] = item;
    rouse_waker_wake(&tap->waker);
}

static inline void tap_end(struct tap *tap, rouse_status status)
{
    tap->end = status;
    rouse_waker_wake(&tap->waker);
}

/* ---- What a poll gave ------------------------------------------------------------------------ */

#define EXPECT_INT(task, slot, expected)                 \
    do {                                                 \
        EXPECT_EQ(mock_poll(task).status, ROUSE_ITEM_);  \
        EXPECT_EQ(ROUSE_ITEM_OF(int, slot), (expected)); \
    } while (0)
#define EXPECT_CLOSED(task) EXPECT_READY(mock_poll(task), ROUSE_ERR_CLOSED)

/* Polls a stream of ints until it is pending or done, and says all it gave. */
static inline const char *tap_all(struct mock_task *task)
{
    struct rouse_polled polled;
    while ((polled = mock_poll(task)).status == ROUSE_ITEM_)
        test_say("%d", *(const int *)task->future->item);
    test_say("%s", rouse_is_pending(polled) ? "pending" : rouse_status_name(polled.status));
    return test_said();
}

/* ---- What adapters are given ----------------------------------------------------------------- */

static inline bool is_even(void *data, const void *item)
{
    (void)data;
    return *(const int *)item % 2 == 0;
}

static inline void square(void *data, const void *item, void *out)
{
    int n = *(const int *)item;
    (void)data;
    *(int *)out = n * n;
}

static inline void add(void *sum, const void *item)
{
    *(int *)sum += *(const int *)item;
}

#endif
