/* file.h: files and folders. On Linux all of them; on WASI those in folders that the program may
   use
   (`wasmtime run --dir=.`); in a page none. The message of a failure names the path.
   docs/reference/file.md has a program. */
#ifndef ROUSE_FILE_H
#define ROUSE_FILE_H

#include "fd.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- A file -------------------------------------------------------------------------------- */

enum rouse_open {
    ROUSE_OPEN_READ = 1,
    ROUSE_OPEN_WRITE = 2,
    ROUSE_OPEN_APPEND = 4,     /* writes go to the end, also if others write there */
    ROUSE_OPEN_CREATE = 8,     /* make it if there is none */
    ROUSE_OPEN_EXCLUSIVE = 16, /* with CREATE: EXISTS if there is one */
    ROUSE_OPEN_TRUNCATE = 32   /* empty it */
};

/* One position for reading, writing and seeking; it moves only when a future is done. At the end of
   the file a read is CLOSED; you may read on once the file has grown. */
struct rouse_file {
    struct rouse_reader reader;
    struct rouse_writer writer;
    struct rouse_seeker seeker;
    /* private */
    struct rouse_fd stream; /* used if it is no regular file */
    struct rouse_i_file_job *job;
    uint64_t position;
    bool regular, append;
};

/* `how` is a sum of ROUSE_OPEN_ values. Opening a folder fails with IS_DIRECTORY. */
struct rouse_file_open {
    struct rouse_future future;
    /* private */
    struct rouse_file *file;
    const char *path;
    unsigned how;
    struct rouse_i_file_job *job;
};
ROUSE_LAZY struct rouse_file_open rouse_file_open(struct rouse_file *file, const char *path,
                                                  unsigned how);
/* No future may use the file. Does nothing for zero, or the second time. */
void rouse_file_close(struct rouse_file *file);

/* Waits until everything written is on the disk. */
struct rouse_file_sync {
    struct rouse_future future;
    /* private */
    struct rouse_file *file;
    struct rouse_i_file_job *job;
};
ROUSE_LAZY struct rouse_file_sync rouse_file_sync(struct rouse_file *file);

/* ---- Paths --------------------------------------------------------------------------------- */

enum rouse_kind { ROUSE_KIND_OTHER, ROUSE_KIND_FILE, ROUSE_KIND_DIRECTORY, ROUSE_KIND_LINK };
struct rouse_file_info {
    uint64_t size;
    uint64_t modified_ns; /* since 1970 */
    enum rouse_kind kind;
};
/* Follows links. */
struct rouse_stat {
    struct rouse_future future;
    struct rouse_file_info out;
    /* private */
    const char *path;
    struct rouse_i_file_job *job;
};
ROUSE_LAZY struct rouse_stat rouse_stat(const char *path);

struct rouse_path_change {
    struct rouse_future future;
    /* private */
    const char *path, *to;
    struct rouse_i_file_job *job;
    uint8_t what;
};
/* Replaces the file `to`, if there is one. */
ROUSE_LAZY struct rouse_path_change rouse_rename(const char *from, const char *to);
/* Removes a file or an empty folder. */
ROUSE_LAZY struct rouse_path_change rouse_remove(const char *path);
ROUSE_LAZY struct rouse_path_change rouse_make_directory(const char *path);

/* ---- Folders ------------------------------------------------------------------------------- */

struct rouse_entry {
    const char *name; /* valid until the next entry */
    enum rouse_kind kind;
};
/* A stream for ROUSE_EACH, in the system's order, without "." and "..". It keeps 4 kB of names at a
   time. */
struct rouse_list_directory {
    struct rouse_future future;
    struct rouse_entry out;
    /* private */
    const char *path;
    struct rouse_i_file_job *job;
    size_t at;
};
ROUSE_LAZY struct rouse_list_directory rouse_list_directory(const char *path);

#ifdef __cplusplus
}
#endif
#endif
