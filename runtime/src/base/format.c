/* format.c: the formatter behind ROUSE_FAIL_WITH: printf's directives into a bounded text, without
   stdio.

   Invariant: every directive takes the arguments that printf would take, so that those behind it
   are still the right ones. At a directive that is not known, the rest of the format is copied as
   it is. */
#include "format.h"
#include <string.h>

/* ---- Parsing ------------------------------------------------------------------------------- */

static bool parse_flag(struct rouse_i_directive *directive, char flag)
{
    switch (flag) {
    case '-':
        return directive->left = true;
    case '+':
        return directive->plus = true;
    case ' ':
        return directive->blank = true;
    case '#':
        return directive->alternate = true;
    case '0':
        return directive->zeros = true;
    default:
        return false;
    }
}

/* A number, or the argument that stands for it. */
static int parse_number(const char **format, struct rouse_i_arguments *args)
{
    if (**format == '*') {
        ++*format;
        return va_arg(args->list, int);
    }
    int number = 0;
    for (; **format >= '0' && **format <= '9'; ++*format)
        if (number < ROUSE_I_WIDEST)
            number = number * 10 + (**format - '0');
    return number;
}

static enum rouse_i_length parse_length(const char **format)
{
    enum rouse_i_length length = LENGTH_INT;
    for (;; ++*format)
        switch (**format) {
        case 'h':
            length = length == LENGTH_SHORT ? LENGTH_CHAR : LENGTH_SHORT;
            break;
        case 'l':
            length = length == LENGTH_LONG ? LENGTH_LONG_LONG : LENGTH_LONG;
            break;
        case 'j':
        case 'q':
        case 'L':
            length = LENGTH_LONG_LONG;
            break;
        case 'z':
            length = LENGTH_SIZE;
            break;
        case 't':
            length = LENGTH_DIFFERENCE;
            break;
        default:
            return length;
        }
}
_Static_assert(sizeof(intmax_t) == sizeof(long long), "%jd is read as %lld");

static struct rouse_i_directive parse(const char **format, struct rouse_i_arguments *args)
{
    struct rouse_i_directive directive = {.precision = -1};
    while (parse_flag(&directive, **format))
        ++*format;
    directive.width = parse_number(format, args);
    if (directive.width < 0) { /* from an argument */
        directive.left = true;
        directive.width = directive.width < -ROUSE_I_WIDEST ? ROUSE_I_WIDEST : -directive.width;
    }
    if (**format == '.') {
        ++*format;
        int precision = parse_number(format, args);
        directive.precision = precision < 0 ? -1 : precision;
    }
    directive.length = parse_length(format);
    directive.kind = **format;
    return directive;
}

/* ---- Integers ------------------------------------------------------------------------------ */

static uint64_t next_unsigned(struct rouse_i_arguments *args, enum rouse_i_length length)
{
    switch (length) {
    case LENGTH_CHAR:
        return (unsigned char)va_arg(args->list, unsigned);
    case LENGTH_SHORT:
        return (unsigned short)va_arg(args->list, unsigned);
    case LENGTH_LONG:
        return va_arg(args->list, unsigned long);
    case LENGTH_LONG_LONG:
        return va_arg(args->list, unsigned long long);
    case LENGTH_SIZE:
    case LENGTH_DIFFERENCE:
        return va_arg(args->list, size_t);
    default:
        return va_arg(args->list, unsigned);
    }
}

static int64_t next_signed(struct rouse_i_arguments *args, enum rouse_i_length length)
{
    switch (length) {
    case LENGTH_CHAR:
        return (signed char)va_arg(args->list, int);
    case LENGTH_SHORT:
        return (short)va_arg(args->list, int);
    case LENGTH_LONG:
        return va_arg(args->list, long);
    case LENGTH_LONG_LONG:
        return va_arg(args->list, long long);
    case LENGTH_SIZE:
    case LENGTH_DIFFERENCE:
        return va_arg(args->list, ptrdiff_t);
    default:
        return va_arg(args->list, int);
    }
}

static void repeat(struct rouse_i_text *text, char c, int count)
{
    for (; count > 0; count--)
        rouse_i_text_char(text, c);
}

