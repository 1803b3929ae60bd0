/* mock.c: what tests and models share: a task, an allocator and a transcript without an executor.
 */
#include "test.h"

#include <stdarg.h>

/* ---- mock task ------------------------------------------------------------------------------- */

static struct rouse_waker mock_clone(void *data);

static void mock_wake_by_ref(void *data)
{
    ((struct mock_task *)data)->woken++;
}

static void mock_drop(void *data)
{
    struct mock_task *task = data;
    task->drops++;
    task->live--;
}

static void mock_wake(void *data)
{
    mock_wake_by_ref(data);
    mock_drop(data);
}

static const struct rouse_waker_table mock_table = {mock_clone, mock_wake, mock_wake_by_ref,
                                                    mock_drop};

static struct rouse_waker mock_clone(void *data)
{
    struct mock_task *task = data;
    task->clones++;
    task->live++;
    return (struct rouse_waker){&mock_table, data};
}

struct mock_task mock_task(struct rouse_future *future)
{
    return (struct mock_task){.future = future};
}

struct rouse_context mock_context(struct mock_task *task)
{
    return (struct rouse_context){.waker = {&mock_table, task}, .runtime = task->runtime};
}

struct rouse_polled mock_poll(struct mock_task *task)
{
    struct rouse_context cx = mock_context(task);
    return rouse_poll(task->future, &cx);
}

rouse_status mock_run(struct rouse_future *future)
{
    struct mock_task task = mock_task(future);
    struct rouse_polled polled;
    do
        polled = mock_poll(&task);
    while (rouse_is_pending(polled));
    return polled.status;
}

/* ---- allocator ------------------------------------------------------------------------------- */

void *test_allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    struct test_memory *memory = data;
    if (new_size == 0) {
        memory->live_blocks -= block != NULL;
        memory->live_bytes -= old_size;
        free(block);
        return NULL;
    }
    if (memory->fail_at && ++memory->calls >= memory->fail_at) {
        memory->failed = true;
        return NULL;
    }
    memory->live_blocks += block == NULL;
    memory->live_bytes += new_size - old_size;
    return realloc(block, new_size);
}

/* ---- transcript ------------------------------------------------------------------------------ */

static char said[4096];
static size_t said_length;

void test_say(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    if (said_length)
        said[said_length++] = ' ';
    said_length += (size_t)vsnprintf(said + said_length, sizeof said - said_length, format, list);
    va_end(list);
}

const char *test_said(void)
{
    static char copy[sizeof said];
    memcpy(copy, said, said_length + 1);
    copy[said_length] = '\0';
    said_length = 0;
    return copy;
}
