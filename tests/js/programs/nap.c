/* Sleeps as long as its argument says, in ms; FINALLY runs when it is cancelled. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>

struct nap {
    struct rouse_future future;
    const char *name;
    uint64_t ms;
    struct rouse_sleep sleep;
    int out;
};
ROUSE_ASYNC(nap)
{
    ROUSE_BEGIN;
    printf("%s sleeps \xc3\xa9\xe2\x82\xac\n", self->name);
    ROUSE_AWAIT(self->sleep, rouse_sleep(self->ms * ROUSE_MS));
    printf("awake\n");
    ROUSE_RETURN(7);
    ROUSE_FINALLY;
    printf("finally\n");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(nap, .name = argv[1], .ms = (uint64_t)atoi(argv[2])))
