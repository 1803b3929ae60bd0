/* bytes.h: readers, writers and seekers. The futures here use them; a file, a socket or your own
   struct implements their calls (docs/reference/io.md builds one). */
#ifndef ROUSE_BYTES_H
#define ROUSE_BYTES_H

#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes that somebody else owns. */
struct rouse_slice {
    const char *data;
    size_t size;
};

/* ---- What implements one ------------------------------------------------------------------- */

/* The future that uses a reader, writer or seeker now, and its waker. A second one traps. */
struct rouse_io_user {
    /* private */
    struct rouse_waker waker;
    const struct rouse_future *future;
};

struct rouse_reader;
struct rouse_reader_calls {
    /* Return ROUSE_READY(ROUSE_OK) after you stored 1 to `size` bytes and set `count`. Return
       CLOSED at the end, another failure, or rouse_io_wait, and store nothing. `size` is never 0.
       Do not keep `buffer`: the next poll may bring another one. */
    struct rouse_polled (*read)(struct rouse_reader *reader, struct rouse_context *cx, void *buffer,
                                size_t size, size_t *count);
    /* The future was dropped while it waited. Lose no data. NULL: there is nothing to undo. */
    void (*cancel)(struct rouse_reader *reader);
};
struct rouse_reader {
    const struct rouse_reader_calls *calls;
    struct rouse_io_user user;
};

struct rouse_writer;
struct rouse_writer_calls {
    /* Return ROUSE_READY(ROUSE_OK) after you took 1 to `size` bytes and set `count`. Return CLOSED
       if nobody reads any more, another failure, or rouse_io_wait, and take nothing. */
    struct rouse_polled (*write)(struct rouse_writer *writer, struct rouse_context *cx,
                                 const void *data, size_t size, size_t *count);
    /* Done when all bytes that you took have left. NULL: they leave at once. */
    struct rouse_polled (*flush)(struct rouse_writer *writer, struct rouse_context *cx);
    /* Flushes, and no more bytes will come. It may be called twice. NULL: the same as flush. */
    struct rouse_polled (*shutdown)(struct rouse_writer *writer, struct rouse_context *cx);
    void (*cancel)(struct rouse_writer *writer); /* as of a reader */
};
struct rouse_writer {
    const struct rouse_writer_calls *calls;
    struct rouse_io_user user;
};

enum rouse_whence { ROUSE_FROM_START, ROUSE_FROM_HERE, ROUSE_FROM_END };
struct rouse_seeker;
struct rouse_seeker_calls {
    /* Set `position`, counted from the start. INVALID if it would be before the start. */
    struct rouse_polled (*seek)(struct rouse_seeker *seeker, struct rouse_context *cx,
                                int64_t offset, enum rouse_whence whence, uint64_t *position);
    void (*cancel)(struct rouse_seeker *seeker);
};
struct rouse_seeker {
    const struct rouse_seeker_calls *calls;
    struct rouse_io_user user;
};

/* The struct of type T around its member: ROUSE_OWNER(reader, struct file, reader). */
#define ROUSE_OWNER(pointer, T, member) ((T *)(void *)((char *)(pointer) - offsetof(T, member)))

/* In a call that must wait: `return rouse_io_wait(&reader->user, cx)`. Call rouse_io_wake when it
   can go on, as the last statement of your function. */
struct rouse_polled rouse_io_wait(struct rouse_io_user *user, struct rouse_context *cx);
static inline void rouse_io_wake(struct rouse_io_user *user)
{
    rouse_waker_wake(&user->waker);
}

/* For a reader or writer on top of another: polls the inner one. Traps when that breaks its rules.
 */
struct rouse_polled rouse_poll_read(struct rouse_reader *reader, struct rouse_context *cx,
                                    void *buffer, size_t size, size_t *count);
struct rouse_polled rouse_poll_write(struct rouse_writer *writer, struct rouse_context *cx,
                                     const void *data, size_t size, size_t *count);
