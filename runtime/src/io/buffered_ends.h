/* buffered_ends.h: the two ends of a buffer, for the futures that look into it. */
#ifndef ROUSE_IO_BUFFERED_H
#define ROUSE_IO_BUFFERED_H

#include "io_user.h"
#include <rouse/buffered.h>

/* Reads once, behind what is buffered. FULL when there is no room for that. */
struct rouse_polled rouse_i_buffered_more(struct rouse_buffered_reader *b,
                                          struct rouse_context *cx);
/* Reads until `n` bytes are buffered. */
struct rouse_polled rouse_i_buffered_fill(struct rouse_buffered_reader *b, struct rouse_context *cx,
                                          size_t n);
/* Takes the first `n` bytes into `out`. */
struct rouse_polled rouse_i_buffered_take(struct rouse_buffered_reader *b, size_t n,
                                          struct rouse_slice *out);
/* Writes until there is room for `n` bytes, at most all of the memory, in one piece, and takes
   that: it lies at `room`. */
struct rouse_polled rouse_i_buffered_room(struct rouse_buffered_writer *b, struct rouse_context *cx,
                                          size_t n, char **room);

#endif
