/* file_job.c: futures that do one thing with a path, as a job: open, stat, rename, list ... */
#include "file_job.h"
#include <rouse/async.h>
#include <string.h>

/* Releases the record. The message of a failure names the path. */
static struct rouse_polled finish_job(struct rouse_future *f, struct rouse_i_file_job **slot,
                                      struct rouse_context *cx, const char *path, const char *to)
{
    struct rouse_i_file_job *job = *slot;
    rouse_status status = job->status;
    const char *text = job->error ? job->error : rouse_status_text(status);
    *slot = NULL;
    rouse_i_job_leave(&job->job);
    if (status == ROUSE_OK)
        return ROUSE_READY(ROUSE_OK);
    uint32_t at = f->at;
    rouse_i_fail_with(cx, f, __LINE__, status, NULL, to ? "%s: %s (to %s)" : "%s: %s", path, text,
                      to);
    f->at = at;
    return ROUSE_READY(status);
}

/* Starts the job `made` at the first poll; pending until it is done. */
static struct rouse_polled poll_job(struct rouse_i_file_job **slot, struct rouse_context *cx,
                                    struct rouse_i_file_job *made)
{
    if (!*slot) {
        if (!made)
            return ROUSE_READY(ROUSE_ERR_NO_MEMORY);
        *slot = made;
        rouse_i_job_start(&made->job, cx);
    }
    return rouse_i_job_is_done(&(*slot)->job, cx) ? ROUSE_READY(ROUSE_OK) : ROUSE_PENDING;
}

static void leave_job(struct rouse_i_file_job *job)
{
    rouse_i_job_leave(job ? &job->job : NULL);
}

/* ---- Open ---------------------------------------------------------------------------------- */

static struct rouse_polled open_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_file_open *self = (struct rouse_file_open *)(void *)f;
    struct rouse_i_file_job *job =
        self->job ? NULL : rouse_i_file_job_new(FILE_OPEN, self->path, NULL, 0);
    if (job)
        job->how = self->how;
    struct rouse_polled polled = poll_job(&self->job, cx, job);
    if (polled.status != ROUSE_OK)
        return polled;
    if (self->job->status == ROUSE_OK) {
        rouse_i_file_init(self->file, self->job->fd, self->how,
                          self->job->info.kind == ROUSE_KIND_FILE);
        self->job->fd = -1; /* it belongs to the file now */
    }
    return finish_job(f, &self->job, cx, self->path, NULL);
}

static void open_drop(struct rouse_future *f)
{
    leave_job(((struct rouse_file_open *)(void *)f)->job);
}

static const struct rouse_type rouse_file_open_type = {
    "rouse_file_open", __FILE__, sizeof(struct rouse_file_open), open_poll, open_drop};

struct rouse_file_open rouse_file_open(struct rouse_file *file, const char *path, unsigned how)
{
    return ROUSE_FUTURE(rouse_file_open, .file = file, .path = path, .how = how);
}

/* ---- Sync ---------------------------------------------------------------------------------- */

static struct rouse_polled sync_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_file_sync *self = (struct rouse_file_sync *)(void *)f;
    struct rouse_i_file_job *job =
        self->job ? NULL : rouse_i_file_job_new(FILE_SYNC, "sync", NULL, 0);
    if (job)
        job->fd = self->file->stream.fd;
    struct rouse_polled polled = poll_job(&self->job, cx, job);
    return polled.status == ROUSE_OK ? finish_job(f, &self->job, cx, "sync", NULL) : polled;
}

static void sync_drop(struct rouse_future *f)
{
    leave_job(((struct rouse_file_sync *)(void *)f)->job);
}

static const struct rouse_type rouse_file_sync_type = {
    "rouse_file_sync", __FILE__, sizeof(struct rouse_file_sync), sync_poll, sync_drop};

struct rouse_file_sync rouse_file_sync(struct rouse_file *file)
{
    return ROUSE_FUTURE(rouse_file_sync, .file = file);
}

/* ---- Stat ---------------------------------------------------------------------------------- */

