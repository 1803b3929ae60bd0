/* file_job.h: the questions about files that a host answers, as jobs. */
#ifndef ROUSE_FILE_JOB_H
#define ROUSE_FILE_JOB_H

#include "job.h"
#include <rouse/file.h>

enum { FILE_PIECE = 65536, FILE_NAMES = 4096 }; /* most bytes read, written or listed at a time */

struct rouse_i_file_job {
    struct rouse_i_job job;
    enum rouse_i_file_what {
        FILE_OPEN,
        FILE_READ,
        FILE_WRITE,
        FILE_SYNC,
        FILE_STAT,
        FILE_RENAME,
        FILE_REMOVE,
        FILE_MAKE_DIRECTORY,
        FILE_LIST,
    } what;
    rouse_status status;
    int fd;       /* open: the result; -1: none */
    unsigned how; /* ROUSE_OPEN_ */
    uint64_t position;
    size_t count; /* read, write: bytes asked for, then done; list: bytes of names */
    struct rouse_file_info info;
    void *directory;   /* list: stays open between the jobs */
    const char *error; /* the system's message, if it says more than the status */
    char *to;          /* the second path */
    char *data;        /* a piece of the file; or names, each a kind and then a text */
    char text[];       /* the path; then `to`; then `data` */
};

/* The host does the job, on any thread; and undoes it if nobody took the result. */
void rouse_i_file_run(struct rouse_i_job *job);
void rouse_i_file_abandon(struct rouse_i_job *job);
/* In file.c: an open file. In file_record.c: a record for pieces of one, and for what names a path.
 */
void rouse_i_file_init(struct rouse_file *file, int fd, unsigned how, bool regular);
struct rouse_i_file_job *rouse_i_file_piece(void);
struct rouse_i_file_job *rouse_i_file_job_new(enum rouse_i_file_what what, const char *path,
                                              const char *to, size_t size);
/* The host's answer about an open file. */
rouse_status rouse_i_file_info(int fd, struct rouse_file_info *info);

#endif
