/* Oneshot, broadcast and watch: what is there for everybody to see. */
#include "model.h"

static union {
    struct rouse_oneshot_recv oneshot;
    struct rouse_oneshot_closed closed;
    struct rouse_broadcast_recv broadcast;
    struct rouse_watch_changed changed;
    struct rouse_watch_wait_for wait_for;
} futures[SLOTS];
static int got[SLOTS], next_item;
static bool closed;

/* All of these wake everybody at each change; who finds nothing waits again, behind the others. */
static void wake_all(void)
{
    line_wake_all(&model.line);
}

static void wait_again(int i, rouse_status status)
{
    line_leave(&model.line, i);
    if (status == ROUSE_PENDING_)
        line_join(&model.line, i);
}

/* Drops or polls some slot: the slot that was polled, else NONE. */
static int chosen(void)
{
    int i = live_slot();
    if (i == NONE || below(4))
        return i;
    line_leave(&model.line, i);
    drop_slot(i);
    return NONE;
}

/* ---- Oneshot -----------------------------------------------------------------------------------
 */

static struct rouse_oneshot oneshot;
static int slot_of_one, sent_item;
static enum { EMPTY, FULL, TAKEN } state;
static bool is_closed_future[SLOTS];

static void oneshot_reset(void)
{
    rouse_oneshot_init(&oneshot, &slot_of_one, sizeof(int));
    closed = false;
    state = EMPTY;
}

static rouse_status model_oneshot_recv(void)
{
    if (state == TAKEN || (state == EMPTY && closed))
        return ROUSE_ERR_CLOSED;
    return state == EMPTY ? ROUSE_ERR_EMPTY : ROUSE_OK;
}

static void oneshot_poll(int i, bool first)
{
    rouse_status expected = closed ? ROUSE_OK : ROUSE_PENDING_;
    if (!is_closed_future[i])
        expected = model_oneshot_recv();
    if (expected == ROUSE_ERR_EMPTY)
        expected = ROUSE_PENDING_;
    AGREE(first ? start_slot(i, &futures[i].oneshot.future) : poll_slot(i), expected);
    wait_again(i, expected);
    if (expected != ROUSE_OK || is_closed_future[i])
        return;
    AGREE(got[i], sent_item);
    state = TAKEN;
    wake_all();
}

static void oneshot_step(void)
{
    int i = free_slot(), item = next_item++;
    switch (below(6)) {
    case 0:
        if (i == NONE)
            break;
        is_closed_future[i] = below(3) == 0;
        if (is_closed_future[i])
            futures[i].closed = rouse_oneshot_closed(&oneshot);
        else
            futures[i].oneshot = rouse_oneshot_recv(&oneshot, &got[i]);
        oneshot_poll(i, true);
        break;
    case 1:
    case 2:
        if ((i = chosen()) != NONE)
            oneshot_poll(i, false);
        break;
    case 3: {
        bool over = closed || state == TAKEN;
        AGREE(rouse_oneshot_send(&oneshot, &item), over            ? ROUSE_ERR_CLOSED
                                                   : state == FULL ? ROUSE_ERR_FULL
                                                                   : ROUSE_OK);
        if (over || state == FULL)
            break;
        state = FULL;
        sent_item = item;
        wake_all();
        break;
    }
    case 4: {
        rouse_status expected = model_oneshot_recv();
        AGREE(rouse_oneshot_try_recv(&oneshot, &item), expected);
        if (expected != ROUSE_OK)
            break;
        AGREE(item, sent_item);
        state = TAKEN;
        wake_all();
        break;
    }
    default:
        if (state == TAKEN || (closed && below(3) == 0)) { /* a new one: the old has no users */
            for (i = 0; i < SLOTS; i++)
                if (model.slots[i].live)
                    drop_slot(i);
            model.line.length = 0;
            oneshot_reset();
        } else if (below(4) == 0) {
            closed = true;
            wake_all();
            rouse_oneshot_close(&oneshot);
        }
    }
    AGREE(rouse_oneshot_is_closed(&oneshot), closed);
}

/* ---- Broadcast ---------------------------------------------------------------------------------
 */

enum { CAPACITY = 4, HISTORY = 600 };
static struct rouse_broadcast broadcast;
static int ring[CAPACITY];
static size_t capacity;
static int past[HISTORY];
static uint64_t sent, nexts[SLOTS];
static struct rouse_broadcast_receiver receivers[SLOTS];
static uint64_t missed;

static void broadcast_reset(void)
{
    capacity = 1 + below(CAPACITY);
    rouse_broadcast_init(&broadcast, ring, sizeof(int), capacity);
    closed = false;
    sent = 0;
    for (int i = 0; i < SLOTS; i++) {
        rouse_broadcast_receiver_init(&receivers[i], &broadcast);
        nexts[i] = 0;
    }
}

static rouse_status model_broadcast_recv(int i, int *item)
{
    uint64_t oldest = sent > capacity ? sent - capacity : 0;
    if (nexts[i] < oldest) {
        missed = oldest - nexts[i];
        nexts[i] = oldest;
        return ROUSE_ERR_LAGGED;
    }
    if (nexts[i] == sent)
        return closed ? ROUSE_ERR_CLOSED : ROUSE_ERR_EMPTY;
    *item = past[nexts[i]++];
    return ROUSE_OK;
}

