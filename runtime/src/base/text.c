/* text.c: the formatter behind messages and reports. */
#include "text.h"
#include "status_brief.h"
#include <rouse/async.h>

/* A program that needs only the brief list does not link the full one. */
#pragma weak rouse_status_name
#pragma weak rouse_status_text

struct rouse_i_text rouse_i_text(char *buffer, size_t size)
{
    struct rouse_i_text text = {buffer, size, 0};
    buffer[0] = '\0';
    return text;
}

void rouse_i_text_char(struct rouse_i_text *text, char c)
{
    if (text->length + 1 >= text->size)
        return;
    text->start[text->length++] = c;
    text->start[text->length] = '\0';
}

void rouse_i_text_string(struct rouse_i_text *text, const char *string)
{
    for (; *string; string++)
        rouse_i_text_char(text, *string);
}

void rouse_i_text_number(struct rouse_i_text *text, uint32_t number)
{
    if (number >= 10)
        rouse_i_text_number(text, number / 10);
    rouse_i_text_char(text, (char)('0' + number % 10));
}

/* ---- The formatter ------------------------------------------------------------------------- */

struct number {
    uint64_t value;
    unsigned base, width;
    bool negative, zeros;
};

static void add_number(struct rouse_i_text *text, struct number n)
{
    char digits[24];
    unsigned count = 0, used = n.negative ? 1 : 0;
    do {
        digits[count++] = "0123456789abcdef"[n.value % n.base];
        n.value /= n.base;
    } while (n.value);
    if (n.negative && n.zeros)
        rouse_i_text_char(text, '-');
    for (used += count; used < n.width; used++)
        rouse_i_text_char(text, n.zeros ? '0' : ' ');
    if (n.negative && !n.zeros)
        rouse_i_text_char(text, '-');
    while (count)
        rouse_i_text_char(text, digits[--count]);
}

enum length { LENGTH_INT, LENGTH_LONG, LENGTH_LONG_LONG, LENGTH_SIZE, LENGTH_MAX };

static enum length parse_length(const char **format)
{
    enum length length = LENGTH_INT;
    for (;; (*format)++) {
        if (**format == 'l')
            length = length == LENGTH_LONG ? LENGTH_LONG_LONG : LENGTH_LONG;
        else if (**format == 'z')
            length = LENGTH_SIZE;
        else if (**format == 'j')
            length = LENGTH_MAX;
        else
            return length;
    }
}

/* The list lies in a struct: where va_list is an array, passing its address is not portable. */
struct arguments {
    va_list list;
};

static uint64_t next_unsigned(struct arguments *args, enum length length)
{
    switch (length) {
    case LENGTH_LONG:
        return va_arg(args->list, unsigned long);
    case LENGTH_LONG_LONG:
        return va_arg(args->list, unsigned long long);
    case LENGTH_SIZE:
        return va_arg(args->list, size_t);
    case LENGTH_MAX:
        return va_arg(args->list, uintmax_t);
    default:
        return va_arg(args->list, unsigned);
    }
}

static int64_t next_signed(struct arguments *args, enum length length)
{
    if (length == LENGTH_INT)
        return va_arg(args->list, int);
    if (length == LENGTH_LONG)
        return va_arg(args->list, long);
    return (int64_t)next_unsigned(args, length);
}

static void add_directive(struct rouse_i_text *text, const char **format, struct arguments *args)
{
    struct number n = {0, 10, 0, false, **format == '0'};
    while (**format >= '0' && **format <= '9')
        n.width = n.width * 10 + (unsigned)(*(*format)++ - '0');
    enum length length = parse_length(format);
    char kind = **format;
    if (kind == '\0')
        return;
    (*format)++;
    if (kind == 's') {
        const char *string = va_arg(args->list, const char *);
        rouse_i_text_string(text, string ? string : "(null)");
    } else if (kind == 'c') {
        rouse_i_text_char(text, (char)va_arg(args->list, int));
    } else if (kind == 'd' || kind == 'i') {
        int64_t value = next_signed(args, length);
        n.negative = value < 0;
        n.value = n.negative ? 0 - (uint64_t)value : (uint64_t)value;
        add_number(text, n);
    } else if (kind == 'u' || kind == 'x') {
        n.base = kind == 'x' ? 16 : 10;
        n.value = next_unsigned(args, length);
        add_number(text, n);
    } else if (kind == 'p') {
        rouse_i_text_string(text, "0x");
        n.base = 16;
        n.value = (uintptr_t)va_arg(args->list, void *);
        add_number(text, n);
    } else {
        rouse_i_text_char(text, kind); /* %%, or an unknown directive */
    }
}

void rouse_i_text_vadd(struct rouse_i_text *text, const char *format, va_list list)
{
    struct arguments args;
    va_copy(args.list, list);
    while (*format) {
        if (*format != '%') {
            rouse_i_text_char(text, *format++);
            continue;
        }
        format++;
        add_directive(text, &format, &args);
    }
    va_end(args.list);
}

void rouse_i_text_add(struct rouse_i_text *text, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    rouse_i_text_vadd(text, format, list);
    va_end(list);
}

/* ---- Chains of awaits ---------------------------------------------------------------------- */

static void add_place(struct rouse_i_text *text, const char *how, struct rouse_error_frame place)
{
    rouse_i_text_string(text, "\n    ");
    rouse_i_text_string(text, how);
    rouse_i_text_char(text, ' ');
    rouse_i_text_string(text, place.function);
    rouse_i_text_string(text, " (");
    rouse_i_text_string(text, place.file);
    if (place.line) {
        rouse_i_text_char(text, ':');
        rouse_i_text_number(text, place.line);
    }
    rouse_i_text_char(text, ')');
}

void rouse_i_text_frame(struct rouse_i_text *text, const char *how, const struct rouse_future *f)
{
    bool has_line = f->at > ROUSE_AT_POLLED && f->at < ROUSE_AT_UNSTARTED;
    add_place(text, how,
              (struct rouse_error_frame){f->type->name, f->type->file, has_line ? f->at : 0});
}

void rouse_i_text_chain(struct rouse_i_text *text, const char *how, const struct rouse_future *f)
{
    for (int depth = 0; f && f->type && depth < ROUSE_ERROR_FRAMES; depth++, f = f->parent) {
        if (!f->type->file)
            return; /* the runtime's own root of a rouse_block_on */
        rouse_i_text_frame(text, depth ? "awaited by" : how, f);
    }
}

void rouse_i_text_error(struct rouse_i_text *text, const struct rouse_error *error)
{
    bool all = rouse_status_name && rouse_status_text;
    const char *name = (all ? rouse_status_name : rouse_i_status_name)(error->status);
    const char *line = (all ? rouse_status_text : rouse_i_status_text)(error->status);
    rouse_i_text_string(text, name);
    rouse_i_text_string(text, ": ");
    rouse_i_text_string(text, error->message[0] ? error->message : line);
    if (error->status <= ROUSE_USER || (!all && error->status < ROUSE_ERR_DEADLOCK)) {
        rouse_i_text_string(text, " (-");
        rouse_i_text_number(text, 0 - (uint32_t)error->status);
        rouse_i_text_char(text, ')');
    }
    for (uint32_t i = 0; i < error->frame_count && i < ROUSE_ERROR_FRAMES; i++)
        add_place(text, i ? "awaited by" : "in", error->frames[i]);
    if (error->frame_count > ROUSE_ERROR_FRAMES) {
        rouse_i_text_string(text, "\n    ... and ");
        rouse_i_text_number(text, error->frame_count - ROUSE_ERROR_FRAMES);
        rouse_i_text_string(text, " more");
    }
}
