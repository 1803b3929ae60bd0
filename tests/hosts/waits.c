/* For wasi_fds.mjs: waits for four descriptors and a timer at once, then reads standard input. */
#include <rouse/rouse.h>
#include <stdio.h>

struct wait_for {
    struct rouse_future future;
    int fd; /* -1: 50 ms */
    struct rouse_fd_ready ready;
    struct rouse_sleep nap;
    rouse_status status;
};
ROUSE_ASYNC(wait_for)
{
    ROUSE_BEGIN;
    if (self->fd < 0) {
        ROUSE_AWAIT(self->nap, rouse_sleep(50 * ROUSE_MS));
        printf("50 ms\n");
    } else {
        ROUSE_TRY_AWAIT(self->status, self->ready, rouse_readable(self->fd));
        printf("fd %d: %s\n", self->fd, rouse_status_name(self->status));
    }
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct wait_for waits[5];
    struct rouse_join all;
    char got[16];
    struct rouse_read read;
    rouse_status status;
};
ROUSE_ASYNC(app)
{
    static const int fds[] = {0, 5, 6, 9, -1};
    ROUSE_BEGIN;
    for (int i = 0; i < 5; i++)
        ROUSE_PUT(self->waits[i], ROUSE_FUTURE(wait_for, .fd = fds[i]));
    ROUSE_AWAIT(self->all, rouse_join(ROUSE_LIST(&self->waits[0].future, &self->waits[1].future,
                                                 &self->waits[2].future, &self->waits[3].future,
                                                 &self->waits[4].future)));
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->read,
                        rouse_read(rouse_stdin(), self->got, sizeof self->got));
        if (self->status < 0)
            break;
        printf("%.*s", (int)self->read.out, self->got);
    }
    printf("%s\n", rouse_status_name(self->status));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
