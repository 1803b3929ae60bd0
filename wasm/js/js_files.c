/* js_files.c: file_job.h for a JavaScript host, which has no files. */
#include "../../runtime/src/io/file_job.h"

void rouse_i_file_run(struct rouse_i_job *job)
{
    struct rouse_i_file_job *self = (struct rouse_i_file_job *)(void *)job;
    self->status = ROUSE_ERR_NOT_SUPPORTED;
    self->error = "a JavaScript host has no files: build the module for WASI";
}

void rouse_i_file_abandon(struct rouse_i_job *job)
{
    (void)job;
}

rouse_status rouse_i_file_info(int fd, struct rouse_file_info *info)
{
    (void)fd, (void)info;
    return ROUSE_ERR_NOT_SUPPORTED;
}
