/* Failures in the async form: the chain of awaits, and its bounds. */
#include "test.h"

struct inner {
    struct rouse_future future;
    struct rouse_ready ready;
    int how;
};
ROUSE_ASYNC(inner)
{
    ROUSE_BEGIN;
    if (self->how == 0)
        ROUSE_FAIL_WITH(-1100, "cannot open %s: %d of %lu%c", "x.txt", -3, 7ul, '!');
    if (self->how == 1)
        ROUSE_FAIL(-1101);
    ROUSE_AWAIT(self->ready, rouse_ready(ROUSE_ERR_TIMEOUT));
    ROUSE_END;
}
struct middle {
    struct rouse_future future;
    struct inner inner;
    int how;
};
ROUSE_ASYNC(middle)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->inner, ROUSE_FUTURE(inner, .how = self->how));
    ROUSE_END;
}
struct outer {
    struct rouse_future future;
    struct middle middle;
    rouse_status status;
    int how;
};
ROUSE_ASYNC(outer)
{
    ROUSE_BEGIN;
    for (self->how = 0; self->how < 3; self->how++) {
        ROUSE_TRY_AWAIT(self->status, self->middle, ROUSE_FUTURE(middle, .how = self->how));
        const struct rouse_error *error = rouse_error(cx);
        EXPECT(error);
        EXPECT_EQ(error->status, self->status);
        test_say("[%s]", error->message);
        for (uint32_t i = 0; i < error->frame_count; i++)
            test_say("%s", error->frames[i].function);
    }
    ROUSE_END;
}

TEST(a_failure_carries_its_message_and_one_frame_per_await)
{
    struct outer f = ROUSE_FUTURE(outer);
    struct rouse_error error = {0};
    struct mock_task t = mock_task(&f.future);
    struct rouse_context cx = mock_context(&t);
    cx.error = &error;
    while (rouse_is_pending(rouse_poll(&f.future, &cx))) {
    }
    EXPECT_EQ(f.future.status, ROUSE_OK);
    EXPECT_TEXT(test_said(), "[cannot open x.txt: -3 of 7!] inner middle outer [] inner middle "
                             "outer [] inner middle outer");
}

TEST(without_a_place_for_the_chain_the_bare_status_arrives)
{
    for (int how = 0; how < 3; how++) {
        static const rouse_status expected[] = {-1100, -1101, ROUSE_ERR_TIMEOUT};
        struct middle f = ROUSE_FUTURE(middle, .how = how);
        EXPECT_EQ(mock_run(&f.future), expected[how]);
    }
}

struct measured {
    struct rouse_future future;
    const char *name;
};
ROUSE_ASYNC(measured)
{
    ROUSE_BEGIN;
    ROUSE_FAIL_WITH(-1300, "%.4s is %.2f of %g (%+Le, %5.1f%%)", self->name, 0.125, 1e9,
                    (long double)1.5, (double)12.5F);
    ROUSE_END;
}

TEST(a_message_may_have_doubles_on_every_host)
{
    struct measured f = ROUSE_FUTURE(measured, .name = "load average");
    struct rouse_error error = {0};
    struct mock_task t = mock_task(&f.future);
    struct rouse_context cx = mock_context(&t);
    cx.error = &error;
    EXPECT_EQ(rouse_poll(&f.future, &cx).status, -1300);
    EXPECT_TEXT(error.message, "load is 0.12 of 1e+09 (+1.500000e+00,  12.5%)");
}

/* Fails 20 frames deep: more than the chain keeps. */
struct deep {
    struct rouse_future future;
    int left;
    struct deep *child;
};
static const struct rouse_type deep_type;
ROUSE_ASYNC(deep)
{
    ROUSE_BEGIN;
    if (self->left == 0)
        ROUSE_FAIL_WITH(-1200, "%0200d", 1);
    self->child = malloc(sizeof *self->child);
    *self->child = ROUSE_FUTURE(deep, .left = self->left - 1);
    ROUSE_AWAIT_ON(&self->child->future);
    ROUSE_FINALLY;
    free(self->child);
    ROUSE_END;
}

TEST(a_long_chain_and_a_long_message_are_cut_not_lost)
{
    struct deep f = ROUSE_FUTURE(deep, .left = 19);
    struct rouse_error error = {0};
    struct mock_task t = mock_task(&f.future);
    struct rouse_context cx = mock_context(&t);
    cx.error = &error;
    while (rouse_is_pending(rouse_poll(&f.future, &cx))) {
    }
    EXPECT_EQ(error.frame_count, 20);
    EXPECT_EQ(strlen(error.message), ROUSE_ERROR_TEXT - 1);
    EXPECT_EQ(error.status, -1200);
}

TEST(cancel_of_a_deep_chain_does_not_recurse_and_frees_all)
{
    struct deep f = ROUSE_FUTURE(deep, .left = 3);
    rouse_drop(&f.future);
    EXPECT_EQ(f.future.status, ROUSE_ERR_CANCELLED);
}
