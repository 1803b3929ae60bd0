/* token.c: random operations on a tree of cancel tokens and those who wait for them, against
   arrays.

   After every operation each token has the reason that the model says; a wait is woken once when
   its token is cancelled, and never otherwise.

   tests model.token [--ops N] [--seed S] */
#include "history.h"

enum { TOKENS = 32, WAITS = 32 };

static rouse_status some_status(void)
{
    return ROUSE_USER - 1 - pick(50);
}

/* ---- The model ------------------------------------------------------------------------------- */

static struct {
    bool used;
    int parent;
    rouse_status why;
    struct rouse_token real;
} tokens[TOKENS];
static struct {
    bool used;
    int token;
    unsigned woken;
    struct rouse_token_wait real;
} waits[WAITS];

static void model_token_cancel(int index, rouse_status why)
{
    if (tokens[index].why < 0)
        return;
    tokens[index].why = why;
    for (int i = 0; i < TOKENS; i++)
        if (tokens[i].used && tokens[i].parent == index)
            model_token_cancel(i, why);
}

/* ---- Operations ------------------------------------------------------------------------------ */

static void count_wake(void *data)
{
    ++*(unsigned *)data;
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

static void token_drop(int index)
{
    for (int i = 0; i < WAITS; i++)
        if (waits[i].used && waits[i].token == index)
            return; /* it would trap */
    for (int i = 0; i < TOKENS; i++)
        if (tokens[i].parent == index)
            tokens[i].parent = tokens[index].parent;
    rouse_token_drop(&tokens[index].real);
    tokens[index].used = false;
}

static void token_init(int index)
{
    int parent = pick(TOKENS);
    if (!tokens[parent].used || parent == index)
        parent = NONE;
    tokens[index].used = true;
    tokens[index].parent = parent;
    tokens[index].why = parent == NONE ? ROUSE_OK : tokens[parent].why;
    rouse_token_init(&tokens[index].real, parent == NONE ? NULL : &tokens[parent].real);
}

static void wait_begin(int index, int token)
{
    struct rouse_context cx = {.waker = count_clone(&waits[index].woken)};
    waits[index].woken = 0;
    waits[index].real = rouse_token_wait(&tokens[token].real);
    waits[index].token = token;
    waits[index].used = rouse_is_pending(rouse_poll(&waits[index].real.future, &cx));
    CHECK(waits[index].used == (tokens[token].why == ROUSE_OK), "whether a wait waits");
}

static void wait_end(int index)
{
    struct rouse_context cx = {.waker = rouse_waker_noop()};
    rouse_status why = tokens[waits[index].token].why;
    CHECK(waits[index].woken == (why < 0), "a wait is woken once, if at all");
    waits[index].used = false;
    if (why < 0 && pick(2)) {
        CHECK(rouse_poll(&waits[index].real.future, &cx).status == ROUSE_OK, "a wait is done");
        CHECK(waits[index].real.out == why, "why");
    }
    rouse_drop(&waits[index].real.future);
}

static void token_operation(void)
{
    int index = pick(TOKENS), wait = pick(WAITS), choice = pick(8);
    if (waits[wait].used && choice < 4)
        wait_end(wait);
    else if (!tokens[index].used)
        token_init(index);
    else if (choice < 6 && !waits[wait].used)
        wait_begin(wait, index);
    else if (choice == 6)
        token_drop(index);
    else if (choice == 7) {
        rouse_status why = pick(4) ? some_status() : ROUSE_OK;
        model_token_cancel(index, why < 0 ? why : ROUSE_ERR_CANCELLED);
        rouse_token_cancel(&tokens[index].real, why);
    }
    for (int i = 0; i < TOKENS; i++)
        CHECK(!tokens[i].used || rouse_token_reason(&tokens[i].real) == tokens[i].why, "a reason");
}

TEST(token)
{
    history_arguments();
    for (; history.op < history.ops; history.op++)
        token_operation();
}
