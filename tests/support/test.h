/* test.h: a unit test is TEST(a_name_that_reads_as_a_history). All tests of a build are one
   program; each begins with fresh memory (fresh.h). The build names the file: TEST_FILE is
   "unit.channel". A mock task polls one future by hand and counts what its waker is asked. */
#ifndef ROUSE_TEST_SUPPORT_H
#define ROUSE_TEST_SUPPORT_H

#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct test_case {
    const char *name;
    void (*run)(void);
    struct test_case *next;
};
void test_register(struct test_case *test);
/* The number after `name` on the command line, as in --ops 1000. */
unsigned long long test_option(const char *name, unsigned long long otherwise);

#define TEST(test_name)                                                                    \
    static void test_##test_name(void);                                                    \
    __attribute__((constructor)) static void register_##test_name(void)                    \
    {                                                                                      \
        static struct test_case test = {TEST_FILE "." #test_name, test_##test_name, NULL}; \
        test_register(&test);                                                              \
    }                                                                                      \
    static void test_##test_name(void)

/* ---- Expectations: the first that fails ends the test --------------------------------------- */

_Noreturn void test_fail(const char *file, int line, const char *what, long long got,
                         long long expected);
_Noreturn void test_fail_text(const char *file, int line, const char *got, const char *expected);

#define EXPECT(condition) ((condition) ? (void)0 : test_fail(__FILE__, __LINE__, #condition, 0, 1))
#define EXPECT_EQ(got, expected)                                              \
    do {                                                                      \
        long long got_ = (long long)(got), expected_ = (long long)(expected); \
        if (got_ != expected_)                                                \
            test_fail(__FILE__, __LINE__, #got, got_, expected_);             \
    } while (0)
#define EXPECT_TEXT(got, expected)                                 \
    do {                                                           \
        const char *text_ = (got);                                 \
        if (strcmp(text_, (expected)) != 0)                        \
            test_fail_text(__FILE__, __LINE__, text_, (expected)); \
    } while (0)
#define EXPECT_CONTAINS(got, part)                             \
    do {                                                       \
        const char *text_ = (got);                             \
        if (!strstr(text_, (part)))                            \
            test_fail_text(__FILE__, __LINE__, text_, (part)); \
    } while (0)
#define EXPECT_PENDING(polled) EXPECT_EQ((polled).status, ROUSE_PENDING_)
#define EXPECT_READY(polled, status_) EXPECT_EQ((polled).status, (status_))

/* ---- A task without an executor -------------------------------------------------------------- */

struct mock_task {
    struct rouse_future *future;
    struct rouse_runtime *runtime;       /* for futures of time */
    unsigned woken, clones, drops, live; /* live: wakers that exist besides the task's own */
};
/* The task must not move once polled. */
struct mock_task mock_task(struct rouse_future *future);
struct rouse_polled mock_poll(struct mock_task *task);
/* Polls a future that wakes itself until it is done. */
rouse_status mock_run(struct rouse_future *future);
/* A context that polls on behalf of `task`: for polling several futures with one waker. */
struct rouse_context mock_context(struct mock_task *task);

/* A future and the task that polls it: MOCK(rouse_recv, a, rouse_recv(&ch, &got)); POLL(a);
   a_task.woken. */
#define MOCK(type, name, ...)       \
    struct type name = __VA_ARGS__; \
    struct mock_task name##_task = mock_task(&(name).future)
#define POLL(name) mock_poll(&name##_task)

/* ---- An allocator that counts and can fail ----------------------------------------------------
 */

struct test_memory {
    size_t live_blocks, live_bytes, calls;
    size_t fail_at; /* the Nth call from now on fails, and all after it; 0: none */
    bool failed;
};
void *test_allocate(void *memory, void *block, size_t old_size, size_t new_size);

/* ---- A transcript: what happened, as one line of words -----------------------------------------
 */

void test_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *test_said(void); /* all since the last call */

#endif