struct rouse_polled rouse_poll_flush(struct rouse_writer *writer, struct rouse_context *cx);
struct rouse_polled rouse_poll_shutdown(struct rouse_writer *writer, struct rouse_context *cx);
void rouse_cancel_read(struct rouse_reader *reader);
void rouse_cancel_write(struct rouse_writer *writer);

/* ---- Reading ------------------------------------------------------------------------------- */

/* Reads 1 to `size` bytes, as soon as there are any. CLOSED at the end. Size 0 is done at once. */
struct rouse_read {
    struct rouse_future future;
    size_t out; /* bytes read */
    /* private */
    struct rouse_reader *reader;
    char *buffer;
    size_t size;
};
ROUSE_LAZY struct rouse_read rouse_read(struct rouse_reader *reader, void *buffer, size_t size);

/* Reads all `size` bytes. After a failure, CLOSED included, `out` is how many came. */
struct rouse_read_exact {
    struct rouse_future future;
    size_t out;
    /* private */
    struct rouse_reader *reader;
    char *buffer;
    size_t size;
};
ROUSE_LAZY struct rouse_read_exact rouse_read_exact(struct rouse_reader *reader, void *buffer,
                                                    size_t size);

/* Bytes that you can append to. Zero is empty and grows by the runtime's allocator. */
struct rouse_buffer {
    char *data;
    size_t size;
    /* private */
    size_t capacity;
    rouse_allocate allocate; /* NULL: nothing was allocated */
    void *allocate_data;
    bool fixed;
};
/* A buffer in your memory, which does not grow. */
void rouse_buffer_init(struct rouse_buffer *buffer, void *memory, size_t size);
void rouse_buffer_drop(struct rouse_buffer *buffer); /* frees its memory; empty afterwards */

/* Appends everything up to the end. FULL when the buffer holds `max` bytes, or has no room left,
   before the end was seen: leave one byte of room. The buffer keeps what came, also on failure. */
struct rouse_read_to_end {
    struct rouse_future future;
    size_t out; /* bytes appended */
    /* private */
    struct rouse_reader *reader;
    struct rouse_buffer *buffer;
    size_t max;
};
ROUSE_LAZY struct rouse_read_to_end rouse_read_to_end(struct rouse_reader *reader,
                                                      struct rouse_buffer *buffer, size_t max);

/* ---- Writing ------------------------------------------------------------------------------- */

/* Writes at least one byte; `out` is how many were taken. Size 0 is done at once. */
struct rouse_write {
    struct rouse_future future;
    size_t out;
    /* private */
    struct rouse_writer *writer;
    const char *data;
    size_t size;
};
ROUSE_LAZY struct rouse_write rouse_write(struct rouse_writer *writer, const void *data,
                                          size_t size);

/* Writes all bytes. After a failure `out` is how many were taken. */
struct rouse_write_all {
    struct rouse_future future;
    size_t out;
    /* private */
    struct rouse_writer *writer;
    const char *data;
    size_t size;
};
ROUSE_LAZY struct rouse_write_all rouse_write_all(struct rouse_writer *writer, const void *data,
                                                  size_t size);

/* Done when all bytes that were taken have left. */
struct rouse_flush {
    struct rouse_future future;
    /* private */
    struct rouse_writer *writer;
};
ROUSE_LAZY struct rouse_flush rouse_flush(struct rouse_writer *writer);
/* Flushes, and tells the reading side that this is the end. */
struct rouse_shutdown {
    struct rouse_future future;
    /* private */
    struct rouse_writer *writer;
};
ROUSE_LAZY struct rouse_shutdown rouse_shutdown(struct rouse_writer *writer);

/* ---- Seeking ------------------------------------------------------------------------------- */

struct rouse_seek {
    struct rouse_future future;
    uint64_t out; /* the new position, from the start */
    /* private */
    struct rouse_seeker *seeker;
    int64_t offset;
    enum rouse_whence whence;
};
ROUSE_LAZY struct rouse_seek rouse_seek(struct rouse_seeker *seeker, int64_t offset,
                                        enum rouse_whence whence);

#ifdef __cplusplus
}
#endif
#endif
