/* wheel.c: the timer wheel; wheel.h explains it. */
#include "wheel.h"
#include <rouse/time.h>

enum { SLOT_MASK = ROUSE_I_SLOTS - 1 };

static struct rouse_sleep *timer_of(struct rouse_i_node *node)
{
    return ROUSE_I_CONTAINER(node, struct rouse_sleep, node);
}

static unsigned shift_of(unsigned level)
{
    return ROUSE_I_TICK_BITS + ROUSE_I_SLOT_BITS * level;
}

void rouse_i_wheel_init(struct rouse_i_wheel *wheel, uint64_t now)
{
    *wheel = (struct rouse_i_wheel){.now = now};
    for (unsigned level = 0; level < ROUSE_I_LEVELS; level++)
        for (unsigned slot = 0; slot < ROUSE_I_SLOTS; slot++)
            rouse_i_list_init(&wheel->slots[level][slot]);
}

static unsigned level_of(const struct rouse_i_wheel *wheel, uint64_t deadline)
{
    uint64_t differ = ((deadline ^ wheel->now) >> ROUSE_I_TICK_BITS) | 1;
    return (63u - (unsigned)__builtin_clzll(differ)) / ROUSE_I_SLOT_BITS;
}

/* Keeps the order of a slot only where that is free; where it needs a walk, order_slot does it when
   the slot is read. A slot of level 0 is sorted. On each level above, one slot has its earliest
   timer in front: the first slot that was read, which is read again and again. */
void rouse_i_wheel_insert(struct rouse_i_wheel *wheel, struct rouse_sleep *timer)
{
    unsigned level = level_of(wheel, timer->deadline_ns);
    unsigned index = (unsigned)(timer->deadline_ns >> shift_of(level)) & SLOT_MASK;
    struct rouse_i_node *slot = &wheel->slots[level][index], *before = slot;
    struct rouse_i_least *least = &wheel->least[level];
    uint64_t bit = UINT64_C(1) << index;
    wheel->levels |= 1u << level;
    wheel->occupied[level] |= bit;
    if (level == 0) {
        if (rouse_i_list_is_empty(slot))
            wheel->sorted |= bit;
        else if (timer->deadline_ns < timer_of(slot->prev)->deadline_ns)
            wheel->sorted &= ~bit;
    } else if (least->slot == slot) {
        if (slot->next != least->timer)
            least->slot = NULL; /* the earliest timer was cancelled */
        else if (timer->deadline_ns < timer_of(least->timer)->deadline_ns)
            before = least->timer, least->timer = &timer->node;
    }
    rouse_i_list_insert(before, &timer->node);
}

/* ---- Order within a slot ------------------------------------------------------------------- */

static struct rouse_i_node *merge_sorted(struct rouse_i_node *a, struct rouse_i_node *b)
{
    struct rouse_i_node head, *tail = &head;
    while (a && b) {
        bool first = timer_of(a)->deadline_ns <= timer_of(b)->deadline_ns; /* stable */
        struct rouse_i_node **least = first ? &a : &b;
        tail->next = *least;
        tail = *least;
        *least = (*least)->next;
    }
    tail->next = a ? a : b;
    return head.next;
}

/* Takes `count` timers off `rest` and returns them sorted. Nests log2 deep, by halves. */
static struct rouse_i_node *take_sorted(struct rouse_i_node **rest, size_t count)
{
    struct rouse_i_node *node = *rest;
    if (count > 1) {
        node = take_sorted(rest, count / 2);
        return merge_sorted(node, take_sorted(rest, count - count / 2));
    }
    *rest = node->next;
    node->next = NULL;
    return node;
}

static void sort_slot(struct rouse_i_node *slot)
{
    struct rouse_i_node *rest = slot->next, *sorted;
    size_t count = 0;
    for (struct rouse_i_node *node = rest; node != slot; node = node->next)
        count++;
    sorted = take_sorted(&rest, count);
    rouse_i_list_init(slot);
    for (struct rouse_i_node *next; sorted; sorted = next) {
        next = sorted->next;
        rouse_i_list_append(slot, sorted);
    }
}

