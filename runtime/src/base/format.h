/* format.h: printf's directives for messages of applications. Reports do without, which keeps the
   formatter out of small programs. */
#ifndef ROUSE_FORMAT_H
#define ROUSE_FORMAT_H

#include "text.h"
#include <rouse/async.h>

enum {
    ROUSE_I_WIDEST = 1 << 16
}; /* no buffer is so large: a greater width or precision changes nothing */

enum rouse_i_length {
    LENGTH_CHAR,
    LENGTH_SHORT,
    LENGTH_INT,
    LENGTH_LONG,
    LENGTH_LONG_LONG,
    LENGTH_SIZE,
    LENGTH_DIFFERENCE,
};

/* %[flags][width][.precision][length]kind */
struct rouse_i_directive {
    bool left, plus, blank, alternate, zeros;
    int width, precision; /* precision -1: none was given */
    enum rouse_i_length length;
    char kind;
};

/* A list in a struct: passing a va_list by pointer is not portable where it is an array. */
struct rouse_i_arguments {
    va_list list;
};

/* All that printf knows but %n, %m and wide text. Doubles only with rouse_i_text_double: NULL
 * leaves them out. */
__attribute__((format(printf, 2, 0))) void rouse_i_text_format(struct rouse_i_text *text,
                                                               const char *format, va_list list,
                                                               rouse_i_double *add_double);

#endif
