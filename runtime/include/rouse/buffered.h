/* buffered.h: a reader and a writer with a buffer in your memory, lines, frames and copies. A
   future takes data from the buffer only as a whole, so you may cancel it and make it again: no
   byte is lost. */
#ifndef ROUSE_BUFFERED_H
#define ROUSE_BUFFERED_H

#include "bytes.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- The reader ---------------------------------------------------------------------------- */

/* The slices that it returns lie in `memory` and are valid until the reader is used again. */
struct rouse_buffered_reader {
    struct rouse_reader reader; /* reads what is buffered first */
    /* private */
    struct rouse_reader *inner;
    char *memory;
    size_t size, start, end;
};
void rouse_buffered_reader_init(struct rouse_buffered_reader *buffered, struct rouse_reader *inner,
                                void *memory, size_t size);
/* The bytes that were read from `inner` and not consumed yet. */
struct rouse_slice rouse_buffered(const struct rouse_buffered_reader *buffered);
/* Removes the first `n` bytes; traps when there are fewer. */
void rouse_consume(struct rouse_buffered_reader *buffered, size_t n);

/* Waits until at least `n` bytes are buffered; `out` is all of them, and none is consumed. FULL if
   `n` does not fit. CLOSED if the input ends before; rouse_buffered returns what came. */
struct rouse_fill {
    struct rouse_future future;
    struct rouse_slice out;
    /* private */
    struct rouse_buffered_reader *from;
    size_t n;
};
ROUSE_LAZY struct rouse_fill rouse_fill(struct rouse_buffered_reader *from, size_t n);

/* Takes the bytes up to and including the delimiter, or the rest at the end of the input. CLOSED if
   nothing is left. FULL if the memory is full without a delimiter: nothing is consumed then. */
struct rouse_read_until {
    struct rouse_future future;
    struct rouse_slice out;
    /* private */
    struct rouse_buffered_reader *from;
    size_t searched;
    char delimiter;
};
ROUSE_LAZY struct rouse_read_until rouse_read_until(struct rouse_buffered_reader *from,
                                                    char delimiter);
/* Takes a line; `out` is without "\n" or "\r\n". It fails as rouse_read_until does. */
struct rouse_read_line {
    struct rouse_future future;
    struct rouse_slice out;
    /* private */
    struct rouse_buffered_reader *from;
    size_t searched;
};
ROUSE_LAZY struct rouse_read_line rouse_read_line(struct rouse_buffered_reader *from);

/* A stream of lines for ROUSE_EACH. */
struct rouse_lines {
    struct rouse_future future;
    struct rouse_slice out;
    /* private */
    struct rouse_buffered_reader *from;
    size_t searched;
};
ROUSE_LAZY struct rouse_lines rouse_lines(struct rouse_buffered_reader *from);

/* Writes everything up to the end of the reader, then flushes. It also flushes while it waits for
   the reader. A byte is consumed once the writer has taken it. */
struct rouse_copy {
    struct rouse_future future;
    uint64_t out; /* bytes taken by the writer; also valid after a failure */
    /* private */
    struct rouse_buffered_reader *from;
    struct rouse_writer *to;
    bool unflushed;
};
ROUSE_LAZY struct rouse_copy rouse_copy(struct rouse_buffered_reader *from,
                                        struct rouse_writer *to);

/* Copies both ways at once, and shuts each writer down at its end. The first failure ends both. */
struct rouse_copy_both {
    struct rouse_future future;
    uint64_t there, back; /* bytes taken so far */
    /* private */
    struct rouse_i_copy_way {
        struct rouse_copy copy;
        struct rouse_shutdown shutdown;
    } ways[2];
};
ROUSE_LAZY struct rouse_copy_both rouse_copy_both(struct rouse_buffered_reader *from_here,
                                                  struct rouse_writer *to_there,
                                                  struct rouse_buffered_reader *from_there,
                                                  struct rouse_writer *to_here);

/* ---- The writer ---------------------------------------------------------------------------- */

/* Collects small writes; a write larger than the memory goes to `inner` directly. Flush it at the
   end: nothing else writes what is left. */
struct rouse_buffered_writer {
    struct rouse_writer writer;
    /* private */
    struct rouse_writer *inner;
    char *memory;
    size_t size, start, end;
};
void rouse_buffered_writer_init(struct rouse_buffered_writer *buffered, struct rouse_writer *inner,
                                void *memory, size_t size);
/* The bytes that were taken and not written to `inner` yet. */
struct rouse_slice rouse_unwritten(const struct rouse_buffered_writer *buffered);

/* ---- Frames -------------------------------------------------------------------------------- */

/* A frame is a length, then that many bytes. Zero: 4 bytes of length, big endian, no maximum but
   the memory. */
struct rouse_framing {
    unsigned width; /* of the length: 1, 2, 4, 8 */
    bool little_endian;
    size_t max; /* the longest frame, without its length */
};

/* A stream of frames for ROUSE_EACH. FULL: a frame is longer than `max` or the memory. INVALID: the
   input ends inside a frame, or the width is wrong. Neither consumes anything. */
struct rouse_frames {
    struct rouse_future future;
    struct rouse_slice out;
    /* private */
    struct rouse_buffered_reader *from;
    struct rouse_framing framing;
};
ROUSE_LAZY struct rouse_frames rouse_frames(struct rouse_buffered_reader *from,
                                            const struct rouse_framing *framing);
/* Takes one frame; it fails as the stream does. NULL framing: all zero. */
struct rouse_read_frame {
    struct rouse_future future;
    struct rouse_slice out;
    /* private */
    struct rouse_buffered_reader *from;
    struct rouse_framing framing;
};
ROUSE_LAZY struct rouse_read_frame rouse_read_frame(struct rouse_buffered_reader *from,
                                                    const struct rouse_framing *framing);

/* Both wait for room and then copy all of `data` at once, or nothing of it. FULL if it can never
   fit. They do not flush. */
struct rouse_write_frame {
    struct rouse_future future;
    /* private */
    struct rouse_buffered_writer *to;
    struct rouse_slice data;
    struct rouse_framing framing;
};
ROUSE_LAZY struct rouse_write_frame rouse_write_frame(struct rouse_buffered_writer *to,
                                                      const struct rouse_framing *framing,
                                                      const void *data, size_t size);
struct rouse_write_line {
    struct rouse_future future;
    /* private */
    struct rouse_buffered_writer *to;
    struct rouse_slice data;
};
/* Writes `data`, then "\n". */
ROUSE_LAZY struct rouse_write_line rouse_write_line(struct rouse_buffered_writer *to,
                                                    const void *data, size_t size);

#ifdef __cplusplus
}
#endif
#endif