/* Moves the first of several equal timers, so equal deadlines keep their arming order. */
static void least_to_front(struct rouse_i_node *slot)
{
    struct rouse_i_node *least = slot->next;
    for (struct rouse_i_node *node = least->next; node != slot; node = node->next)
        if (timer_of(node)->deadline_ns < timer_of(least)->deadline_ns)
            least = node;
    rouse_i_node_unlink(least);
    rouse_i_list_insert(slot->next, least);
}

static void order_slot(struct rouse_i_wheel *wheel, unsigned level, unsigned index)
{
    struct rouse_i_node *slot = &wheel->slots[level][index];
    struct rouse_i_least *least = &wheel->least[level];
    if (level == 0) {
        if (!(wheel->sorted >> index & 1))
            sort_slot(slot);
        wheel->sorted |= UINT64_C(1) << index;
    } else if (least->slot != slot || least->timer != slot->next) {
        least_to_front(slot);
        *least = (struct rouse_i_least){slot, slot->next};
    }
}

/* ---- Time ---------------------------------------------------------------------------------- */

/* The first slot with a timer: a lower level always comes before a higher one. */
static struct rouse_i_node *first_slot(struct rouse_i_wheel *wheel, unsigned *level,
                                       unsigned *index)
{
    for (; wheel->levels; wheel->levels &= wheel->levels - 1) {
        *level = (unsigned)__builtin_ctz(wheel->levels);
        while (wheel->occupied[*level]) {
            *index = (unsigned)__builtin_ctzll(wheel->occupied[*level]);
            struct rouse_i_node *slot = &wheel->slots[*level][*index];
            if (!rouse_i_list_is_empty(slot))
                return slot;
            wheel->occupied[*level] &= wheel->occupied[*level] - 1;
        }
    }
    return NULL;
}

uint64_t rouse_i_wheel_next(struct rouse_i_wheel *wheel)
{
    unsigned level, index;
    struct rouse_i_node *slot = first_slot(wheel, &level, &index);
    if (!slot)
        return ROUSE_NEVER;
    order_slot(wheel, level, index);
    return timer_of(slot->next)->deadline_ns;
}

static uint64_t slot_start(const struct rouse_i_wheel *wheel, unsigned level, unsigned index)
{
    unsigned shift = shift_of(level);
    uint64_t base = shift + ROUSE_I_SLOT_BITS >= 64
                        ? 0
                        : wheel->now >> (shift + ROUSE_I_SLOT_BITS) << (shift + ROUSE_I_SLOT_BITS);
    return base + ((uint64_t)index << shift);
}

static void cascade(struct rouse_i_wheel *wheel, struct rouse_i_node *slot)
{
    struct rouse_i_node list;
    rouse_i_list_take(&list, slot);
    for (struct rouse_i_node *node = list.next, *next; node != &list; node = next) {
        next = node->next;
        __builtin_prefetch(&timer_of(next)->deadline_ns); /* the next one is rarely in the cache */
        rouse_i_wheel_insert(wheel, timer_of(node));
    }
}

static void enter_slot(struct rouse_i_wheel *wheel, unsigned level, unsigned index)
{
    uint64_t start = slot_start(wheel, level, index);
    if (start > wheel->now)
        wheel->now = start;
    if (level > 0)
        cascade(wheel, &wheel->slots[level][index]);
}

uint64_t rouse_i_wheel_jump(struct rouse_i_wheel *wheel)
{
    unsigned level, index;
    while (first_slot(wheel, &level, &index) && level > 0)
        enter_slot(wheel, level, index);
    return rouse_i_wheel_next(wheel);
}

void rouse_i_wheel_advance(struct rouse_i_wheel *wheel, uint64_t now, struct rouse_i_node *due)
{
    unsigned level, index;
    struct rouse_i_node *slot;
    while ((slot = first_slot(wheel, &level, &index))) {
        if (slot_start(wheel, level, index) > now)
            break;
        enter_slot(wheel, level, index);
        if (level > 0)
            continue;
        order_slot(wheel, 0, index);
        while (!rouse_i_list_is_empty(slot) && timer_of(slot->next)->deadline_ns <= now) {
            struct rouse_i_node *node = slot->next;
            rouse_i_node_unlink(node);
            rouse_i_list_append(due, node);
        }
        if (!rouse_i_list_is_empty(slot))
            break;
    }
    if (now > wheel->now)
        wheel->now = now;
}
