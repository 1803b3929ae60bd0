/* The timer wheel against a model: a list of (deadline, arming order). */
#include "test.h"
#include "core/wheel.h"

enum { MOST = 600 };
static struct rouse_i_wheel wheel;
static struct rouse_sleep timers[MOST];
static unsigned order[MOST], armed; /* order: 0 while not armed, else the arming number */
static uint64_t now, seed = 88172645463325252u;

static uint64_t random_below(uint64_t bound)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % bound;
}

static void arm(unsigned i, uint64_t deadline)
{
    timers[i] = (struct rouse_sleep){.deadline_ns = deadline};
    order[i] = ++armed;
    rouse_i_wheel_insert(&wheel, &timers[i]);
}

static uint64_t model_next(void)
{
    uint64_t next = ROUSE_NEVER;
    for (unsigned i = 0; i < MOST; i++)
        if (order[i] && timers[i].deadline_ns < next)
            next = timers[i].deadline_ns;
    return next;
}

/* All that is due, exactly, in (deadline, arming order). */
static void advance_to(uint64_t to)
{
    struct rouse_i_node due;
    uint64_t deadline = 0;
    unsigned last = 0;
    now = to;
    rouse_i_list_init(&due);
    rouse_i_wheel_advance(&wheel, now, &due);
    while (!rouse_i_list_is_empty(&due)) {
        struct rouse_sleep *timer = ROUSE_I_CONTAINER(due.next, struct rouse_sleep, node);
        size_t i = (size_t)(timer - timers);
        rouse_i_node_unlink(&timer->node);
        EXPECT(order[i] && timer->deadline_ns <= now);
        EXPECT(timer->deadline_ns >= deadline);
        EXPECT(timer->deadline_ns > deadline || order[i] > last);
        deadline = timer->deadline_ns;
        last = order[i];
        order[i] = 0;
    }
    EXPECT(model_next() > now);
    EXPECT_EQ(rouse_i_wheel_next(&wheel), model_next());
}

/* Spans from within one slot to years, so that every level is used. */
static uint64_t random_span(void)
{
    return random_below(UINT64_C(1) << (1 + random_below(60)));
}

TEST(random_arms_cancels_and_jumps_agree_with_the_model)
{
    rouse_i_wheel_init(&wheel, now = 12345);
    for (int round = 0; round < 20000; round++) {
        unsigned i = (unsigned)random_below(MOST);
        if (order[i] && random_below(2)) {
            rouse_i_node_unlink(&timers[i].node);
            order[i] = 0;
        } else if (!order[i]) {
            arm(i, now + 1 + random_span());
        }
        if (random_below(3) == 0)
            EXPECT_EQ(rouse_i_wheel_next(&wheel), model_next());
        if (random_below(10) == 0) {
            uint64_t next = model_next();
            if (next == ROUSE_NEVER)
                continue;
            uint64_t jump = random_below(3) ? next : now + random_below(next - now + 1);
            advance_to(jump > UINT64_MAX / 4 ? now : jump);
        }
    }
}

TEST(equal_deadlines_fire_in_arming_order_however_far_away_they_were_armed)
{
    rouse_i_wheel_init(&wheel, now = 0);
    uint64_t deadline = 3 * ROUSE_S + 7;
    for (unsigned i = 0; i < 50; i++) {
        arm(i, deadline);
        advance_to(now + deadline / 60);
    }
    for (unsigned i = 50; i < 100; i++)
        arm(i, deadline - i % 3); /* the same slot, not the same time */
    advance_to(deadline);
}

TEST(a_crowded_slot_is_sorted_and_a_cancelled_least_is_noticed)
{
    rouse_i_wheel_init(&wheel, now = 0);
    for (unsigned i = 0; i < 500; i++)
        arm(i, 1 + random_below(4000)); /* one slot of level 0 */
    EXPECT_EQ(rouse_i_wheel_next(&wheel), model_next());
    arm(500, ROUSE_S + 5);
    for (unsigned i = 501; i < 520; i++)
        arm(i, ROUSE_S + i); /* one slot of level 2 or above */
    advance_to(4000);
    EXPECT_EQ(rouse_i_wheel_next(&wheel), ROUSE_S + 5);
    rouse_i_node_unlink(&timers[500].node);
    order[500] = 0;
    arm(520, ROUSE_S + 499); /* after the least of its slot was cancelled */
    EXPECT_EQ(rouse_i_wheel_next(&wheel), ROUSE_S + 499);
    arm(521, ROUSE_S + 400); /* less than the least */
    EXPECT_EQ(rouse_i_wheel_next(&wheel), ROUSE_S + 400);
    advance_to(2 * ROUSE_S);
}

TEST(the_last_nanosecond_of_u64_is_reachable)
{
    rouse_i_wheel_init(&wheel, now = UINT64_MAX - 10 * ROUSE_S);
    arm(0, UINT64_MAX - 1);
    arm(1, UINT64_MAX);
    advance_to(UINT64_MAX - 1);
    EXPECT_EQ(order[0], 0);
    EXPECT(order[1]);
}
