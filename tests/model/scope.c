/* scope.c: random operations on scopes and their children, against arrays.

   A child is a leaf that ends when it is told to; some have a scope of their own with two children.
   After every operation the runtime runs until nothing is ready, and then each child has ended as
   the model says, each scope has as many left, each join is pending or says what the model says,
   deferred futures ran in the right order, and as many failures were reported.

   tests model.scope [--ops N] [--seed S] */
#include "history.h"

enum { CHILDREN = 48, SCOPES = 24, OUTER = 6, EPISODE = 400 };
enum { NOT_ENDED = 1, DROPPED = 2 }; /* what a child says besides its status */

static struct {
    struct rouse_runtime rt;
    struct rouse_fake_host host;
    size_t blocks;
    uint64_t spawned;
    unsigned reports, expected_reports;
} run;

static rouse_status some_status(void)
{
    return ROUSE_USER - 1 - pick(50);
}

/* ---- The model ------------------------------------------------------------------------------- */

static struct child {
    bool used;
    int scope, inner;            /* whose it is; its own scope, or NONE */
    rouse_status expected, real; /* NOT_ENDED, DROPPED or the status */
    bool told;
    rouse_status command;
    struct rouse_waker *waker;
    struct rouse_task *task;
} children[CHILDREN];

static struct scope {
    bool used, cancelled, failed;
    enum rouse_scope_mode mode;
    rouse_status why, result;
    int live, deferred;
    struct rouse_scope *real;
    struct rouse_scope storage; /* of an outer one; an inner one lies in its child */
    struct rouse_scope_join join;
    bool joining;
    unsigned woken;
} scopes[SCOPES];

static int next_note; /* what the deferred future that runs next has to say */

static void model_abort_all(int scope);

static void model_end(int index, rouse_status how)
{
    struct child *child = &children[index];
    struct scope *scope = &scopes[child->scope];
    child->expected = how;
    scope->live--;
    if (child->inner != NONE) {
        struct scope *inner = &scopes[child->inner];
        model_abort_all(child->inner);
        run.expected_reports += inner->failed;
        inner->used = false;
    }
    if (how >= 0)
        return;
    if (scope->mode == ROUSE_SUPERVISE || scope->cancelled) {
        run.expected_reports++;
        return;
    }
    scope->failed = scope->cancelled = true;
    scope->result = how;
    model_abort_all(child->scope);
}

static void model_abort_all(int scope)
{
    for (int i = 0; i < CHILDREN; i++)
        if (children[i].used && children[i].scope == scope && children[i].expected == NOT_ENDED)
            model_end(i, DROPPED);
}

static void model_cancel(int index, rouse_status why)
{
    struct scope *scope = &scopes[index];
    if (scope->cancelled)
        return;
    scope->cancelled = true;
    scope->why = why;
    if (scope->live > 0)
        scope->result = why;
    model_abort_all(index);
}

static void model_drop(int index)
{
    model_cancel(index, ROUSE_ERR_CANCELLED);
    run.expected_reports += scopes[index].failed;
    scopes[index].failed = false;
    scopes[index].deferred = 0;
}

/* ---- A child --------------------------------------------------------------------------------- */

struct unit {
    struct rouse_future future;
    int index;
    struct rouse_waker waker;
    struct rouse_scope inner;
};
static int spawn(int scope, bool nests);
static int new_scope(int from, int to, struct rouse_scope *real, enum rouse_scope_mode mode);

static struct rouse_polled unit_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct unit *self = (struct unit *)(void *)f;
    struct child *child = &children[self->index];
    if (child->told) {
        rouse_waker_drop(&self->waker);
        rouse_scope_drop(&self->inner);
        child->real = child->command;
        return ROUSE_READY(child->command);
    }
    if (child->inner != NONE && !child->waker) {
        enum rouse_scope_mode mode = scopes[child->inner].mode;
        scopes[child->inner].real = &self->inner;
        rouse_scope_init(&self->inner, cx->runtime, mode);
        spawn(child->inner, false);
        spawn(child->inner, false);
    }
    child->waker = &self->waker;
    rouse_waker_store(&self->waker, cx);
    return ROUSE_PENDING;
}
static void unit_drop(struct rouse_future *f)
{
    struct unit *self = (struct unit *)(void *)f;
    rouse_waker_drop(&self->waker);
    rouse_scope_drop(&self->inner);
    children[self->index].real = DROPPED;
}
static const struct rouse_type unit_type = {"unit", __FILE__, sizeof(struct unit), unit_poll,
                                            unit_drop};