static void broadcast_poll(int i, bool first)
{
    int item = 0;
    rouse_status expected = model_broadcast_recv(i, &item);
    if (expected == ROUSE_ERR_EMPTY)
        expected = ROUSE_PENDING_;
    AGREE(first ? start_slot(i, &futures[i].broadcast.future) : poll_slot(i), expected);
    wait_again(i, expected);
    if (expected == ROUSE_OK)
        AGREE(got[i], item);
    if (expected == ROUSE_ERR_LAGGED)
        AGREE(futures[i].broadcast.out, missed);
}

static void broadcast_step(void)
{
    int i = free_slot(), item = next_item++, other = 0;
    switch (below(200) ? below(5) : 5) {
    case 0:
        if (i == NONE)
            break;
        futures[i].broadcast = rouse_broadcast_recv(&receivers[i], &got[i]);
        broadcast_poll(i, true);
        break;
    case 1:
    case 2:
        if ((i = chosen()) != NONE)
            broadcast_poll(i, false);
        break;
    case 3:
        AGREE(rouse_broadcast_send(&broadcast, &item), closed ? ROUSE_ERR_CLOSED : ROUSE_OK);
        if (closed)
            break;
        past[sent++] = item;
        wake_all();
        break;
    case 4: {
        if (i == NONE)
            break;
        uint64_t lost = 0;
        AGREE(rouse_broadcast_len(&receivers[i]), sent - nexts[i]);
        rouse_status expected = model_broadcast_recv(i, &item);
        AGREE(rouse_broadcast_try_recv(&receivers[i], &other, &lost), expected);
        if (expected == ROUSE_OK)
            AGREE(other, item);
        if (expected == ROUSE_ERR_LAGGED)
            AGREE(lost, missed);
        break;
    }
    default:
        closed = true;
        wake_all();
        rouse_broadcast_close(&broadcast);
    }
}

/* ---- Watch -------------------------------------------------------------------------------------
 */

static struct rouse_watch watch;
static struct rouse_watch_receiver watchers[SLOTS];
static int watch_slot, value, wanted[SLOTS];
static bool changed[SLOTS], is_wait_for[SLOTS];

static void watch_reset(void)
{
    value = 0;
    closed = false;
    rouse_watch_init(&watch, &watch_slot, sizeof(int), &value);
    for (int i = 0; i < SLOTS; i++) {
        rouse_watch_receiver_init(&watchers[i], &watch);
        changed[i] = false;
    }
}

static bool is_wanted(void *data, void *item)
{
    return *(int *)item == *(int *)data;
}

static bool store(void *data, void *item)
{
    bool differs = *(int *)item != *(int *)data;
    *(int *)item = *(int *)data;
    return differs;
}

static void watch_poll(int i, bool first)
{
    bool ready = is_wait_for[i] ? value == wanted[i] : changed[i];
    rouse_status expected = ready ? ROUSE_OK : closed ? ROUSE_ERR_CLOSED : ROUSE_PENDING_;
    changed[i] = false;
    AGREE(first ? start_slot(i, &futures[i].changed.future) : poll_slot(i), expected);
    wait_again(i, expected);
    if (ready)
        AGREE(got[i], value);
}

static void watch_change(bool modify)
{
    int item = (int)below(4);
    bool told = !modify || item != value;
    if (closed)
        return;
    value = item;
    for (int i = 0; told && i < SLOTS; i++)
        changed[i] = true;
    if (told)
        wake_all();
    if (modify)
        rouse_watch_modify(&watch, store, &item);
    else
        rouse_watch_set(&watch, &item);
}

static void watch_step(void)
{
    int i = free_slot();
    switch (below(200) ? below(6) : 6) {
    case 0:
        if (i == NONE)
            break;
        is_wait_for[i] = below(2);
        wanted[i] = (int)below(4);
        if (is_wait_for[i])
            futures[i].wait_for =
                rouse_watch_wait_for(&watchers[i], is_wanted, &wanted[i], &got[i]);
        else
            futures[i].changed = rouse_watch_changed(&watchers[i], &got[i]);
        watch_poll(i, true);
        break;
    case 1:
    case 2:
        if ((i = chosen()) != NONE)
            watch_poll(i, false);
        break;
    case 3:
        watch_change(below(2));
        break;
    case 4: {
        if (i == NONE)
            break;
        int item = -1;
        AGREE(rouse_watch_try_changed(&watchers[i], &item), changed[i] ? ROUSE_OK
                                                            : closed   ? ROUSE_ERR_CLOSED
                                                                       : ROUSE_ERR_EMPTY);
        AGREE(item, changed[i] ? value : -1);
        changed[i] = false;
        break;
    }
    case 5:
        if (i == NONE)
            break;
        changed[i] = below(2);
        if (changed[i])
            rouse_watch_mark_changed(&watchers[i]);
        else
            rouse_watch_mark_unchanged(&watchers[i]);
        break;
    default:
        closed = true;
        wake_all();
        rouse_watch_close(&watch);
    }
    AGREE(*(const int *)rouse_watch_borrow(&watch), value);
}

TEST(latest)
{
    history_arguments();
    model_run("oneshot", oneshot_reset, oneshot_step);
    model_run("broadcast", broadcast_reset, broadcast_step);
    model_run("watch", watch_reset, watch_step);
}
