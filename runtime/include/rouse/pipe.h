/* pipe.h: readers and writers that need no host: a pipe between two tasks, bytes in memory, and
   readers made of others. They must not move once in use. */
#ifndef ROUSE_PIPE_H
#define ROUSE_PIPE_H

#include "bytes.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Pipe ---------------------------------------------------------------------------------- */

/* A ring of the caller's memory: a full one makes the writer wait, an empty one the reader. */
struct rouse_pipe {
    struct rouse_reader reader;
    struct rouse_writer writer;
    /* private */
    char *memory;
    size_t size, start, used;
    bool ended, abandoned; /* no more is written; nobody reads any more */
};
void rouse_pipe_init(struct rouse_pipe *pipe, void *memory, size_t size); /* size 0 traps */
/* The reader gets what is left, then CLOSED. So does rouse_shutdown(&pipe.writer). */
void rouse_pipe_close_writer(struct rouse_pipe *pipe);
/* Writes are CLOSED; what is left is lost. */
void rouse_pipe_close_reader(struct rouse_pipe *pipe);

/* Two pipes. The near end writes to `there` and reads from `back`; the far end the other way. */
struct rouse_duplex {
    struct rouse_pipe there, back;
};
void rouse_duplex_init(struct rouse_duplex *duplex, void *memory, size_t size); /* half each */
void rouse_duplex_close_near(struct rouse_duplex *duplex);
void rouse_duplex_close_far(struct rouse_duplex *duplex);

/* ---- Memory -------------------------------------------------------------------------------- */

/* A file in the caller's memory: one position for reading, writing and seeking. Always ready. */
struct rouse_memory {
    struct rouse_reader reader;
    struct rouse_writer writer; /* FULL at the end of the memory */
    struct rouse_seeker seeker;
    char *data;
    size_t size; /* of the file */
    /* private */
    size_t capacity, position;
};
/* The first `size` of `capacity` bytes are the file's. */
void rouse_memory_init(struct rouse_memory *memory, void *data, size_t size, size_t capacity);
/* A reader of bytes that stay as they are: writing is NOT_SUPPORTED. */
void rouse_memory_init_const(struct rouse_memory *memory, const void *data, size_t size);

/* ---- Readers made of others ---------------------------------------------------------------- */

/* At most `left` bytes of another, then CLOSED. `left` may be set again. */
struct rouse_take_reader {
    struct rouse_reader reader;
    uint64_t left;
    /* private */
    struct rouse_reader *inner;
};
void rouse_take_reader_init(struct rouse_take_reader *take, struct rouse_reader *inner,
                            uint64_t limit);

/* All of the first, then all of the second. */
struct rouse_chain_reader {
    struct rouse_reader reader;
    /* private */
    struct rouse_reader *first, *second; /* `first` is NULL once it ended */
};
void rouse_chain_reader_init(struct rouse_chain_reader *chain, struct rouse_reader *first,
                             struct rouse_reader *second);

/* The same byte for ever. */
struct rouse_repeat_reader {
    struct rouse_reader reader;
    char byte;
};
void rouse_repeat_reader_init(struct rouse_repeat_reader *repeat, char byte);

void rouse_empty_reader_init(struct rouse_reader *reader); /* CLOSED */
void rouse_sink_writer_init(struct rouse_writer *writer);  /* takes everything and keeps nothing */

#ifdef __cplusplus
}
#endif
#endif
