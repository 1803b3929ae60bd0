/* What a traced build prints of lints when the program does not take them. This program's own
   platform.c counts. */
// needs: native malloc trace
// alone:
#include "test.h"
#include <rouse/host.h>

static unsigned printed;
static char last[512];

void *rouse_host_allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    (void)data, (void)old_size;
    if (new_size)
        return realloc(block, new_size);
    free(block);
    return NULL;
}

void rouse_host_log(const char *text, size_t length)
{
    printed++;
    snprintf(last, sizeof last, "%.*s", (int)length, text);
}

struct large {
    struct rouse_future future;
    char buffer[8192];
};
ROUSE_ASYNC(large)
{
    ROUSE_BEGIN;
    ROUSE_END;
}
struct larger {
    struct rouse_future future;
    char buffer[9000];
};
ROUSE_ASYNC(larger)
{
    ROUSE_BEGIN;
    ROUSE_END;
}

static void spawn_three(const struct rouse_options *options)
{
    static struct rouse_runtime rt;
    EXPECT_EQ(rouse_runtime_init(&rt, options), ROUSE_OK);
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(large)));
    EXPECT_EQ(printed, options ? 0 : 1);
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(large)));
    EXPECT_EQ(printed, options ? 0 : 1);
    rouse_task_detach(rouse_spawn(&rt, ROUSE_FUTURE(larger)));
    while (rouse_turn(&rt)) {
    }
    rouse_runtime_drop(&rt);
}

TEST(a_lint_is_printed_once_for_each_place)
{
    spawn_three(NULL);
    EXPECT_EQ(printed, 2);
    EXPECT(strstr(last, "rouse: lint: large-future: put large buffers elsewhere"));
    EXPECT(strstr(last, "(larger, "));
    EXPECT(strstr(last, "lints_printed.c"));
}

static void count(void *data, const struct rouse_lint *lint)
{
    (void)lint;
    ++*(int *)data;
}

TEST(a_program_that_takes_lints_gets_all_and_none_is_printed)
{
    int lints = 0;
    struct rouse_options options = {.on_lint = count, .on_lint_data = &lints};
    spawn_three(&options);
    EXPECT_EQ(lints, 3);
    EXPECT_EQ(printed, 0);
}
