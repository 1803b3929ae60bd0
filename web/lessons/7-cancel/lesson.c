#include <rouse/rouse.h>
#include <stdio.h>

struct image {
    struct rouse_future future;
    struct rouse_sleep net;
};

ROUSE_ASYNC(image)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->net,
                rouse_sleep(100 * ROUSE_MS));
    printf("image: is here\n");
    ROUSE_FINALLY;
    printf("image: cleans up\n");
    ROUSE_END;
}

struct page {
    struct rouse_future future;
    struct image image;
};

ROUSE_ASYNC(page)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->image,
                ROUSE_FUTURE(image));
    printf("page: is drawn\n");
    ROUSE_FINALLY;
    printf("page: cleans up\n");
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    struct rouse_task *task;
    struct rouse_sleep nap;
};

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    self->task =
        ROUSE_SPAWN(ROUSE_FUTURE(page));
    ROUSE_AWAIT(self->nap,
                rouse_sleep(30 * ROUSE_MS));
    printf("app: never mind\n");
    rouse_task_abort(self->task);
    ROUSE_FINALLY;
    rouse_task_detach(self->task);
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))
