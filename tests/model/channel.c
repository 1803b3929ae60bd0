/* Channels: bounded, rendezvous and unbounded. The model is a queue of numbers and two lines. */
#include "model.h"

enum { CAPACITY = 5, MANY = 3, MODEL_ITEMS = 1000 };
enum kind { SEND, RESERVE, RECV, RECV_MANY };

static struct rouse_channel channel;
static int storage[CAPACITY];

static struct user {
    enum kind kind;
    uint32_t wants;
    int item, items[MANY];
    union {
        struct rouse_send send;
        struct rouse_reserve reserve;
        struct rouse_recv recv;
        struct rouse_recv_many recv_many;
    } future;
    bool refused; /* woken by the close */
} users[SLOTS];

/* ---- The model ---------------------------------------------------------------------------------
 */

static uint32_t capacity; /* UINT32_MAX: unbounded */
static bool closed;
static int items[MODEL_ITEMS];
static uint32_t count, promised;
static uint32_t permits, granted; /* held by users; with senders that were told so */
static int next_item;

static bool is_rendezvous(void)
{
    return capacity == 0;
}

static uint32_t room(void)
{
    return capacity - count - permits - granted;
}

static bool is_over(void)
{
    return closed && (is_rendezvous() || (count == 0 && permits == 0 && granted == 0));
}

static uint32_t available(void)
{
    uint32_t there = is_rendezvous() ? (uint32_t)model.line.length : count;
    return there > promised ? there - promised : 0;
}

/* Whoever can go on is woken. */
static void settle(void)
{
    while (!is_rendezvous() && model.line.length > 0 && users[model.line.who[0]].wants <= room()) {
        int i = line_serve(&model.line);
        granted += users[i].wants;
    }
    while (model.receivers.length > 0 && available() > 0) {
        promised++;
        line_serve(&model.receivers);
    }
    if (is_over())
        line_wake_all(&model.receivers);
}

static void put(int item)
{
    items[count++] = item;
}

static int get(void)
{
    int item = items[0];
    memmove(items, items + 1, --count * sizeof *items);
    return item;
}

static int meet(void)
{
    int i = line_serve(&model.line);
    return users[i].item;
}

/* ---- Senders -----------------------------------------------------------------------------------
 */

static rouse_status model_start_sender(int i)
{
    struct user *user = &users[i];
    if (closed)
        return ROUSE_ERR_CLOSED;
    if (user->kind == RESERVE && (capacity < user->wants || is_rendezvous()))
        return ROUSE_ERR_INVALID;
    if (is_rendezvous() || model.line.length > 0 || user->wants > room()) {
        line_join(&model.line, i);
        return ROUSE_PENDING_;
    }
    if (user->kind == SEND)
        put(user->item);
    else
        permits += user->wants;
    return ROUSE_OK;
}

static rouse_status model_poll_sender(int i)
{
    struct user *user = &users[i];
    if (!model.slots[i].turn)
        return ROUSE_PENDING_;
    if (user->refused)
        return ROUSE_ERR_CLOSED;
    if (is_rendezvous())
        return ROUSE_OK;
    granted -= user->wants;
    if (user->kind == SEND)
        put(user->item);
    else
        permits += user->wants;
    return ROUSE_OK;
}

static void start_sender(void)
{
    int i = free_slot();
    if (i == NONE)
        return;
    struct user *user = &users[i];
    *user = (struct user){.kind = below(2) ? SEND : RESERVE, .wants = 1, .item = next_item++};
    struct rouse_future *f = &user->future.send.future;
    if (user->kind == RESERVE)
        user->wants = below(4);
    if (user->kind == RESERVE)
        user->future.reserve = rouse_reserve_many(&channel, user->wants);
    else
        user->future.send = rouse_send(&channel, &user->item);
    AGREE(start_slot(i, f), model_start_sender(i));
}

/* ---- Receivers ---------------------------------------------------------------------------------
 */

static uint32_t taken;
static int took[MANY];

static void model_take(uint32_t n)
{
    for (taken = 0; taken < n; taken++)
        took[taken] = is_rendezvous() ? meet() : get();
}

static uint32_t limit_of(const struct user *user)
{
    return user->kind == RECV ? 1 : MANY;
}

static rouse_status model_poll_receiver(int i, bool first)
{
    bool turn = !first && model.slots[i].turn;
    bool was_promised = turn && !users[i].refused;
    uint32_t there = is_rendezvous() ? (uint32_t)model.line.length : count;
    promised -= was_promised;
    if (available() > 0 || (was_promised && there > 0)) {
        uint32_t n = available() > 0 ? available() : 1;
        model_take(n < limit_of(&users[i]) ? n : limit_of(&users[i]));
        return ROUSE_OK;
    }
    if (is_over())
        return ROUSE_ERR_CLOSED;
    model.slots[i].turn = false;
    if (was_promised) { /* the sender left: first in line again */
        memmove(model.receivers.who + 1, model.receivers.who,
                (size_t)model.receivers.length++ * sizeof(int));
        model.receivers.who[0] = i;
    } else if (first) {
        line_join(&model.receivers, i);
    }
    return ROUSE_PENDING_;
}

static void check_items(int i)
{
    struct user *user = &users[i];
    if (user->kind == RECV_MANY)
        AGREE(user->future.recv_many.out, taken);
    for (uint32_t n = 0; n < taken; n++)
        AGREE(user->items[n], took[n]);
}

