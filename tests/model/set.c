/* set.c: random operations on a set, beside a model of it: a list of those that were woken, oldest
   first. Whatever the set does must be what the model says: who is polled, how often, in which
   order, who is given out, when somebody is woken, and that nothing is left in the end.

   tests model.set [--ops N] [--seed S] */
// needs: malloc
#include "history.h"

enum { MEMBERS = 12 };

/* ---- The members and what the model knows of them ---------------------------------------------
 */

struct member {
    struct rouse_future future;
    struct rouse_waker waker;
    unsigned name;
};
static struct {
    struct member member[MEMBERS];
    struct rouse_set_node node[MEMBERS];
    bool inside[MEMBERS], ends[MEMBERS], restless[MEMBERS];
    bool own_node[MEMBERS];
    unsigned ready[MEMBERS + 1], ready_count; /* the woken with a node, oldest first */
    unsigned added[MEMBERS], added_count;     /* those that will get one at the next poll */
    unsigned polled[MEMBERS], polled_count;   /* in this poll */
    unsigned count, drops;
} model;
static struct rouse_waker late[MEMBERS]; /* kept beyond the life of their members */
static bool late_is_current[MEMBERS];    /* not yet beyond */

static struct rouse_polled member_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct member *self = (struct member *)(void *)f;
    CHECK(model.polled_count < MEMBERS, "polled one member twice");
    model.polled[model.polled_count++] = self->name;
    if (model.ends[self->name]) {
        rouse_waker_drop(&self->waker);
        return ROUSE_READY(ROUSE_OK);
    }
    rouse_waker_store(&self->waker, cx);
    if (model.restless[self->name])
        rouse_waker_wake_by_ref(&self->waker);
    return ROUSE_PENDING;
}

static void member_drop(struct rouse_future *f)
{
    struct member *self = (struct member *)(void *)f;
    model.drops++;
    rouse_waker_drop(&self->waker);
}

static const struct rouse_type member_type = {"member", __FILE__, sizeof(struct member),
                                              member_poll, member_drop};

static void model_wake(unsigned name)
{
    for (unsigned i = 0; i < model.ready_count; i++)
        if (model.ready[i] == name)
            return;
    model.ready[model.ready_count++] = name;
}

static bool take_from(unsigned *list, unsigned *count, unsigned name)
{
    for (unsigned i = 0; i < *count; i++) {
        if (list[i] != name)
            continue;
        memmove(&list[i], &list[i + 1], (*count - i - 1) * sizeof *list);
        --*count;
        return true;
    }
    return false;
}

static bool take(unsigned name)
{
    return take_from(model.ready, &model.ready_count, name) ||
           take_from(model.added, &model.added_count, name);
}

static void model_leave(unsigned name)
{
    take(name);
    model.inside[name] = late_is_current[name] = false;
    model.count--;
}

/* ---- Operations --------------------------------------------------------------------------------
 */

static struct rouse_set set;
static struct rouse_set_next next;
static bool waiting, woken; /* a pending next; its waker was called */

static struct rouse_waker count_clone(void *data);
static void count_wake(void *data)
{
    (void)data;
    CHECK(waiting, "woke somebody who does not wait");
    woken = true;
}
static void count_drop(void *data)
{
    (void)data;
}
static const struct rouse_waker_table counting = {count_clone, count_wake, count_wake, count_drop};
static struct rouse_waker count_clone(void *data)
{
    return (struct rouse_waker){&counting, data};
}

static void add(unsigned name)
{
    struct member *member = &model.member[name];
    *member = ROUSE_FUTURE(member, .name = name);
    model.inside[name] = true;
    model.ends[name] = model.restless[name] = false;
    model.own_node[name] = below(2) && !late[name].table;
    if (model.own_node[name]) {
        rouse_set_add_in(&set, &model.node[name], &member->future);
        model_wake(name);
    } else {
        rouse_set_add(&set, &member->future);
        model.added[model.added_count++] = name;
    }
    model.count++;
}

static void remove_or_drop(unsigned name)
{
    CHECK(rouse_set_remove(&set, &model.member[name].future), "lost a member");
    CHECK(!rouse_set_remove(&set, &model.member[name].future), "kept what was removed");
    model_leave(name);
    rouse_drop(&model.member[name].future);
}

