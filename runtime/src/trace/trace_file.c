/* trace_file.c: a traced program writes its trace to the file that ROUSE_TRACE_FILE names, also
   when it traps. */
#include "trace_events.h"
#include "../base/check.h"
#include <rouse/host.h>

#if ROUSE_TRACE && !defined(ROUSE_JS)
#include <stdio.h>
#include <stdlib.h>

enum { RECORDS = 1 << 16, STRINGS = 1 << 16 }; /* 2 MiB; the oldest records are lost first */

static struct rouse_trace trace;
static const char *path;

struct rouse_trace *rouse_i_trace_file_open(void)
{
    path = getenv("ROUSE_TRACE_FILE");
    if (!path || !*path)
        return NULL;
    struct rouse_trace_record *ring = malloc(RECORDS * sizeof *ring);
    char *strings = malloc(STRINGS);
    if (rouse_trace_init(&trace, ring, RECORDS, strings, STRINGS) == ROUSE_OK) {
        rouse_i_before_trap = rouse_i_trace_file_close;
        return &trace;
    }
    fprintf(stderr, "rouse: no memory for the trace of ROUSE_TRACE_FILE\n");
    free(ring);
    free(strings);
    path = NULL;
    return NULL;
}

static void to_file(void *file, const char *text, size_t length)
{
    fwrite(text, 1, length, file);
}

void rouse_i_trace_file_close(void)
{
    if (!trace.ring)
        return;
    FILE *file = fopen(path, "w");
    if (file)
        rouse_trace_write(&trace, ROUSE_BASE_CLOCK, to_file, file);
    if (!file || (ferror(file) | fclose(file)))
        fprintf(stderr, "rouse: could not write the trace to %s\n", path);
    free(trace.ring);
    free(trace.strings);
    trace = (struct rouse_trace){0};
}
#endif
