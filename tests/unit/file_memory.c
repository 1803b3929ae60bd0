/* Files without memory: this program's own platform.c gives none. */
// needs: native malloc
// alone:
#include "test.h"
#include <rouse/host.h>

static bool none;

void *rouse_host_allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    (void)data, (void)old_size;
    if (new_size)
        return none ? NULL : realloc(block, new_size);
    free(block);
    return NULL;
}

void rouse_host_log(const char *text, size_t length)
{
    fwrite(text, 1, length, stderr);
}

static rouse_status nothing(void *argument)
{
    (void)argument;
    return ROUSE_OK;
}

TEST(out_of_memory_is_the_status_of_every_job)
{
    struct rouse_runtime rt;
    struct rouse_file file;
    char byte;
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_OK);
    struct rouse_file_open open = rouse_file_open(&file, "/proc/self/exe", ROUSE_OPEN_READ);
    EXPECT_EQ(rouse_block_on(&rt, &open.future), ROUSE_OK);
    none = true;
    MOCK(rouse_read, read, rouse_read(&file.reader, &byte, 1));
    EXPECT_READY(POLL(read), ROUSE_ERR_NO_MEMORY);
    MOCK(rouse_write, write, rouse_write(&file.writer, "x", 1));
    EXPECT_READY(POLL(write), ROUSE_ERR_NO_MEMORY);
    MOCK(rouse_file_sync, sync, rouse_file_sync(&file));
    EXPECT_READY(POLL(sync), ROUSE_ERR_NO_MEMORY);
    MOCK(rouse_stat, stat, rouse_stat("/"));
    EXPECT_READY(POLL(stat), ROUSE_ERR_NO_MEMORY);
    MOCK(rouse_blocking, call, rouse_blocking(nothing, NULL, NULL));
    EXPECT_READY(POLL(call), ROUSE_ERR_NO_MEMORY);
    none = false;
    rouse_file_close(&file);
    rouse_runtime_drop(&rt);
}
