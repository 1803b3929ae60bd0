/* folder.h: a runtime in a folder of its own, and what tests of files do again and again. */
#ifndef ROUSE_TEST_FOLDER_H
#define ROUSE_TEST_FOLDER_H

#include "test.h"
#include <unistd.h>

static struct rouse_runtime rt;
static char folder[] = "/tmp/rouse-file-XXXXXX";

static inline void begin(void)
{
    EXPECT(mkdtemp(folder) != NULL);
    EXPECT_EQ(chdir(folder), 0);
    EXPECT_EQ(rouse_runtime_init(&rt, NULL), ROUSE_OK);
}

static inline void end(void)
{
    rouse_runtime_drop(&rt);
    EXPECT_EQ(chdir("/"), 0);
    EXPECT_EQ(rmdir(folder), 0);
}

/* Runs a future to its end. */
#define RUN(f) rouse_block_on(&rt, &(f).future)

static inline void expect_error(const char *part)
{
    EXPECT(rouse_last_error(&rt) != NULL);
    EXPECT_CONTAINS(rouse_last_error(&rt)->message, part);
}

static inline void opened(struct rouse_file *file, const char *path, unsigned how)
{
    struct rouse_file_open open = rouse_file_open(file, path, how);
    EXPECT_EQ(RUN(open), ROUSE_OK);
}

static inline void put(struct rouse_file *file, const char *text)
{
    struct rouse_write_all write = rouse_write_all(&file->writer, text, strlen(text));
    EXPECT_EQ(RUN(write), ROUSE_OK);
}

static inline void make(const char *path, const char *text)
{
    struct rouse_file file;
    opened(&file, path, ROUSE_OPEN_WRITE | ROUSE_OPEN_CREATE | ROUSE_OPEN_TRUNCATE);
    put(&file, text);
    rouse_file_close(&file);
    rouse_file_close(&file);
}

static inline void expect_content(const char *path, const char *text)
{
    struct rouse_file file;
    struct rouse_buffer buffer = {0};
    opened(&file, path, ROUSE_OPEN_READ);
    struct rouse_read_to_end read = rouse_read_to_end(&file.reader, &buffer, 1000);
    EXPECT_EQ(RUN(read), ROUSE_OK);
    EXPECT_EQ(buffer.size, strlen(text));
    EXPECT(memcmp(buffer.data, text, buffer.size) == 0);
    rouse_buffer_drop(&buffer);
    rouse_file_close(&file);
}

static inline void removed(const char *path)
{
    struct rouse_path_change remove = rouse_remove(path);
    EXPECT_EQ(RUN(remove), ROUSE_OK);
}

#endif
