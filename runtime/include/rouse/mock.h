/* mock.h: a reader and a writer that follow a script, for tests of code that uses them. */
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
/* The reader returns these bytes ("" is the end); the writer expects these. Use string literals. */
#define ROUSE_MOCK_READ(TEXT) {ROUSE_MOCK_READ_, ROUSE_OK, TEXT, sizeof(TEXT) - 1, 0}
#define ROUSE_MOCK_WRITE(TEXT) {ROUSE_MOCK_WRITE_, ROUSE_OK, TEXT, sizeof(TEXT) - 1, 0}
#define ROUSE_MOCK_READ_FAILS(STATUS) {ROUSE_MOCK_READ_, STATUS, "", 0, 0}
#define ROUSE_MOCK_WRITE_FAILS(STATUS) {ROUSE_MOCK_WRITE_, STATUS, "", 0, 0}
/* Reads and writes wait this long, from the first one that comes to the step. */
#define ROUSE_MOCK_WAIT(NS) {ROUSE_MOCK_WAIT_, ROUSE_OK, "", 0, NS}
/* The writer must be shut down here. Without such a step it may be shut down at any time. */
#define ROUSE_MOCK_SHUTDOWN(STATUS) {ROUSE_MOCK_SHUTDOWN_, STATUS, "", 0, 0}

enum { ROUSE_MOCK_TEXT = 240 };
/* A read waits while the next step is a write or a shutdown; at the end of the script it is CLOSED.
   A call that the script does not allow is INVALID, and so are all calls after it. */
struct rouse_mock {
    struct rouse_reader reader;
    struct rouse_writer writer;
    size_t limit; /* most bytes per call; 0: no limit */
    /* private */
    const struct rouse_mock_step *steps;
    size_t count, at, offset; /* the step, and how many of its bytes are done */
    size_t read, written;
    struct rouse_sleep sleep; /* of a wait that has begun */
    bool wrong;
    char text[ROUSE_MOCK_TEXT];
};
void rouse_mock_init(struct rouse_mock *mock, const struct rouse_mock_step *steps, size_t count);
/* NULL if the script was followed to its end; else what went wrong first, or what is left. */
const char *rouse_mock_report(struct rouse_mock *mock);
void rouse_mock_drop(struct rouse_mock *mock); /* ends a wait */

#ifdef __cplusplus
}
#endif
#endif
