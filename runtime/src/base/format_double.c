/* format_double.c: doubles in messages, by the libc: to print one exactly takes more than all the
   rest. */
#include "format.h"
#include <stdio.h>

/* wasi-libc traps at a long double unless the program links another library: it is a double there.
 */
#ifdef __wasm__
typedef double widest;
#define WIDEST "*.*"
#else
typedef long double widest;
#define WIDEST "*.*L"
#endif

/* The same directive, with its numbers as arguments. */
static void write_format(char *format, struct rouse_i_directive d)
{
    const char flags[] = {d.left ? '-' : 0, d.plus ? '+' : 0, d.blank ? ' ' : 0,
                          d.alternate ? '#' : 0, d.zeros ? '0' : 0};
    *format++ = '%';
    for (size_t i = 0; i < sizeof flags; i++)
        if (flags[i])
            *format++ = flags[i];
    for (const char *rest = d.length == LENGTH_LONG_LONG ? WIDEST : "*.*"; *rest; rest++)
        *format++ = *rest;
    *format++ = d.kind;
    *format = '\0';
}

void rouse_i_text_double(struct rouse_i_text *text, const struct rouse_i_directive *d,
                         struct rouse_i_arguments *args)
{
    char format[16], *end = text->start + text->length;
    size_t room = text->size - text->length;
    int length;
    write_format(format, *d);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    if (d->length == LENGTH_LONG_LONG)
        length = snprintf(end, room, format, d->width, d->precision,
                          (widest)va_arg(args->list, long double));
    else
        length = snprintf(end, room, format, d->width, d->precision, va_arg(args->list, double));
#pragma GCC diagnostic pop
    if (length > 0)
        text->length += (size_t)length < room ? (size_t)length : room - 1;
}
