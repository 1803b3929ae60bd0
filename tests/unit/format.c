/* The formatter behind messages: what the attribute format(printf) lets through is printed as
 * printf would. */
#include "base/format.h"
#include "test.h"

#include <stdarg.h>

enum { ROUNDS = 100000, SIZE = 512 };

/* The values of one call, in the order of its arguments. */
struct values {
    int i, width, precision;
    unsigned u;
    long l;
    long long ll;
    size_t size;
    ptrdiff_t difference;
    double d;
    char text[24];
    bool ended; /* the text has a NUL */
};

static uint64_t seed = 1;

static uint64_t random_bits(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed;
}

static bool toss(unsigned one_in)
{
    return random_bits() % one_in == 0;
}

/* Small, huge, or with few bits set. */
static uint64_t random_value(void)
{
    uint64_t bits = random_bits();
    switch (random_bits() % 4) {
    case 0:
        return bits % 11;
    case 1:
        return 0 - bits % 11;
    case 2:
        return UINT64_C(1) << bits % 64;
    default:
        return bits;
    }
}

static double random_double(void)
{
    static const double some[] = {0.0, -0.0, 1.0, 0.1, 1e300, 1e-300, 1.0 / 0.0, 123456789.125};
    return toss(2) ? some[random_bits() % (sizeof some / sizeof *some)]
                   : (double)(int64_t)random_value() / 1000;
}

static void random_values(struct values *values)
{
    *values = (struct values){.i = (int)random_value(),
                              .u = (unsigned)random_value(),
                              .width = (int)(random_bits() % 40) - 20,
                              .precision = (int)(random_bits() % 24) - 4,
                              .l = (long)random_value(),
                              .ll = (long long)random_value(),
                              .size = (size_t)random_value(),
                              .difference = (ptrdiff_t)random_value(),
                              .d = random_double()};
    size_t length = random_bits() % (sizeof values->text - 1);
    memset(values->text, 'a' + (int)(random_bits() % 26), length);
}

/* Appends to a format, where there is room: "%", flags, width and precision, without a kind. */
static char *add_spec(char *at, const char *flags, bool precise)
{
    *at++ = '%';
    for (; *flags; flags++)
        if (toss(4))
            *at++ = *flags;
    if (toss(2))
        at += sprintf(at, "%u", (unsigned)(random_bits() % 30) + 1);
    if (precise && toss(2))
        at += sprintf(at, toss(4) ? "." : ".%u", (unsigned)(random_bits() % 30));
    return at;
}

static char *add_kind(char *at, const char *length, const char *kinds)
{
    at += sprintf(at, "%s", length);
    *at++ = kinds[random_bits() % strlen(kinds)];
    return at + sprintf(at, "%s", toss(8) ? "%%" : "|");
}

/* One directive for each argument of `compare`. Flags that are undefined for a kind are left out.
 */
static void random_format(char *at)
{
    static const char *const signed_flags = "-+ 0", *const based_flags = "-#0";
    bool is_signed[5];
    for (int i = 0; i < 5; i++)
        is_signed[i] = toss(2);
    const char *lengths[] = {"", "h", "hh"};
    at = add_kind(add_spec(at, signed_flags, true), lengths[random_bits() % 3], "di");
    at = add_kind(add_spec(at, based_flags, true), lengths[random_bits() % 3], "xXo");
    at = add_kind(add_spec(at, "-", true), "", "s");
    at = add_kind(add_spec(at, is_signed[1] ? signed_flags : based_flags, true), "l",
                  is_signed[1] ? "di" : "xXo");
    at = add_kind(add_spec(at, is_signed[2] ? signed_flags : "-0", true), toss(2) ? "ll" : "j",
                  is_signed[2] ? "di" : "u");
    at = add_kind(add_spec(at, is_signed[3] ? signed_flags : based_flags, true), "z",
                  is_signed[3] ? "d" : "xXo");
    at = add_kind(add_spec(at, "-0", true), "t", "d");
    at = add_kind(add_spec(at, "-+ #0", true), "", "fFeEgGaA");
    at = add_kind(add_spec(at, "-", false), "", "c");
    at += sprintf(at, "%%*.*s %%-*d %%%c*u", toss(2) ? '0' : '-');
    *at = '\0';
}

static void format_ours(char *buffer, const char *format, ...)
{
    va_list list;
    struct rouse_i_text text = rouse_i_text(buffer, SIZE);
    va_start(list, format);
    rouse_i_text_format(&text, format, list, rouse_i_text_double);
    va_end(list);
    EXPECT_EQ(text.length, strlen(buffer));
}

#define ARGUMENTS(v)                                                                        \
    (v).i, (v).u, (v).text, (v).l, (v).ll, (v).size, (v).difference, (v).d, 'x', (v).width, \
        (v).precision, (v).text, (v).width, (v).i, (v).width, (v).u

#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"

TEST(random_formats_and_values_are_printed_as_printf_does)
{
    char format[SIZE], ours[SIZE], theirs[SIZE];
    struct values values;
    for (int i = 0; i < ROUNDS; i++) {
        random_format(format);
        random_values(&values);
        format_ours(ours, format, ARGUMENTS(values));
        snprintf(theirs, sizeof theirs, format, ARGUMENTS(values));
        if (strcmp(ours, theirs) != 0)
            fprintf(stderr, "round %d: %s\n", i, format);
        EXPECT_TEXT(ours, theirs);
    }
}