/* Deferred: says its number, which has to be the one expected next. */
struct note {
    struct rouse_future future;
    int number;
};
static struct rouse_polled note_poll(struct rouse_future *f, struct rouse_context *cx)
{
    (void)cx;
    CHECK(((struct note *)(void *)f)->number == next_note--, "deferred in the wrong order");
    return ROUSE_READY(ROUSE_OK);
}
static const struct rouse_type note_type = {"note", __FILE__, sizeof(struct note), note_poll, NULL};

/* ---- Operations ------------------------------------------------------------------------------ */

static void settle(void)
{
    while (rouse_turn(&run.rt)) {
    }
}

static int new_scope(int from, int to, struct rouse_scope *real, enum rouse_scope_mode mode)
{
    while (from < to && scopes[from].used)
        from++;
    if (from == to)
        return NONE;
    scopes[from] = (struct scope){.used = true, .mode = mode, .real = real};
    return from;
}

static int spawn(int scope, bool nests)
{
    int index = 0;
    while (index < CHILDREN && children[index].used)
        index++;
    if (index == CHILDREN)
        return NONE;
    struct scope *owner = &scopes[scope];
    struct child *child = &children[index];
    *child = (struct child){.scope = scope, .inner = NONE, .expected = NOT_ENDED};
    child->real = NOT_ENDED;
    if (owner->cancelled) {
        CHECK(!rouse_scope_spawn(owner->real, ROUSE_FUTURE(unit, .index = index)), "refuses");
        if (owner->result == ROUSE_OK)
            owner->result = owner->why;
        return NONE;
    }
    child->used = true;
    owner->live++;
    if (nests)
        child->inner = new_scope(OUTER, SCOPES, NULL, (enum rouse_scope_mode)pick(2));
    child->task = rouse_scope_spawn(owner->real, ROUSE_FUTURE(unit, .index = index));
    CHECK(child->task != NULL, "spawns");
    run.spawned++;
    return index;
}

static void tell(int index, rouse_status status)
{
    children[index].told = true;
    children[index].command = status;
    model_end(index, status);
    rouse_waker_wake_by_ref(children[index].waker);
}

static void count_wake(void *data)
{
    ((struct scope *)data)->woken++;
}
static void no_drop(void *data)
{
    (void)data;
}
static struct rouse_waker count_clone(void *data);
static const struct rouse_waker_table count_table = {count_clone, count_wake, count_wake, no_drop};
static struct rouse_waker count_clone(void *data)
{
    return (struct rouse_waker){&count_table, data};
}

static void join(struct scope *scope)
{
    struct rouse_context cx = {.waker = count_clone(scope), .runtime = &run.rt};
    if (!scope->joining)
        scope->join = rouse_scope_join(scope->real);
    scope->joining = true;
    next_note = scope->deferred;
    struct rouse_polled polled = rouse_poll(&scope->join.future, &cx);
    if (scope->live > 0) {
        CHECK(rouse_is_pending(polled), "a join waits for children");
        return;
    }
    if (scope->deferred > 0) {
        CHECK(rouse_is_pending(polled), "a join waits for what was deferred");
        settle();
        CHECK(scope->woken > 0 && next_note == 0, "all that was deferred ran");
        scope->deferred = 0;
        polled = rouse_poll(&scope->join.future, &cx);
    }
    CHECK(polled.status == scope->result, "what a join says");
    scope->failed = scope->joining = false; /* told */
    scope->woken = 0;
}

