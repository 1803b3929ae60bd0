/* many open PATH: opens a file again and again until the system has no more, closes all, and opens
   it once more. many list PATH: counts what is in a folder. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 4096 };

struct opens {
    struct rouse_future future;
    const char *path;
    struct rouse_file *files; /* MOST */
    unsigned count;
    struct rouse_file_open open;
    rouse_status status;
};

static void close_all(struct opens *self)
{
    while (self->count > 0)
        rouse_file_close(&self->files[--self->count]);
}

ROUSE_ASYNC(opens)
{
    ROUSE_BEGIN;
    while (self->count < MOST) {
        ROUSE_TRY_AWAIT(self->status, self->open,
                        rouse_file_open(&self->files[self->count], self->path, ROUSE_OPEN_READ));
        if (self->status < 0)
            break;
        self->count++;
    }
    printf("%s: %s\n", self->count > 10 ? "many" : "few", rouse_status_text(self->status));
    close_all(self);
    ROUSE_AWAIT(self->open, rouse_file_open(&self->files[0], self->path, ROUSE_OPEN_READ));
    self->count = 1;
    printf("opened again\n");
    ROUSE_FINALLY;
    close_all(self);
    ROUSE_END;
}

struct lists {
    struct rouse_future future;
    const char *path;
    unsigned count;
    unsigned long sum;
    struct rouse_list_directory entries;
};
ROUSE_ASYNC(lists)
{
    ROUSE_BEGIN;
    ROUSE_EACH(self->entries, rouse_list_directory(self->path)) {
        self->count++;
        self->sum += strtoul(self->entries.out.name, NULL, 10);
    }
    printf("%u names, sum %lu\n", self->count, self->sum);
    ROUSE_FINALLY;
    rouse_drop(&self->entries.future);
    ROUSE_END;
}

struct app {
    struct rouse_future future;
    char **argv;
    struct opens opens;
    struct lists lists;
};
ROUSE_ASYNC(app)
{
    static struct rouse_file files[MOST];
    ROUSE_BEGIN;
    if (strcmp(self->argv[1], "open") == 0)
        ROUSE_AWAIT(self->opens, ROUSE_FUTURE(opens, .path = self->argv[2], .files = files));
    else
        ROUSE_AWAIT(self->lists, ROUSE_FUTURE(lists, .path = self->argv[2]));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app, .argv = argv))
