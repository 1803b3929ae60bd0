// rouse_block_on inside a foreign waker, which a due timer calls in the middle of a turn.
// trap: rouse: bug: rouse_block_on inside a poll: await it instead
#include <rouse/rouse.h>

static struct rouse_runtime rt;
static struct rouse_ready other;

static void wake(void *data)
{
    (void)data;
    rouse_block_on(&rt, &other.future);
}
static void drop(void *data)
{
    (void)data;
}
static struct rouse_waker clone(void *data);
static const struct rouse_waker_table table = {clone, wake, wake, drop};
static struct rouse_waker clone(void *data)
{
    return (struct rouse_waker){&table, data};
}

int main(void)
{
    rouse_runtime_init(&rt, NULL);
    other = rouse_ready(ROUSE_OK);
    struct rouse_context cx = {.waker = {&table, NULL}, .runtime = &rt};
    struct rouse_sleep nap = rouse_sleep(1);
    if (rouse_poll(&nap.future, &cx).status == ROUSE_OK)
        return 0;
    for (;;)
        rouse_turn(&rt);
}
