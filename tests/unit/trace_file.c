/* What a ROUSE_MAIN program does when ROUSE_TRACE_FILE is set. */
// needs: native trace malloc
#include "test.h"
#include "trace/trace_events.h"
#include <sys/resource.h>
#include <unistd.h>

static const char *traced_to(const char *path)
{
    static struct rouse_runtime rt;
    static char text[1024];
    struct rouse_sleep nap = rouse_sleep(1);
    EXPECT_EQ(setenv("ROUSE_TRACE_FILE", path, 1), 0);
    struct rouse_options options = {.trace = rouse_i_trace_file_open()};
    EXPECT(options.trace);
    EXPECT_EQ(rouse_runtime_init(&rt, &options), ROUSE_OK);
    EXPECT_EQ(rouse_block_on(&rt, &nap.future), ROUSE_OK);
    rouse_runtime_drop(&rt);
    rouse_i_trace_file_close();
    rouse_i_trace_file_close(); /* again: nothing is left to write */
    FILE *file = fopen(path, "r");
    if (file) {
        text[fread(text, 1, sizeof text - 1, file)] = 0;
        fclose(file);
    }
    return text;
}

TEST(a_trace_is_written_where_the_environment_says)
{
    char path[] = "/tmp/rouse-trace-XXXXXX";
    int fd = mkstemp(path);
    EXPECT(fd >= 0);
    close(fd);
    EXPECT_CONTAINS(traced_to(path), "{\"traceEvents\":[");
    unlink(path);
}

TEST(a_trace_that_cannot_be_written_is_no_reason_to_fail)
{
    EXPECT_TEXT(traced_to("/nowhere/trace.json"), "");
}

TEST(a_trace_without_memory_is_no_reason_to_fail)
{
#ifndef __SANITIZE_ADDRESS__ /* which ends the program instead */
    struct rlimit none = {0, 0};
    EXPECT_EQ(setenv("ROUSE_TRACE_FILE", "/nowhere/trace.json", 1), 0);
    EXPECT_EQ(setrlimit(RLIMIT_AS, &none), 0);
    EXPECT(!rouse_i_trace_file_open());
#endif
}
