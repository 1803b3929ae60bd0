/* lines.h: a pipe that is given lines, and a line read at once. */
#ifndef ROUSE_TEST_LINES_H
#define ROUSE_TEST_LINES_H

#include "test.h"

static const char text[] = "one\ntwo\r\n\nfour is longer\nlast";
enum { TEXT = sizeof text - 1 };

static inline bool is(struct rouse_slice slice, const char *expected)
{
    return slice.size == strlen(expected) && memcmp(slice.data, expected, slice.size) == 0;
}

static inline void give(struct rouse_pipe *pipe, const char *data, size_t size)
{
    struct rouse_write_all write = rouse_write_all(&pipe->writer, data, size);
    struct mock_task t = mock_task(&write.future);
    EXPECT_READY(mock_poll(&t), ROUSE_OK);
}

static inline rouse_status line_of(struct rouse_buffered_reader *b, struct rouse_slice *line)
{
    struct rouse_read_line read = rouse_read_line(b);
    struct mock_task t = mock_task(&read.future);
    rouse_status status = mock_poll(&t).status;
    *line = read.out;
    rouse_drop(&read.future);
    EXPECT_EQ(t.live, 0);
    return status;
}

#endif
