/* The bounded formatter behind messages and reports. */
#include "base/text.h"
#include "test.h"

static char buffer[64];

#define EXPECT_FORMAT(expected, ...)                                       \
    do {                                                                   \
        struct rouse_i_text text_to = rouse_i_text(buffer, sizeof buffer); \
        rouse_i_text_add(&text_to, __VA_ARGS__);                           \
        EXPECT_TEXT(buffer, expected);                                     \
        EXPECT_EQ(text_to.length, strlen(expected));                       \
    } while (0)

TEST(formats_what_messages_need)
{
    EXPECT_FORMAT("plain", "plain");
    EXPECT_FORMAT("a b (100%)", "%s %c (%d%%)", "a", 'b', 100);
    EXPECT_FORMAT("-5 5 ff", "%i %u %x", -5, 5u, 255u);
    EXPECT_FORMAT("-9223372036854775808", "%lld", (long long)INT64_MIN);
    EXPECT_FORMAT("18446744073709551615", "%llu", (unsigned long long)UINT64_MAX);
    EXPECT_FORMAT("1 2 3 4", "%ld %lu %zu %ju", 1l, 2ul, (size_t)3, (uintmax_t)4);
    EXPECT_FORMAT("[  7] [007] [ -7] [-07]", "[%3d] [%03d] [%3d] [%03d]", 7, 7, -7, -7);
    EXPECT_FORMAT("0x10", "%p", (void *)16);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat"
TEST(unknown_and_unfinished_directives_end_the_format_and_take_nothing)
{
    EXPECT_FORMAT("a%q %s", "%c%q %s", 'a', 1);
    EXPECT_FORMAT("a%5", "%c%5", 'a');
    const char *volatile nothing = NULL; /* in a variable, for gcc refuses it */
    EXPECT_FORMAT("(null)", "%s", nothing);
}
#pragma GCC diagnostic pop

TEST(what_does_not_fit_is_cut)
{
    char small[8];
    struct rouse_i_text text = rouse_i_text(small, sizeof small);
    rouse_i_text_add(&text, "%s", "0123456789");
    EXPECT_TEXT(small, "0123456");
    rouse_i_text_add(&text, "%d", 12);
    EXPECT_TEXT(small, "0123456");
}

TEST(a_long_chain_says_how_much_was_left_out)
{
    char long_buffer[4096];
    struct rouse_error error = {.status = -1600, .frame_count = 20};
    for (int i = 0; i < ROUSE_ERROR_FRAMES; i++)
        error.frames[i] = (struct rouse_error_frame){"f", "x.c", (uint32_t)i + 1};
    struct rouse_i_text text = rouse_i_text(long_buffer, sizeof long_buffer);
    rouse_i_text_error(&text, &error);
    EXPECT_CONTAINS(long_buffer, "ROUSE_USER: an application error (-1600)");
    EXPECT_CONTAINS(long_buffer, "in f (x.c:1)");
    EXPECT_CONTAINS(long_buffer, "awaited by f (x.c:16)");
    EXPECT_CONTAINS(long_buffer, "... and 4 more");
}
