/* bytes.h: readers, writers and seekers: what implements them, and the futures that use them. A
   file, a socket or a page implements the calls; docs/reference/io.md builds one. */
#ifndef ROUSE_BYTES_H
#define ROUSE_BYTES_H

#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes that lie somewhere else. */
struct rouse_slice {
    const char *data;
    size_t size;
};

/* ---- Implementing one ---------------------------------------------------------------------- */

/* The part that every kind has: who uses it now, and whom to wake. One future at a time; a second
   one traps. */
struct rouse_io_user {
    /* private */
    struct rouse_waker waker;
    const struct rouse_future *future;
};

struct rouse_reader;
struct rouse_reader_calls {
    /* ROUSE_READY(ROUSE_OK): took 1 to `size` bytes and set `count`. Anything else took none:
       CLOSED at the end, another failure, or rouse_io_wait. `size` is never 0. The next poll may
       bring another buffer: do not keep it. */
    struct rouse_polled (*read)(struct rouse_reader *reader, struct rouse_context *cx, void *buffer,
                                size_t size, size_t *count);
    /* Nobody waits any more. NULL: nothing to undo. Nothing that came may be lost. */
    void (*cancel)(struct rouse_reader *reader);
};
struct rouse_reader {
    const struct rouse_reader_calls *calls;
    struct rouse_io_user user;
};

struct rouse_writer;
struct rouse_writer_calls {
    /* ROUSE_READY(ROUSE_OK): took 1 to `size` bytes and set `count`. Anything else took none:
       CLOSED when nobody reads any more, another failure, or rouse_io_wait. */
    struct rouse_polled (*write)(struct rouse_writer *writer, struct rouse_context *cx,
                                 const void *data, size_t size, size_t *count);
    /* Done when all that was taken has left. NULL: it left at once. */
    struct rouse_polled (*flush)(struct rouse_writer *writer, struct rouse_context *cx);
    /* Flushes and says that no more will come. NULL: as flush. A second time does no harm. */
    struct rouse_polled (*shutdown)(struct rouse_writer *writer, struct rouse_context *cx);
    void (*cancel)(struct rouse_writer *writer); /* as a reader's */
};
struct rouse_writer {
    const struct rouse_writer_calls *calls;
    struct rouse_io_user user;
};

enum rouse_whence { ROUSE_FROM_START, ROUSE_FROM_HERE, ROUSE_FROM_END };
struct rouse_seeker;
struct rouse_seeker_calls {
    /* INVALID before the start. `position` is the new one, from the start. */
    struct rouse_polled (*seek)(struct rouse_seeker *seeker, struct rouse_context *cx,
                                int64_t offset, enum rouse_whence whence, uint64_t *position);
    void (*cancel)(struct rouse_seeker *seeker);
};
struct rouse_seeker {
    const struct rouse_seeker_calls *calls;
    struct rouse_io_user user;
};

/* The struct of type T whose member `member` `pointer` points to. */
#define ROUSE_OWNER(pointer, T, member) ((T *)(void *)((char *)(pointer) - offsetof(T, member)))

/* For a call that cannot go on: `return rouse_io_wait(&reader->user, cx)`; then rouse_io_wake when
   it can. The wake is the last thing a function does. */
struct rouse_polled rouse_io_wait(struct rouse_io_user *user, struct rouse_context *cx);
static inline void rouse_io_wake(struct rouse_io_user *user)
{
    rouse_waker_wake(&user->waker);
}

/* For one that stands on another: polls it, and traps when it breaks its promises. */
struct rouse_polled rouse_poll_read(struct rouse_reader *reader, struct rouse_context *cx,
                                    void *buffer, size_t size, size_t *count);
struct rouse_polled rouse_poll_write(struct rouse_writer *writer, struct rouse_context *cx,
                                     const void *data, size_t size, size_t *count);
struct rouse_polled rouse_poll_flush(struct rouse_writer *writer, struct rouse_context *cx);
struct rouse_polled rouse_poll_shutdown(struct rouse_writer *writer, struct rouse_context *cx);
void rouse_cancel_read(struct rouse_reader *reader);
void rouse_cancel_write(struct rouse_writer *writer);

/* ---- Reading ------------------------------------------------------------------------------- */

/* At least one byte, as soon as there is one; CLOSED at the end. Size 0 is done at once. */
struct rouse_read {
    struct rouse_future future;
    size_t out; /* bytes read */
    /* private */
    struct rouse_reader *reader;
    char *buffer;
    size_t size;
};
ROUSE_LAZY struct rouse_read rouse_read(struct rouse_reader *reader, void *buffer, size_t size);

/* All `size` bytes. A failure in the middle, CLOSED too, leaves in `out` how many came. */
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

/* Bytes that become more. Zero is empty and grows by the runtime's allocator. */
struct rouse_buffer {
    char *data;
    size_t size;
    /* private */
    size_t capacity;
    rouse_allocate allocate; /* NULL: nothing was allocated */
    void *allocate_data;
    bool fixed;
};
/* In the caller's memory: it does not grow. */
void rouse_buffer_init(struct rouse_buffer *buffer, void *memory, size_t size);
void rouse_buffer_drop(struct rouse_buffer *buffer); /* frees what grew; empty afterwards */

/* Appends all until the end. FULL once it holds `max` bytes, or all of fixed memory, and the end
   was not seen: leave one byte of room. Whatever happens, what came is in the buffer. */
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

/* Gives away at least one byte; `out` says how many were taken. Size 0 is done at once. */
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

/* Gives away all. A failure in the middle leaves in `out` how many were taken. */
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

/* Done when all that was taken has left. */
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
