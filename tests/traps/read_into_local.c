// A buffer of a read is a local of the body.
// needs: checked
// trap: rouse: bug: was given a pointer to a local, which is gone after an await: put it into the
// struct trap: in rouse_read trap: in app (tests/traps/read_into_local.c:20)
#include <rouse/rouse.h>

struct app {
    struct rouse_future future;
    struct rouse_memory file;
    struct rouse_read read;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    char buffer[8];
    rouse_memory_init_const(&self->file, "hello", 5);
    ROUSE_AWAIT(self->read, rouse_read(&self->file.reader, buffer, sizeof buffer));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
