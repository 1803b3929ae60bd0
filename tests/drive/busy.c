/* Pitfall 47: beside a task that never rests, and never says so, a timer fires and stdin is read.
 */
#include <rouse/rouse.h>
#include <stdio.h>

struct busy {
    struct rouse_future future;
    const bool *stop;
    struct rouse_semaphore free;
    struct rouse_semaphore_acquire acquire;
};
ROUSE_ASYNC(busy)
{
    ROUSE_BEGIN;
    rouse_semaphore_init(&self->free, 1);
    while (!*self->stop) {
        ROUSE_AWAIT(self->acquire, rouse_semaphore_acquire(&self->free, 1)); /* ready, always */
        rouse_semaphore_release(&self->free, 1);
    }
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    bool stop;
    ROUSE_TASK(busy) slot;
    struct rouse_task *task;
    struct rouse_task_join join;
    struct rouse_sleep nap;
    struct rouse_buffered_reader input;
    char memory[64];
    struct rouse_read_line line;
};
ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->task = rouse_spawn_in(cx->runtime, &self->slot, ROUSE_FUTURE(busy, .stop = &self->stop));
    ROUSE_AWAIT(self->nap, rouse_sleep(30 * ROUSE_MS));
    printf("the timer fired\n");
    fflush(stdout);
    rouse_buffered_reader_init(&self->input, rouse_stdin(), self->memory, sizeof self->memory);
    ROUSE_AWAIT(self->line, rouse_read_line(&self->input));
    printf("read %.*s\n", (int)self->line.out.size, self->line.out.data);
    self->stop = true;
    ROUSE_AWAIT(self->join, rouse_task_join(self->task));
    ROUSE_FINALLY;
    self->stop = true;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
