/* page_frames.c: what the page's memory view reads: the bytes of each frame whenever a poll of it
   begins or ends. Linked into the lessons with --wrap, so the runtime knows nothing of it.

   The log is a row of { seq, id, address, size } and the bytes; when it is full, it says so and
   keeps what it has. */
#include "../../runtime/src/trace/trace_events.h"
#include <rouse/rouse.h>

#include <string.h>

enum { LOG_SIZE = 1 << 18, DEPTH = 64, LARGEST = 4096 };

struct entry {
    uint32_t seq, id, at, size;
};

static struct {
    uint32_t used, is_full;
    unsigned char bytes[LOG_SIZE];
} frame_log;
static const struct rouse_future *polled[DEPTH];
static unsigned depth;

__attribute__((export_name("page_frames"))) const void *page_frames(void);
const void *page_frames(void)
{
    return &frame_log;
}

const struct rouse_trace *rouse_trace(void);

/* The event that it belongs to is the last one. */
static void keep(const struct rouse_future *f)
{
    uint32_t size = (uint32_t)f->type->size;
    struct entry entry = {rouse_trace()->seq - 1, f->id, (uint32_t)(uintptr_t)f, size};
    if (size > LARGEST || sizeof entry + size > LOG_SIZE - frame_log.used) {
        frame_log.is_full = 1;
        return;
    }
    memcpy(frame_log.bytes + frame_log.used, &entry, sizeof entry);
    memcpy(frame_log.bytes + frame_log.used + sizeof entry, f, size);
    frame_log.used += (uint32_t)sizeof entry + ((size + 3) & ~3u);
}

void __real_rouse_i_trace_poll(const struct rouse_future *f);
void __wrap_rouse_i_trace_poll(const struct rouse_future *f);
void __wrap_rouse_i_trace_poll(const struct rouse_future *f)
{
    __real_rouse_i_trace_poll(f);
    keep(f);
    if (depth < DEPTH)
        polled[depth] = f;
    depth++;
}

void __real_rouse_i_trace(enum rouse_trace_kind kind, uint32_t a, uint32_t b, uint32_t c);
void __wrap_rouse_i_trace(enum rouse_trace_kind kind, uint32_t a, uint32_t b, uint32_t c);
void __wrap_rouse_i_trace(enum rouse_trace_kind kind, uint32_t a, uint32_t b, uint32_t c)
{
    __real_rouse_i_trace(kind, a, b, c);
    if (kind == ROUSE_EVENT_POLL_END && --depth < DEPTH)
        keep(polled[depth]);
}
