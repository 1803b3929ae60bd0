/* A page has no files, and says so. */
// needs: js malloc
#include <rouse/rouse.h>

struct app {
    struct rouse_future future;
    struct rouse_file file;
    struct rouse_file_open open;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->open, rouse_file_open(&self->file, "notes.txt", ROUSE_OPEN_READ));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))

// exit: 1
// stderr: ROUSE_ERR_NOT_SUPPORTED
// stderr: notes.txt: a JavaScript host has no files: build the module for WASI
