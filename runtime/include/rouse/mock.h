/* mock.h: a reader and a writer that follow a script, for tests of whatever talks to them. */
#ifndef ROUSE_MOCK_H
#define ROUSE_MOCK_H

#include "io.h"
#include "time.h"

#ifdef __cplusplus
extern "C" {
#endif

enum rouse_mock_kind {
    ROUSE_MOCK_READ_,
    ROUSE_MOCK_WRITE_,
    ROUSE_MOCK_WAIT_,
    ROUSE_MOCK_SHUTDOWN_
};
/* One step of the script; make it with a macro. */
struct rouse_mock_step {
    enum rouse_mock_kind kind;
    rouse_status status; /* not OK: the call fails once */
    const char *data;
    size_t size;
    uint64_t ns;
};
/* The reader gives these bytes, "" is the end; the writer must be given these. A string literal. */
#define ROUSE_MOCK_READ(TEXT) {ROUSE_MOCK_READ_, ROUSE_OK, TEXT, sizeof(TEXT) - 1, 0}
#define ROUSE_MOCK_WRITE(TEXT) {ROUSE_MOCK_WRITE_, ROUSE_OK, TEXT, sizeof(TEXT) - 1, 0}
#define ROUSE_MOCK_READ_FAILS(STATUS) {ROUSE_MOCK_READ_, STATUS, "", 0, 0}
#define ROUSE_MOCK_WRITE_FAILS(STATUS) {ROUSE_MOCK_WRITE_, STATUS, "", 0, 0}
/* Reading and writing wait this long, from when one of them meets the step. */
#define ROUSE_MOCK_WAIT(NS) {ROUSE_MOCK_WAIT_, ROUSE_OK, "", 0, NS}
/* The writer must be shut down; without such a step it may be, at any time. */
#define ROUSE_MOCK_SHUTDOWN(STATUS) {ROUSE_MOCK_SHUTDOWN_, STATUS, "", 0, 0}

enum { ROUSE_MOCK_TEXT = 240 };
/* A read waits while a write or a shutdown is next; at the end of the script it is CLOSED. What the
   script does not allow is INVALID, then and for ever after. */
struct rouse_mock {
    struct rouse_reader reader;
    struct rouse_writer writer;
    size_t limit; /* at most so many bytes a call; 0: any number */
    /* private */
    const struct rouse_mock_step *steps;
    size_t count, at, offset; /* the step, and the bytes done of it */
    size_t read, written;
    struct rouse_sleep sleep; /* of the wait that is next, once somebody met it */
    bool wrong;
    char text[ROUSE_MOCK_TEXT];
};
void rouse_mock_init(struct rouse_mock *mock, const struct rouse_mock_step *steps, size_t count);
/* NULL when the script was followed to its end; else what went wrong first, or what is left. */
const char *rouse_mock_report(struct rouse_mock *mock);
void rouse_mock_drop(struct rouse_mock *mock); /* ends a wait */

#ifdef __cplusplus
}
#endif
#endif
