/* Notify, event, barrier, wait group and once: a line and a flag or a count. */
#include "model.h"

static union {
    struct rouse_notify_wait notify;
    struct rouse_event_wait event;
    struct rouse_barrier_wait barrier;
    struct rouse_wait_group_wait group;
    struct rouse_once_get_or_init once;
} futures[SLOTS];

/* Polls or drops some slot; what is dropped while it waits has left the line. */
static bool dropped_with_turn(int *who)
{
    int i = live_slot();
    *who = i;
    if (i == NONE)
        return false;
    if (below(3)) {
        AGREE(poll_slot(i), model.slots[i].turn ? ROUSE_OK : ROUSE_PENDING_);
        return false;
    }
    bool turn = !line_leave(&model.line, i);
    drop_slot(i);
    return turn;
}

/* ---- Notify ------------------------------------------------------------------------------------
 */

static struct rouse_notify notify;
static bool kept;
static enum { FOR_ALL, FROM_FRONT, FROM_BACK } turns[SLOTS];

static void notify_reset(void)
{
    rouse_notify_init(&notify);
    kept = false;
}

static void model_notify(bool last)
{
    if (model.line.length == 0) {
        kept = true;
        return;
    }
    if (last) { /* to the front, so that it is served */
        int who = model.line.who[model.line.length - 1];
        memmove(model.line.who + 1, model.line.who, (size_t)(model.line.length - 1) * sizeof(int));
        model.line.who[0] = who;
    }
    turns[line_serve(&model.line)] = last ? FROM_BACK : FROM_FRONT;
}

static void notify_step(void)
{
    int i = free_slot();
    switch (below(20) ? below(4) : 4) {
    case 0:
        if (i == NONE)
            break;
        futures[i].notify = rouse_notify_wait(&notify);
        AGREE(start_slot(i, &futures[i].notify.future), kept ? ROUSE_OK : ROUSE_PENDING_);
        if (!kept)
            line_join(&model.line, i);
        kept = false;
        break;
    case 1:
        model_notify(false);
        rouse_notify_one(&notify);
        break;
    case 2:
        model_notify(true);
        rouse_notify_last(&notify);
        break;
    case 3:
        if (dropped_with_turn(&i) && turns[i] != FOR_ALL)
            model_notify(turns[i] == FROM_BACK);
        break;
    default:
        for (int at = 0; at < model.line.length; at++)
            turns[model.line.who[at]] = FOR_ALL;
        line_wake_all(&model.line);
        rouse_notify_all(&notify);
    }
}

/* ---- Event -------------------------------------------------------------------------------------
 */

static struct rouse_event event;
static bool set;

static void event_reset(void)
{
    rouse_event_init(&event);
    set = false;
}

static void event_step(void)
{
    int i = free_slot();
    switch (below(5)) {
    case 0:
    case 1:
        if (i == NONE)
            break;
        futures[i].event = rouse_event_wait(&event);
        AGREE(start_slot(i, &futures[i].event.future), set ? ROUSE_OK : ROUSE_PENDING_);
        if (!set)
            line_join(&model.line, i);
        break;
    case 2:
        set = true;
        line_wake_all(&model.line);
        rouse_event_set(&event);
        break;
    case 3:
        set = false;
        rouse_event_reset(&event);
        break;
    default:
        (void)dropped_with_turn(&i);
    }
    AGREE(rouse_event_is_set(&event), set);
}

/* ---- Barrier -----------------------------------------------------------------------------------
 */

static struct rouse_barrier barrier;
static int parties;

static void barrier_reset(void)
{
    parties = (int)below(SLOTS);
    rouse_barrier_init(&barrier, (size_t)parties);
}

static void barrier_step(void)
{
    int i = free_slot();
    if (below(2) == 0 || i == NONE) {
        (void)dropped_with_turn(&i);
        return;
    }
    bool leader = model.line.length + 1 >= parties;
    if (leader)
        line_wake_all(&model.line);
    futures[i].barrier = rouse_barrier_wait(&barrier);
    AGREE(start_slot(i, &futures[i].barrier.future), leader ? ROUSE_OK : ROUSE_PENDING_);
    AGREE(futures[i].barrier.out, leader);
    if (!leader)
        line_join(&model.line, i);
}

