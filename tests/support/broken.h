/* broken.h: a text, and a reader of it that fails once. */
#ifndef ROUSE_TEST_BROKEN_H
#define ROUSE_TEST_BROKEN_H

#include "test.h"

static const char text[] = "the quick brown fox";
enum { TEXT = sizeof text - 1 };

/* A mock that gives `text` with a failure after `at` bytes: two steps of one byte string. */
struct broken {
    struct rouse_mock mock;
    struct rouse_mock_step steps[3];
};
static inline void broken_init(struct broken *b, size_t at, rouse_status status)
{
    size_t n = 0;
    if (at > 0)
        b->steps[n++] = (struct rouse_mock_step){ROUSE_MOCK_READ_, ROUSE_OK, text, at, 0};
    b->steps[n++] = (struct rouse_mock_step)ROUSE_MOCK_READ_FAILS(status);
    if (at < TEXT)
        b->steps[n++] =
            (struct rouse_mock_step){ROUSE_MOCK_READ_, ROUSE_OK, text + at, TEXT - at, 0};
    rouse_mock_init(&b->mock, b->steps, n);
}

#endif