/* `before` is a sign or a prefix such as 0x: [blanks][before][zeros][digits][blanks] */
static void add_number(struct rouse_i_text *text, struct rouse_i_directive d, const char *before,
                       uint64_t value, unsigned base)
{
    char digits[24];
    int count = 0, length = before[0] ? before[1] ? 2 : 1 : 0;
    for (; value; value /= base)
        digits[count++] = (d.kind == 'X' ? "0123456789ABCDEF" : "0123456789abcdef")[value % base];
    int zeros = (d.precision < 0 ? 1 : d.precision) - count;
    if (base == 8 && d.alternate && zeros <= 0 && (count || d.precision == 0))
        zeros = 1;
    if (d.zeros && !d.left && d.precision < 0 && d.width - length - count > zeros)
        zeros = d.width - length - count;
    if (zeros < 0)
        zeros = 0;
    int blanks = d.width - length - zeros - count;
    if (!d.left)
        repeat(text, ' ', blanks);
    rouse_i_text_string(text, before);
    repeat(text, '0', zeros);
    while (count)
        rouse_i_text_char(text, digits[--count]);
    if (d.left)
        repeat(text, ' ', blanks);
}

static void add_signed(struct rouse_i_text *text, struct rouse_i_directive d, int64_t value)
{
    const char *sign = value < 0 ? "-" : d.plus ? "+" : d.blank ? " " : "";
    add_number(text, d, sign, value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10);
}

static void add_unsigned(struct rouse_i_text *text, struct rouse_i_directive d, uint64_t value)
{
    bool prefixed = d.alternate && value != 0;
    const char *prefix = !prefixed ? "" : d.kind == 'x' ? "0x" : d.kind == 'X' ? "0X" : "";
    add_number(text, d, prefix, value, d.kind == 'u' ? 10 : d.kind == 'o' ? 8 : 16);
}

/* ---- Text ---------------------------------------------------------------------------------- */

static void add_bytes(struct rouse_i_text *text, struct rouse_i_directive d, const char *bytes,
                      int length)
{
    if (!d.left)
        repeat(text, ' ', d.width - length);
    for (int i = 0; i < length; i++)
        rouse_i_text_char(text, bytes[i]);
    if (d.left)
        repeat(text, ' ', d.width - length);
}

/* With a precision the string needs no end: nothing behind that many bytes is read. */
static void add_string(struct rouse_i_text *text, struct rouse_i_directive d, const char *string)
{
    int length = 0;
    if (!string)
        string = "(null)";
    while (length != d.precision && length < ROUSE_I_WIDEST && string[length])
        length++;
    add_bytes(text, d, string, length);
}

static bool is_double(char kind)
{
    return kind && strchr("fFeEgGaA", kind);
}

/* False: the directive is not known, and took no argument. */
static bool add(struct rouse_i_text *text, struct rouse_i_directive d,
                struct rouse_i_arguments *args, rouse_i_double *add_double)
{
    char c;
    if (is_double(d.kind) && add_double) {
        add_double(text, &d, args);
        return true;
    }
    switch (d.kind) {
    case '%':
        rouse_i_text_char(text, '%');
        return true;
    case 'c':
        c = (char)va_arg(args->list, int);
        add_bytes(text, d, &c, 1);
        return true;
    case 's':
        add_string(text, d, va_arg(args->list, const char *));
        return true;
    case 'd':
    case 'i':
        add_signed(text, d, next_signed(args, d.length));
        return true;
    case 'u':
    case 'o':
    case 'x':
    case 'X':
        add_unsigned(text, d, next_unsigned(args, d.length));
        return true;
    case 'p':
        add_number(text, d, "0x", (uintptr_t)va_arg(args->list, void *), 16);
        return true;
    default:
        return false;
    }
}

/* ---- The whole format ---------------------------------------------------------------------- */

void rouse_i_text_format(struct rouse_i_text *text, const char *format, va_list list,
                         rouse_i_double *add_double)
{
    struct rouse_i_arguments args;
    va_copy(args.list, list);
    while (*format) {
        const char *start = format;
        if (*format++ != '%') {
            rouse_i_text_char(text, *start);
            continue;
        }
        struct rouse_i_directive d = parse(&format, &args);
        if (d.kind)
            format++;
        if (!add(text, d, &args, add_double)) {
            rouse_i_text_string(text, start);
            break;
        }
    }
    va_end(args.list);
}

void rouse_i_text_add(struct rouse_i_text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    rouse_i_text_format(text, format, list, NULL);
    va_end(list);
}
