/* pipe.h: readers and writers that need no host: a pipe between two tasks, bytes in memory, and
   readers made of other readers. They must not move once in use. */
#ifndef ROUSE_PIPE_H
#define ROUSE_PIPE_H

#include "bytes.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Pipe ---------------------------------------------------------------------------------- */

/* A ring in your memory. The writer waits while it is full, the reader while it is empty. */
struct rouse_pipe {
    struct rouse_reader reader;
    struct rouse_writer writer;
    /* private */
    char *memory;
    size_t size, start, used;
    bool ended, abandoned; /* the writer, the reader has ended */
};
void rouse_pipe_init(struct rouse_pipe *pipe, void *memory, size_t size); /* size 0 traps */
/* The reader gets what is left, then CLOSED. rouse_shutdown(&pipe.writer) does the same. */
void rouse_pipe_close_writer(struct rouse_pipe *pipe);
/* Writes fail with CLOSED; what is left is lost. */
void rouse_pipe_close_reader(struct rouse_pipe *pipe);

/* Two pipes. The near end writes to `there` and reads from `back`; the far end the other way. */
struct rouse_duplex {
    struct rouse_pipe there, back;
};
void rouse_duplex_init(struct rouse_duplex *duplex, void *memory, size_t size); /* half for each */
void rouse_duplex_close_near(struct rouse_duplex *duplex);
void rouse_duplex_close_far(struct rouse_duplex *duplex);

/* ---- Memory -------------------------------------------------------------------------------- */

/* A file in your memory: one position for reading, writing and seeking. Never waits. */
struct rouse_memory {
    struct rouse_reader reader;
    struct rouse_writer writer; /* FULL at the end of the memory */
    struct rouse_seeker seeker;
    char *data;
    size_t size; /* of the file */
    /* private */
    size_t capacity, position;
};
/* The file is the first `size` of `capacity` bytes. */
void rouse_memory_init(struct rouse_memory *memory, void *data, size_t size, size_t capacity);
/* For bytes that must not change: writing fails with NOT_SUPPORTED. */
void rouse_memory_init_const(struct rouse_memory *memory, const void *data, size_t size);

/* ---- Readers made of other readers --------------------------------------------------------- */

/* At most `left` bytes of `inner`, then CLOSED. You may set `left` again. */
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
    struct rouse_reader *first, *second; /* `first` is NULL once it has ended */
};
void rouse_chain_reader_init(struct rouse_chain_reader *chain, struct rouse_reader *first,
                             struct rouse_reader *second);

/* The same byte again and again. */
struct rouse_repeat_reader {
    struct rouse_reader reader;
    char byte;
};
void rouse_repeat_reader_init(struct rouse_repeat_reader *repeat, char byte);

void rouse_empty_reader_init(struct rouse_reader *reader); /* always CLOSED */
void rouse_sink_writer_init(struct rouse_writer *writer);  /* takes all bytes and keeps none */

#ifdef __cplusplus
}
#endif
#endif
