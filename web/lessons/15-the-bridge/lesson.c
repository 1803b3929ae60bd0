#include <rouse/rouse.h>
#include <stdio.h>
#include <string.h>

/* An async function of the JavaScript side. */
ROUSE_IMPORT(fetch_text, ROUSE_STRING(url),
             ROUSE_OUT_STRING)

struct measure {
    struct rouse_future future;
    const char *url;
    struct fetch_text reply;
    int32_t out;
};

ROUSE_ASYNC(measure)
{
    ROUSE_BEGIN;
    printf("C: measures %s\n", self->url);
    ROUSE_AWAIT(self->reply,
                fetch_text(self->url));
    printf("C: got %s\n", self->reply.out);
    self->out =
        (int32_t)strlen(self->reply.out);
    ROUSE_END;
}

/* For JavaScript: app.measure(url) */
ROUSE_EXPORT(measure, ROUSE_STRING(url),
             ROUSE_OUT_I32)