static void wake(unsigned name)
{
    if (!model.member[name].waker.table)
        return; /* it was never polled: nobody can wake it */
    rouse_waker_wake_by_ref(&model.member[name].waker);
    model_wake(name);
}

static void keep_waker(unsigned name)
{
    if (late[name].table) {
        rouse_waker_wake(&late[name]);
        if (late_is_current[name])
            model_wake(name);
        return;
    }
    if (model.own_node[name])
        return; /* its node must not outlive that */
    late[name] = rouse_waker_clone(&model.member[name].waker);
    late_is_current[name] = true;
}

/* What the model expects of one poll: the polled in order, and who is given out; MEMBERS: none. */
static unsigned model_poll(void)
{
    unsigned round[MEMBERS + 1], count, done = MEMBERS;
    for (unsigned i = 0; i < model.added_count; i++)
        model_wake(model.added[i]);
    model.added_count = 0;
    count = model.ready_count;
    memcpy(round, model.ready, sizeof round);
    model.polled_count = 0;
    for (unsigned i = 0; i < count && done == MEMBERS; i++) {
        unsigned name = round[i];
        take(name);
        model.polled[model.polled_count++] = name;
        if (model.ends[name])
            done = name;
        else if (model.restless[name])
            model_wake(name);
    }
    return done;
}

static void check_end(rouse_status status, unsigned expected_done)
{
    if (expected_done < MEMBERS) {
        CHECK(status == ROUSE_OK, "gave nobody out");
        CHECK(next.out == &model.member[expected_done].future, "gave out another");
        model_leave(expected_done);
    } else if (model.count == 0) {
        CHECK(status == ROUSE_ERR_CLOSED, "is empty and not closed");
    } else {
        CHECK(status == ROUSE_PENDING_, "is not pending");
        CHECK(woken == (model.ready_count > 0), "pending: woken if and only if more is ready");
    }
}

static void poll_next(struct rouse_runtime *rt)
{
    struct rouse_context cx = {.waker = {&counting, NULL}, .runtime = rt};
    unsigned expected[MEMBERS], expected_count, done = model_poll();
    memcpy(expected, model.polled, sizeof expected);
    expected_count = model.polled_count;
    model.polled_count = 0;
    if (!waiting)
        next = rouse_set_next(&set);
    waiting = true;
    woken = false;
    rouse_status status = rouse_poll(&next.future, &cx).status;
    CHECK(model.polled_count == expected_count, "polled too many or too few");
    CHECK(memcmp(model.polled, expected, expected_count * sizeof *expected) == 0,
          "polled in another order");
    waiting = status == ROUSE_PENDING_;
    check_end(status, done);
}

static void operate(struct rouse_runtime *rt)
{
    unsigned name = below(MEMBERS), what = below(100);
    bool was_ready = woken || model.ready_count + model.added_count > 0;
    if (what < 35)
        poll_next(rt);
    else if (!model.inside[name])
        add(name);
    else if (what < 60)
        wake(name);
    else if (what < 70)
        model.ends[name] = !model.ends[name];
    else if (what < 80)
        model.restless[name] = !model.restless[name];
    else if (what < 85)
        keep_waker(name);
    else if (what < 90)
        remove_or_drop(name);
    if (what == 99 && waiting) {
        rouse_drop(&next.future);
        waiting = false;
    }
    CHECK(rouse_set_count(&set) == model.count, "counts wrong");
    bool ready = model.ready_count + model.added_count > 0;
    if (waiting && ready && !was_ready)
        CHECK(woken, "did not wake who waits");
}

TEST(set)
{
    static struct rouse_runtime rt;
    history_arguments();
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_OK);
    rouse_set_init(&set);
    for (; history.op < history.ops; history.op++)
        operate(&rt);
    if (waiting)
        rouse_drop(&next.future);
    waiting = true; /* the last wakes may call us */
    rouse_set_drop(&set);
    for (unsigned i = 0; i < MEMBERS; i++)
        rouse_waker_drop(&late[i]);
    CHECK(rouse_set_count(&set) == 0, "is not empty in the end");
    rouse_runtime_drop(&rt);
}