static void drop_scope(int index)
{
    struct scope *scope = &scopes[index];
    next_note = scope->deferred;
    model_drop(index);
    if (scope->joining && pick(2))
        rouse_drop(&scope->join.future);
    else
        rouse_scope_drop(scope->real);
    settle();
    CHECK(next_note == 0, "all that was deferred ran");
    rouse_drop(&scope->join.future);
    rouse_scope_drop(scope->real);
    scope->used = false;
}

static void scope_operation(void)
{
    int index = pick(OUTER), child = pick(CHILDREN);
    struct scope *scope = &scopes[index];
    bool alive = children[child].used && children[child].expected == NOT_ENDED;
    int choice = pick(16);
    if (!scope->used) {
        *scope = (struct scope){.used = true, .mode = (enum rouse_scope_mode)pick(2)};
        scope->real = &scope->storage;
        rouse_scope_init(scope->real, &run.rt, scope->mode);
    } else if (choice < 6) {
        spawn(index, pick(4) == 0);
    } else if (choice < 10 && alive) {
        tell(child, choice < 9 ? ROUSE_OK : some_status());
    } else if (choice == 10 && alive) {
        model_end(child, DROPPED);
        rouse_task_abort_with(children[child].task, some_status());
    } else if (choice == 11 && pick(4) == 0) {
        rouse_status why = pick(3) ? some_status() : ROUSE_OK;
        model_cancel(index, why);
        rouse_scope_cancel(scope->real, why);
    } else if (choice == 12) {
        join(scope);
    } else if (choice == 13) {
        struct note note = ROUSE_FUTURE(note, .number = scope->deferred + 1);
        CHECK(rouse_scope_defer(scope->real, ROUSE_S, note) == ROUSE_OK, "defers");
        scope->deferred++;
    } else if (choice == 14 && pick(4) == 0) {
        rouse_scope_deadline(scope->real, ROUSE_MS);
        model_cancel(index, ROUSE_ERR_TIMEOUT);
        settle();
        rouse_fake_host_advance(&run.host, ROUSE_MS);
    } else if (choice >= 14 && (scope->cancelled || pick(8) == 0)) {
        drop_scope(index);
    }
}

static void compare(void)
{
    for (int i = 0; i < CHILDREN; i++) {
        CHECK(!children[i].used || children[i].expected == children[i].real, "how a child ended");
        if (children[i].expected != NOT_ENDED)
            children[i].used = false;
    }
    for (int i = 0; i < SCOPES; i++) {
        struct scope *scope = &scopes[i];
        if (!scope->used)
            continue;
        CHECK(rouse_scope_count(scope->real) == (size_t)scope->live, "how many are left");
        if (scope->joining && scope->live == 0) {
            CHECK(scope->woken > 0, "a join that is due was woken");
            join(scope);
        }
    }
    CHECK(run.reports == run.expected_reports, "how many failures were reported");
}

/* ---- Episodes -------------------------------------------------------------------------------- */

static void *allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    (void)data, (void)old_size;
    if (new_size == 0) {
        run.blocks -= block != NULL;
        free(block);
        return NULL;
    }
    run.blocks += block == NULL;
    return realloc(block, new_size);
}

static void count_report(void *data, struct rouse_runtime *rt, const char *task,
                         const struct rouse_error *error)
{
    (void)data, (void)rt, (void)task, (void)error;
    run.reports++;
}

static void episode(uint64_t ops)
{
    struct rouse_options options = {.host = &run.host.host,
                                    .allocate = allocate,
                                    .on_error = count_report,
                                    .seed = history.random};
    rouse_fake_host_init(&run.host);
    CHECK(rouse_runtime_init(&run.rt, &options) == ROUSE_OK, "init");
    for (uint64_t end = history.op + ops; history.op < end; history.op++) {
        scope_operation();
        settle();
        compare();
    }
    for (int i = 0; i < OUTER; i++)
        if (scopes[i].used)
            drop_scope(i);
    compare();
    rouse_runtime_drop(&run.rt);
    CHECK(run.blocks == 0, "memory is left");
}

TEST(scope)
{
    history_arguments();
    while (history.op < history.ops)
        episode(history.ops - history.op < EPISODE ? history.ops - history.op : EPISODE);
    printf("%llu children\n", (unsigned long long)run.spawned);
}
