/* buffered_ends.h: how futures use the memory of a buffered reader or writer. */
#ifndef ROUSE_BUFFERED_ENDS_H
#define ROUSE_BUFFERED_ENDS_H

#include "io_user.h"
#include <rouse/buffered.h>

/* Reads once, behind the buffered bytes. FULL if the memory has no room left. */
struct rouse_polled rouse_i_buffered_read_more(struct rouse_buffered_reader *b,
                                               struct rouse_context *cx);
/* Reads until `n` bytes are buffered. */
struct rouse_polled rouse_i_buffered_fill(struct rouse_buffered_reader *b, struct rouse_context *cx,
                                          size_t n);
/* Takes the first `n` buffered bytes: `out` points to them. */
struct rouse_polled rouse_i_buffered_take(struct rouse_buffered_reader *b, size_t n,
                                          struct rouse_slice *out);
/* Writes until the memory has room for `n` bytes in one piece, then reserves them at `room`. `n` is
   at most the size of the memory. */
struct rouse_polled rouse_i_buffered_reserve(struct rouse_buffered_writer *b,
                                             struct rouse_context *cx, size_t n, char **room);

#endif