static void poll_receiver(int i, rouse_status got, bool first)
{
    AGREE(got, model_poll_receiver(i, first));
    if (got == ROUSE_OK)
        check_items(i);
}

static void start_receiver(void)
{
    int i = free_slot();
    if (i == NONE)
        return;
    struct user *user = &users[i];
    *user = (struct user){.kind = below(3) ? RECV : RECV_MANY};
    if (user->kind == RECV)
        user->future.recv = rouse_recv(&channel, user->items);
    else
        user->future.recv_many = rouse_recv_many(&channel, user->items, MANY);
    poll_receiver(i, start_slot(i, &user->future.recv.future), true);
}

/* ---- Any slot ----------------------------------------------------------------------------------
 */

static void poll_some(void)
{
    int i = live_slot();
    if (i == NONE)
        return;
    if (users[i].kind >= RECV)
        poll_receiver(i, poll_slot(i), false);
    else
        AGREE(poll_slot(i), model_poll_sender(i));
}

static void drop_some(void)
{
    int i = live_slot();
    if (i == NONE)
        return;
    struct user *user = &users[i];
    bool turn = model.slots[i].turn && !user->refused;
    bool receiver = user->kind >= RECV;
    line_leave(receiver ? &model.receivers : &model.line, i);
    if (turn && receiver)
        promised--;
    else if (turn && !is_rendezvous())
        granted -= user->wants;
    drop_slot(i);
}

static void close_channel(void)
{
    closed = true;
    while (model.line.length > 0)
        users[line_serve(&model.line)].refused = true;
    while (is_over() && model.receivers.length > 0)
        users[line_serve(&model.receivers)].refused = true;
    rouse_channel_close(&channel);
}

/* Those woken because it is over: their turn is no promise. */
static void settle_and_mark(void)
{
    bool over = is_over();
    struct line before = model.receivers;
    settle();
    for (int at = 0; over && at < before.length; at++)
        users[before.who[at]].refused = true;
}

static void try_some(void)
{
    uint32_t n = below(4);
    int item = next_item++;
    rouse_status expected = closed ? ROUSE_ERR_CLOSED : ROUSE_OK;
    bool line = model.line.length > 0;
    switch (below(5)) {
    case 0:
        if (!closed && (is_rendezvous() || line || room() < 1))
            expected = ROUSE_ERR_FULL;
        AGREE(rouse_try_send(&channel, &item), expected);
        if (expected == ROUSE_OK)
            put(item);
        break;
    case 1:
        expected = available() > 0 ? ROUSE_OK : is_over() ? ROUSE_ERR_CLOSED : ROUSE_ERR_EMPTY;
        AGREE(rouse_try_recv(&channel, &item), expected);
        if (expected == ROUSE_OK) {
            model_take(1);
            AGREE(item, took[0]);
        }
        break;
    case 2:
        if (!closed && (n > capacity || is_rendezvous()))
            expected = ROUSE_ERR_INVALID;
        else if (!closed && (line || room() < n))
            expected = ROUSE_ERR_FULL;
        AGREE(rouse_try_reserve(&channel, n), expected);
        if (expected == ROUSE_OK)
            permits += n;
        break;
    case 3:
        if (permits == 0)
            break;
        permits--;
        put(item);
        rouse_permit_send(&channel, &item);
        break;
    default:
        if (n == 0 || n > permits)
            break;
        permits -= n;
        rouse_permit_release(&channel, n);
    }
}

static void channel_step(void)
{
    switch (below(300) ? below(6) : 6) {
    case 0:
        start_sender();
        break;
    case 1:
        start_receiver();
        break;
    case 2:
    case 3:
        poll_some();
        break;
    case 4:
        try_some();
        break;
    case 5:
        if (below(2))
            drop_some();
        break;
    default:
        if (!closed)
            close_channel();
    }
    settle_and_mark();
    AGREE(rouse_channel_is_closed(&channel), closed);
    AGREE(rouse_channel_len(&channel), is_rendezvous() ? (uint32_t)model.line.length : count);
    if (capacity <= CAPACITY)
        AGREE(rouse_channel_room(&channel), room());
}

static void reset_model(uint32_t n)
{
    capacity = n;
    closed = false;
    count = promised = permits = granted = 0;
}

static void bounded_reset(void)
{
    reset_model(1 + below(CAPACITY));
    rouse_channel_init(&channel, storage, sizeof *storage, capacity);
}

static void rendezvous_reset(void)
{
    reset_model(0);
    rouse_channel_init(&channel, NULL, sizeof *storage, 0);
}

static struct rouse_runtime rt;
static struct test_memory memory;

static void unbounded_reset(void)
{
    if (channel.runtime)
        rouse_channel_drop(&channel);
    reset_model(UINT32_MAX);
    rouse_channel_init_unbounded(&channel, &rt, sizeof *storage);
}

TEST(channel)
{
    struct rouse_fake_host host;
    rouse_fake_host_init(&host);
    struct rouse_options options = {
        .host = &host.host, .allocate = test_allocate, .allocate_data = &memory};
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    history_arguments();
    model_run("bounded channel", bounded_reset, channel_step);
    model_run("rendezvous", rendezvous_reset, channel_step);
    model_run("unbounded channel", unbounded_reset, channel_step);
    rouse_channel_drop(&channel);
    rouse_runtime_drop(&rt);
    AGREE(memory.live_bytes, 0);
}
