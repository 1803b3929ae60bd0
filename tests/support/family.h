/* family.h: a parent with two children in a scope. */
#ifndef ROUSE_TEST_FAMILY_H
#define ROUSE_TEST_FAMILY_H

#include "crew.h"

/* A parent with two children and what a test wants besides. */
struct parent {
    struct rouse_future future;
    enum rouse_scope_mode mode;
    struct worker a, b, cleanup, cleanup2;
    uint64_t grace_ns, deadline_ms;
    rouse_status cancel_with, status;
    bool cancels;
    struct rouse_scope scope;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(parent)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, self->mode);
    if (self->cleanup.name)
        EXPECT_EQ(rouse_scope_defer(&self->scope, self->grace_ns, self->cleanup), ROUSE_OK);
    if (self->cleanup2.name)
        EXPECT_EQ(rouse_scope_defer(&self->scope, self->grace_ns, self->cleanup2), ROUSE_OK);
    if (self->deadline_ms)
        rouse_scope_deadline(&self->scope, self->deadline_ms * ROUSE_MS);
    if (self->a.name)
        rouse_scope_spawn(&self->scope, self->a);
    if (self->b.name)
        rouse_scope_spawn(&self->scope, self->b);
    if (self->cancels)
        rouse_scope_cancel(&self->scope, self->cancel_with);
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_scope_join(&self->scope));
    test_say("joined %d", (int)self->status);
    if (self->status < 0 && rouse_error(cx)->message[0])
        test_say("[%s]", rouse_error(cx)->message);
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

/* Runs a parent for `ms` and gives its task, which the caller detaches. */
static struct rouse_task *start(struct parent made, uint64_t ms)
{
    struct rouse_task *task = rouse_spawn(&rt, made);
    rouse_task_set_name(task, "parent");
    run();
    rouse_fake_host_advance(&host, ms * ROUSE_MS);
    return task;
}
#define PARENT(...) ROUSE_FUTURE(parent, __VA_ARGS__)

#endif
