#include <rouse/rouse.h>
#include <stdio.h>

struct greet {
    struct rouse_future future;
    const char *greeting;
    struct rouse_buffered_reader input;
    char memory[64];
    struct rouse_read_line name;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(greet)
{
    ROUSE_BEGIN;
    rouse_buffered_reader_init(&self->input, rouse_stdin(), self->memory, sizeof self->memory);
    ROUSE_AWAIT(self->name, rouse_read_line(&self->input));
    printf("%s, %.*s\n", self->greeting, (int)self->name.out.size, self->name.out.data);
    ROUSE_AWAIT(self->nap, rouse_sleep(10 * ROUSE_MS));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(greet, .greeting = argv[1]))
