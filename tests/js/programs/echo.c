/* Writes what it reads; says every 20 ms that it waits if it is told to; with "first" it lets a
   read go that waits, and reads again. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <string.h>

struct echo {
    struct rouse_future future;
    const char *how;
    char buffer[16];
    rouse_status status;
    struct rouse_read read;
    struct rouse_timeout limit;
    struct rouse_write_all write;
};
ROUSE_ASYNC(echo)
{
    ROUSE_BEGIN;
    printf("%s\n", self->how);
    for (;;) {
        ROUSE_PUT(self->read, rouse_read(rouse_stdin(), self->buffer, sizeof self->buffer));
        if (strcmp(self->how, "impatient") == 0)
            ROUSE_TRY_AWAIT(self->status, self->limit,
                            rouse_timeout(&self->read.future, 5 * ROUSE_MS));
        else
            ROUSE_TRY_AWAIT(self->status, self->read);
        if (self->status == ROUSE_ERR_TIMEOUT)
            continue;
        if (self->status < 0)
            break;
        ROUSE_AWAIT(self->write, rouse_write_all(rouse_stdout(), self->buffer, self->read.out));
    }
    printf("%s\n", rouse_status_name(self->status));
    ROUSE_AWAIT(self->write, rouse_write_all(rouse_stderr(), "end\n", 4));
    ROUSE_FINALLY;
    rouse_drop(&self->read.future);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(echo, .how = argv[argc > 1 ? 1 : 0]))
