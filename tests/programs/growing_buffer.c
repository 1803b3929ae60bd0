/* A buffer grows in a program that never spawns on the heap: the allocator is linked all the same.
 */
// needs: malloc
#include <rouse/rouse.h>
#include <stdio.h>

struct demo {
    struct rouse_future future;
    struct rouse_repeat_reader repeat;
    struct rouse_take_reader take;
    struct rouse_buffer all;
    struct rouse_read_to_end read;
};

ROUSE_ASYNC(demo)
{
    ROUSE_BEGIN;
    rouse_repeat_reader_init(&self->repeat, 'x');
    rouse_take_reader_init(&self->take, &self->repeat.reader, 10000);
    ROUSE_AWAIT(self->read, rouse_read_to_end(&self->take.reader, &self->all, SIZE_MAX));
    printf("%zu bytes\n", self->all.size);
    ROUSE_FINALLY;
    rouse_buffer_drop(&self->all);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(demo))

// expect: 10000 bytes
