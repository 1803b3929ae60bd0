/* Random bytes are there on every host: more at once than an engine gives, and other ones each
 * time. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <string.h>

enum { MANY = 70000 };

static int differing(const unsigned char *a, const unsigned char *b)
{
    int differ = 0;
    for (int i = 0; i < MANY; i++)
        differ += a[i] != b[i];
    return differ;
}

struct app {
    struct rouse_future future;
    rouse_status first, second, none;
};
ROUSE_ASYNC(app)
{
    static unsigned char a[MANY], b[MANY];
    ROUSE_BEGIN;
    self->first = rouse_random_bytes(a, MANY);
    self->second = rouse_random_bytes(b, MANY);
    self->none = rouse_random_bytes(NULL, 0);
    printf("%s %s %s\n", rouse_status_name(self->first), rouse_status_name(self->second),
           rouse_status_name(self->none));
    /* One byte in 256 is the same by chance. */
    printf("%s\n", differing(a, b) > MANY * 9 / 10 ? "they differ" : "they are alike");
    printf("%s\n",
           memcmp(a + MANY - 16, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16) ? "to the end" : "not all");
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app))

// expect: ROUSE_OK ROUSE_OK ROUSE_OK
// expect: they differ
// expect: to the end
