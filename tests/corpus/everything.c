/* Every kind of future of the core, nested in each other: what the cancel and allocation loops of
   the corpus should meet. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- an argument moved in, freed in FINALLY even if the body never runs ------------------------
 */

struct owner {
    struct rouse_future future;
    char *text;
    struct rouse_sleep nap;
    size_t out;
};
ROUSE_ASYNC(owner)
{
    ROUSE_BEGIN;
    if (!self->text)
        ROUSE_FAIL(ROUSE_ERR_NO_MEMORY);
    ROUSE_AWAIT(self->nap, rouse_sleep(5 * ROUSE_MS));
    ROUSE_RETURN(strlen(self->text));
    ROUSE_FINALLY;
    free(self->text);
    ROUSE_END;
}
ROUSE_LAZY static struct owner owner(const char *text)
{
    char *copy = malloc(strlen(text) + 1);
    if (copy)
        memcpy(copy, text, strlen(text) + 1);
    return ROUSE_FUTURE(owner, .text = copy);
}

/* ---- recursion on the heap ---------------------------------------------------------------------
 */

struct tree {
    struct rouse_future future;
    int depth;
    struct tree *left, *right;
    int out;
};
static const struct rouse_type tree_type;
static struct tree *tree_new(int depth)
{
    struct tree *tree = malloc(sizeof *tree);
    if (tree)
        *tree = ROUSE_FUTURE(tree, .depth = depth);
    return tree;
}
static void tree_free(struct tree *tree)
{
    if (tree)
        rouse_drop(&tree->future);
    free(tree);
}
ROUSE_ASYNC(tree)
{
    ROUSE_BEGIN;
    ROUSE_YIELD;
    if (self->depth == 0)
        ROUSE_RETURN(1);
    self->left = tree_new(self->depth - 1);
    self->right = tree_new(self->depth - 1);
    if (!self->left || !self->right)
        ROUSE_FAIL(ROUSE_ERR_NO_MEMORY);
    ROUSE_AWAIT_ON(&self->left->future);
    ROUSE_AWAIT_ON(&self->right->future);
    ROUSE_RETURN(self->left->out + self->right->out);
    ROUSE_FINALLY;
    tree_free(self->left);
    tree_free(self->right);
    ROUSE_END;
}

/* ---- tasks that wait for each other ------------------------------------------------------------
 */

struct waiter {
    struct rouse_future future;
    struct rouse_notify *notify;
    struct rouse_notify_wait wait;
    int out;
};
ROUSE_ASYNC(waiter)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->wait, rouse_notify_wait(self->notify));
    ROUSE_RETURN(5);
    ROUSE_END;
}

/* Whoever spawns two tasks gives both handles up, whatever happens in between. */
struct pair {
    struct rouse_future future;
    struct rouse_notify notify[2];
    struct rouse_task *tasks[2];
    struct rouse_task_join joins[2];
    struct rouse_join both;
    int out;
};
ROUSE_ASYNC(pair)
{
    ROUSE_BEGIN;
    for (int i = 0; i < 2; i++) {
        rouse_notify_init(&self->notify[i]);
        self->tasks[i] = ROUSE_SPAWN(ROUSE_FUTURE(waiter, .notify = &self->notify[i]));
    }
    ROUSE_YIELD;
    rouse_notify_one(&self->notify[0]);
    rouse_notify_all(&self->notify[1]);
    rouse_notify_one(&self->notify[1]);
    ROUSE_PUT(self->joins[0], rouse_task_join(self->tasks[0]));
    ROUSE_PUT(self->joins[1], rouse_task_join(self->tasks[1]));
    rouse_task_set_name(self->tasks[0], "first");
    ROUSE_AWAIT(self->both, rouse_join(ROUSE_LIST(&self->joins[0].future, &self->joins[1].future)));
    if (self->joins[0].future.status < 0 || self->joins[1].future.status < 0)
        ROUSE_FAIL(ROUSE_ERR_NO_MEMORY);
    ROUSE_RETURN(ROUSE_OUTPUT(waiter, self->tasks[0])->out +
                 ROUSE_OUTPUT(waiter, self->tasks[1])->out);
    ROUSE_FINALLY;
    for (int i = 0; i < 2; i++) {
        rouse_task_abort(self->tasks[i]); /* they borrow `notify`, which lives here */
        rouse_task_detach(self->tasks[i]);
    }
    ROUSE_END;
}

/* ---- time --------------------------------------------------------------------------------------
 */

struct timed {
    struct rouse_future future;
    struct rouse_interval every;
    struct rouse_interval_tick tick;
    struct rouse_sleep slow;
    struct rouse_timeout limit;
    rouse_status status;
    int ticks, out;
};
ROUSE_ASYNC(timed)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->every, rouse_interval(2 * ROUSE_MS, ROUSE_SKIP)) {
        if (++self->ticks == 3)
            break;
    }
    ROUSE_AWAIT(self->tick, rouse_interval_tick(&self->every));
    ROUSE_PUT(self->slow, rouse_sleep(ROUSE_S));
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout_keep(&self->slow.future, ROUSE_MS));
    if (self->status != ROUSE_ERR_TIMEOUT)
        ROUSE_FAIL(self->status < 0 ? self->status : ROUSE_ERR_INVALID);
    ROUSE_TRY_AWAIT(self->status, self->limit, rouse_timeout(&self->slow.future, ROUSE_MS));
    ROUSE_RETURN(self->ticks);
    ROUSE_FINALLY;
    rouse_drop(&self->every.future);
    rouse_drop(&self->slow.future);
    ROUSE_END;
}

/* ---- failures ----------------------------------------------------------------------------------
 */

struct failing {
    struct rouse_future future;
    struct rouse_yield yield;
};
ROUSE_ASYNC(failing)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->yield, rouse_yield());
    ROUSE_FAIL_WITH(-1001, "as agreed");
    ROUSE_END;
}

struct everything {
    struct rouse_future future;
    struct owner owner, unused;
    struct tree tree;
    struct pair pair;
    struct timed timed;
    struct failing failing;
    struct rouse_task *task;
    struct rouse_task_join join;
    rouse_status status;
};
ROUSE_ASYNC(everything)
{
    ROUSE_BEGIN;
    ROUSE_PUT(self->unused, owner("never awaited"));
    ROUSE_AWAIT(self->owner, owner("eight ch"));
    printf("owner %d\n", (int)self->owner.out);
    ROUSE_AWAIT(self->tree, ROUSE_FUTURE(tree, .depth = 3));
    printf("tree %d\n", self->tree.out);
    ROUSE_AWAIT(self->pair, ROUSE_FUTURE(pair));
    printf("pair %d\n", self->pair.out);
    ROUSE_AWAIT(self->timed, ROUSE_FUTURE(timed));
    printf("timed %d\n", self->timed.out);
    ROUSE_TRY_AWAIT(self->status, self->failing, ROUSE_FUTURE(failing));
    printf("failing %d: %s\n", (int)self->status, rouse_error(cx)->message);
    self->task = ROUSE_SPAWN(ROUSE_FUTURE(failing));
    ROUSE_TRY_AWAIT(self->status, self->join, rouse_task_join(self->task));
    printf("joined %d\n", (int)self->status);
    ROUSE_FINALLY;
    rouse_drop(&self->unused.future);
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(everything))

// needs: malloc
// expect: owner 8
// expect: tree 8
// expect: pair 10
// expect: timed 3
// expect: failing -1001: as agreed
// expect: joined -1001
