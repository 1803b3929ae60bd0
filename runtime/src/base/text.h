/* text.h: text in a buffer, without stdio, which would be most of a small wasm module.

   Invariant: the text always ends in NUL; what does not fit is cut. */
#ifndef ROUSE_TEXT_H
#define ROUSE_TEXT_H

#include <rouse/future.h>
#include <stdarg.h>

struct rouse_i_text {
    char *start;
    size_t size, length;
};

struct rouse_i_text rouse_i_text(char *buffer, size_t size);
void rouse_i_text_char(struct rouse_i_text *text, char c);
void rouse_i_text_string(struct rouse_i_text *text, const char *string);
void rouse_i_text_number(struct rouse_i_text *text, uint32_t number);
/* As printf, without doubles: format.c. */
__attribute__((format(printf, 2, 3))) void rouse_i_text_add(struct rouse_i_text *text,
                                                            const char *format, ...);

struct rouse_error;
struct rouse_task;
/* "    in greet (main.c:14)", a line per frame: the innermost first, then what awaits it. */
void rouse_i_text_frame(struct rouse_i_text *text, const char *how, const struct rouse_future *f);
void rouse_i_text_chain(struct rouse_i_text *text, const char *how, const struct rouse_future *f);
void rouse_i_text_error(struct rouse_i_text *text, const struct rouse_error *error);

#endif
