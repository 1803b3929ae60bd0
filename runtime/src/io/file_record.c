/* file_record.c: makes the records that file_job.c and file.c hand to the host. */
#include "file_job.h"
#include <string.h>

/* A record with copies of the paths and `size` bytes of data. */
struct rouse_i_file_job *rouse_i_file_job_new(enum rouse_i_file_what what, const char *path,
                                              const char *to, size_t size)
{
    size_t length = strlen(path) + 1, to_length = to ? strlen(to) + 1 : 0;
    struct rouse_i_file_job *job = rouse_i_job_new(sizeof *job + length + to_length + size);
    if (!job)
        return NULL;
    job->job.run = rouse_i_file_run;
    job->job.abandon = rouse_i_file_abandon;
    job->what = what;
    job->fd = -1;
    memcpy(job->text, path, length);
    job->to = job->text + length;
    if (to)
        memcpy(job->to, to, to_length);
    job->data = job->to + to_length;
    return job;
}

struct rouse_i_file_job *rouse_i_file_piece(void)
{
    return rouse_i_file_job_new(FILE_READ, "", NULL, FILE_PIECE);
}
