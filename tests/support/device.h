/* device.h: a writer that takes little, waits and fails as it is told. */
#ifndef ROUSE_TEST_DEVICE_H
#define ROUSE_TEST_DEVICE_H

#include "test.h"

static const char text[] = "the quick brown fox";
enum { TEXT = sizeof text - 1 };

/* A writer into memory that takes `limit` bytes at a time and counts what it is asked. With `slow`
   it makes every other call wait. */
struct device {
    struct rouse_writer writer;
    char data[64];
    size_t size, limit;
    unsigned writes, flushes, shutdowns;
    bool slow, waited;
    rouse_status failure; /* of the next call */
};
static inline struct device *device_of(struct rouse_writer *writer)
{
    return ROUSE_OWNER(writer, struct device, writer);
}
static inline bool device_waits(struct device *d)
{
    d->waited = d->slow && !d->waited;
    return d->waited;
}
static inline rouse_status device_fails(struct device *d)
{
    rouse_status failure = d->failure;
    d->failure = ROUSE_OK;
    return failure;
}
static struct rouse_polled device_write(struct rouse_writer *writer, struct rouse_context *cx,
                                        const void *data, size_t size, size_t *count)
{
    struct device *d = device_of(writer);
    if (device_waits(d))
        return rouse_io_wait(&writer->user, cx);
    rouse_status failure = device_fails(d);
    if (failure < 0)
        return ROUSE_READY(failure);
    *count = d->limit && d->limit < size ? d->limit : size;
    memcpy(d->data + d->size, data, *count);
    d->size += *count;
    d->writes++;
    return ROUSE_READY(ROUSE_OK);
}
static struct rouse_polled device_flush(struct rouse_writer *writer, struct rouse_context *cx)
{
    struct device *d = device_of(writer);
    if (device_waits(d))
        return rouse_io_wait(&writer->user, cx);
    d->flushes++;
    return ROUSE_READY(device_fails(d));
}
static struct rouse_polled device_shutdown(struct rouse_writer *writer, struct rouse_context *cx)
{
    struct device *d = device_of(writer);
    if (device_waits(d))
        return rouse_io_wait(&writer->user, cx);
    d->shutdowns++;
    return ROUSE_READY(device_fails(d));
}
static inline void device_init(struct device *d, size_t limit)
{
    static const struct rouse_writer_calls calls = {device_write, device_flush, device_shutdown,
                                                    NULL};
    *d = (struct device){.writer = {.calls = &calls}, .limit = limit};
}

/* Polls to the end and wakes a slow device whenever it waits. */
static inline rouse_status finish(struct rouse_future *f, struct device *d)
{
    struct mock_task t = mock_task(f);
    for (;;) {
        struct rouse_polled polled = mock_poll(&t);
        if (!rouse_is_pending(polled)) {
            EXPECT_EQ(t.live, 0);
            return polled.status;
        }
        EXPECT_EQ(t.live, 1);
        rouse_io_wake(&d->writer.user);
        EXPECT_EQ(t.live, 0);
    }
}

#endif