static struct rouse_polled stat_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_stat *self = (struct rouse_stat *)(void *)f;
    struct rouse_polled polled = poll_job(
        &self->job, cx, self->job ? NULL : rouse_i_file_job_new(FILE_STAT, self->path, NULL, 0));
    if (polled.status != ROUSE_OK)
        return polled;
    self->out = self->job->info;
    return finish_job(f, &self->job, cx, self->path, NULL);
}

static void stat_drop(struct rouse_future *f)
{
    leave_job(((struct rouse_stat *)(void *)f)->job);
}

static const struct rouse_type rouse_stat_type = {"rouse_stat", __FILE__, sizeof(struct rouse_stat),
                                                  stat_poll, stat_drop};

struct rouse_stat rouse_stat(const char *path)
{
    return ROUSE_FUTURE(rouse_stat, .path = path);
}

/* ---- Rename, remove, make ------------------------------------------------------------------ */

static struct rouse_polled change_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_path_change *self = (struct rouse_path_change *)(void *)f;
    enum rouse_i_file_what what = (enum rouse_i_file_what)self->what;
    struct rouse_polled polled = poll_job(
        &self->job, cx, self->job ? NULL : rouse_i_file_job_new(what, self->path, self->to, 0));
    return polled.status == ROUSE_OK ? finish_job(f, &self->job, cx, self->path, self->to) : polled;
}

static void change_drop(struct rouse_future *f)
{
    leave_job(((struct rouse_path_change *)(void *)f)->job);
}

static const struct rouse_type rouse_path_change_type = {
    "rouse_path_change", __FILE__, sizeof(struct rouse_path_change), change_poll, change_drop};

struct rouse_path_change rouse_rename(const char *from, const char *to)
{
    return ROUSE_FUTURE(rouse_path_change, .what = FILE_RENAME, .path = from, .to = to);
}

struct rouse_path_change rouse_remove(const char *path)
{
    return ROUSE_FUTURE(rouse_path_change, .what = FILE_REMOVE, .path = path);
}

struct rouse_path_change rouse_make_directory(const char *path)
{
    return ROUSE_FUTURE(rouse_path_change, .what = FILE_MAKE_DIRECTORY, .path = path);
}

/* ---- List ---------------------------------------------------------------------------------- */

/* The next entry of the names in the record; each is a kind, then a text. */
static struct rouse_polled next_entry(struct rouse_list_directory *self)
{
    const char *entry = self->job->data + self->at;
    self->out = (struct rouse_entry){entry + 1, (enum rouse_kind)entry[0]};
    self->at += strlen(entry + 1) + 2;
    return rouse_item(&self->future, &self->out);
}

static struct rouse_polled list_poll(struct rouse_future *f, struct rouse_context *cx)
{
    struct rouse_list_directory *self = (struct rouse_list_directory *)(void *)f;
    bool holds = self->job && self->at > 0; /* the first of these names was given */
    if (holds && self->at < self->job->count)
        return next_entry(self);
    if (holds) {
        self->at = 0;
        rouse_i_job_start(&self->job->job, cx);
    }
    struct rouse_polled polled =
        poll_job(&self->job, cx,
                 self->job ? NULL : rouse_i_file_job_new(FILE_LIST, self->path, NULL, FILE_NAMES));
    if (polled.status != ROUSE_OK)
        return polled;
    if (self->job->status < 0)
        return finish_job(f, &self->job, cx, self->path, NULL);
    if (self->job->count > 0)
        return next_entry(self);
    leave_job(self->job);
    return ROUSE_READY(ROUSE_ERR_CLOSED);
}

static void list_drop(struct rouse_future *f)
{
    leave_job(((struct rouse_list_directory *)(void *)f)->job);
}

static const struct rouse_type rouse_list_directory_type = {
    "rouse_list_directory", __FILE__, sizeof(struct rouse_list_directory), list_poll, list_drop};

struct rouse_list_directory rouse_list_directory(const char *path)
{
    return ROUSE_FUTURE(rouse_list_directory, .path = path);
}
