/* buffered.h: a reader and a writer with memory of the caller's. What the reader hands out lies in
   that memory, and nothing leaves it before it is whole: every future here may be cancelled and
   made again without loss. */
#ifndef ROUSE_BUFFERED_H
#define ROUSE_BUFFERED_H

#include "bytes.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- The reader ---------------------------------------------------------------------------- */

/* A slice it hands out is valid until it is used again. */
struct rouse_buffered_reader {
    struct rouse_reader reader; /* reads what is buffered first */
    /* private */
    struct rouse_reader *inner;
    char *memory;
    size_t size, start, end;
};
void rouse_buffered_reader_init(struct rouse_buffered_reader *buffered, struct rouse_reader *inner,
                                void *memory, size_t size);
/* What came and was not consumed. */
struct rouse_slice rouse_buffered(const struct rouse_buffered_reader *buffered);
/* Takes the first `n` bytes away; traps when there are fewer. */
void rouse_consume(struct rouse_buffered_reader *buffered, size_t n);

/* Waits until at least `n` bytes are buffered and consumes nothing: `out` is all of them. FULL when
   `n` does not fit, CLOSED when the end comes before: then rouse_buffered has the rest. */
struct rouse_fill {
    struct rouse_future future;
    struct rouse_slice out;
    /* private */
    struct rouse_buffered_reader *from;
    size_t n;
};
ROUSE_LAZY struct rouse_fill rouse_fill(struct rouse_buffered_reader *from, size_t n);

/* Up to the delimiter and with it; without it only at the end. CLOSED when nothing is left. FULL
   when the memory is full and has no delimiter: nothing is consumed, rouse_buffered has it. */
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
/* The same to the end of the line; `out` is without "\n" or "\r\n". */
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

/* Writes all until the end, then flushes. It also flushes whenever the reader makes it wait. A byte
   is consumed when the writer took it. */
struct rouse_copy {
    struct rouse_future future;
    uint64_t out; /* bytes taken by the writer; after a failure, too */
    /* private */
    struct rouse_buffered_reader *from;
    struct rouse_writer *to;
    bool unflushed;
};
ROUSE_LAZY struct rouse_copy rouse_copy(struct rouse_buffered_reader *from,
                                        struct rouse_writer *to);

/* Two copies at once, each of which shuts its writer down at the end. The first failure ends both.
 */
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

/* Collects writes; what does not fit at all goes past it. Flush it before it ends. */
struct rouse_buffered_writer {
    struct rouse_writer writer;
    /* private */
    struct rouse_writer *inner;
    char *memory;
    size_t size, start, end;
};
void rouse_buffered_writer_init(struct rouse_buffered_writer *buffered, struct rouse_writer *inner,
                                void *memory, size_t size);
/* What was taken and has not left yet. */
struct rouse_slice rouse_unwritten(const struct rouse_buffered_writer *buffered);

/* ---- Frames -------------------------------------------------------------------------------- */

/* A length, then as many bytes. Zero is four bytes, big endian, as long as the memory allows. */
struct rouse_framing {
    unsigned width; /* of the length: 1, 2, 4, 8 */
    bool little_endian;
    size_t max; /* the longest frame, without its length */
};

/* A stream of frames for ROUSE_EACH. FULL: a frame longer than `max` or the memory; INVALID: the
   end in the middle of a frame, or a wrong width. Neither consumes anything. */
struct rouse_frames {
    struct rouse_future future;
    struct rouse_slice out;
    /* private */
    struct rouse_buffered_reader *from;
    struct rouse_framing framing;
};
ROUSE_LAZY struct rouse_frames rouse_frames(struct rouse_buffered_reader *from,
                                            const struct rouse_framing *framing);
/* One frame: as the stream. NULL framing: all zero. */
struct rouse_read_frame {
    struct rouse_future future;
    struct rouse_slice out;
    /* private */
    struct rouse_buffered_reader *from;
    struct rouse_framing framing;
};
ROUSE_LAZY struct rouse_read_frame rouse_read_frame(struct rouse_buffered_reader *from,
                                                    const struct rouse_framing *framing);

/* Both wait until the whole fits and copy it at once: it is taken whole or not at all. FULL when it
   never fits. Nothing is flushed. */
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
/* `data`, then "\n". */
ROUSE_LAZY struct rouse_write_line rouse_write_line(struct rouse_buffered_writer *to,
                                                    const void *data, size_t size);

#ifdef __cplusplus
}
#endif
#endif