/* ---- Wait group --------------------------------------------------------------------------------
 */

static struct rouse_wait_group group;
static size_t count;

static void group_reset(void)
{
    rouse_wait_group_init(&group);
    count = 0;
}

static void group_step(void)
{
    int i = free_slot();
    size_t n = below(3);
    switch (below(5)) {
    case 0:
        if (i == NONE)
            break;
        futures[i].group = rouse_wait_group_wait(&group);
        AGREE(start_slot(i, &futures[i].group.future), count == 0 ? ROUSE_OK : ROUSE_PENDING_);
        if (count > 0)
            line_join(&model.line, i);
        break;
    case 1:
        count += n;
        rouse_wait_group_add(&group, n);
        break;
    case 2:
    case 3:
        if (count == 0)
            break;
        if (--count == 0)
            line_wake_all(&model.line);
        rouse_wait_group_done(&group);
        break;
    default: {
        /* A waiter that was let go is done, one that waits is not, whatever the count is now. */
        (void)dropped_with_turn(&i);
    }
    }
}

/* ---- Once --------------------------------------------------------------------------------------
 */

static struct rouse_once once;
static struct rouse_poll_fn inits[SLOTS];
static rouse_status result; /* of the next poll of an initialiser */
static int inits_of[SLOTS];
static int runner; /* who has the turn, or NONE */

static struct rouse_polled init_poll(void *data, struct rouse_context *cx)
{
    (void)cx;
    AGREE((int *)data - inits_of, runner); /* nobody else is ever polled */
    return rouse_polled(result);
}

static void once_reset(void)
{
    rouse_once_init(&once);
    set = false;
    runner = NONE;
}

static void once_pass_on(void)
{
    runner = NONE;
    if (set)
        line_wake_all(&model.line);
    else if (model.line.length > 0)
        runner = line_serve(&model.line);
}

static rouse_status model_once_poll(int i)
{
    if (set)
        return ROUSE_OK;
    if (i != runner)
        return ROUSE_PENDING_;
    return result;
}

static void once_after_poll(int i, rouse_status expected)
{
    if (i != runner || expected == ROUSE_PENDING_)
        return;
    set = expected == ROUSE_OK;
    once_pass_on();
}

static void once_poll(int i, rouse_status expected)
{
    AGREE(poll_slot(i), expected);
    once_after_poll(i, expected);
}

static void once_start(int i)
{
    inits[i] = rouse_poll_fn(init_poll, &inits_of[i]);
    futures[i].once = rouse_once_get_or_init(&once, &inits[i].future);
    if (!set && runner == NONE)
        runner = i;
    rouse_status expected = model_once_poll(i);
    rouse_status got = start_slot(i, &futures[i].once.future);
    if (got == ROUSE_PENDING_ && i != runner)
        line_join(&model.line, i);
    AGREE(got, expected);
    once_after_poll(i, expected);
}

static void once_step(void)
{
    static const rouse_status results[] = {ROUSE_PENDING_, ROUSE_PENDING_, -1001, -1001, ROUSE_OK};
    int i = free_slot();
    result = results[below(20) ? below(4) : 4];
    switch (below(4)) {
    case 0:
        if (i != NONE)
            once_start(i);
        break;
    case 1:
        if ((i = live_slot()) == NONE)
            break;
        once_poll(i, model_once_poll(i));
        break;
    case 2:
        if ((i = live_slot()) == NONE)
            break;
        line_leave(&model.line, i);
        drop_slot(i);
        if (i == runner)
            once_pass_on();
        break;
    default:
        if (below(50))
            break;
        AGREE(rouse_once_set(&once), set || runner != NONE ? ROUSE_ERR_FULL : ROUSE_OK);
        set = set || runner == NONE;
    }
    AGREE(rouse_once_is_set(&once), set);
}

TEST(signals)
{
    history_arguments();
    model_run("notify", notify_reset, notify_step);
    model_run("event", event_reset, event_step);
    model_run("barrier", barrier_reset, barrier_step);
    model_run("wait group", group_reset, group_step);
    model_run("once", once_reset, once_step);
}
