/* memory_file.c: a reader, writer and seeker over a block of memory. */
#include <rouse/pipe.h>
#include <string.h>

static size_t min(size_t a, size_t b)
{
    return a < b ? a : b;
}

static struct rouse_polled memory_read(struct rouse_reader *reader, struct rouse_context *cx,
                                       void *buffer, size_t size, size_t *count)
{
    struct rouse_memory *m = ROUSE_OWNER(reader, struct rouse_memory, reader);
    (void)cx;
    if (m->position >= m->size)
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    *count = min(size, m->size - m->position);
    memcpy(buffer, m->data + m->position, *count);
    m->position += *count;
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled memory_write(struct rouse_writer *writer, struct rouse_context *cx,
                                        const void *data, size_t size, size_t *count)
{
    struct rouse_memory *m = ROUSE_OWNER(writer, struct rouse_memory, writer);
    (void)cx;
    if (m->position >= m->capacity)
        return ROUSE_READY(ROUSE_ERR_FULL);
    if (m->position > m->size)
        memset(m->data + m->size, 0, m->position - m->size);
    *count = min(size, m->capacity - m->position);
    memcpy(m->data + m->position, data, *count);
    m->position += *count;
    if (m->position > m->size)
        m->size = m->position;
    return ROUSE_READY(ROUSE_OK);
}

static struct rouse_polled refuse_write(struct rouse_writer *writer, struct rouse_context *cx,
                                        const void *data, size_t size, size_t *count)
{
    (void)writer, (void)cx, (void)data, (void)size, (void)count;
    return ROUSE_READY(ROUSE_ERR_NOT_SUPPORTED);
}

static struct rouse_polled memory_seek(struct rouse_seeker *seeker, struct rouse_context *cx,
                                       int64_t offset, enum rouse_whence whence, uint64_t *position)
{
    struct rouse_memory *m = ROUSE_OWNER(seeker, struct rouse_memory, seeker);
    size_t base = whence == ROUSE_FROM_START ? 0 : whence == ROUSE_FROM_END ? m->size : m->position;
    uint64_t distance = offset < 0 ? 0 - (uint64_t)offset : (uint64_t)offset;
    (void)cx;
    if (distance > (offset < 0 ? base : SIZE_MAX - base))
        return ROUSE_READY(ROUSE_ERR_INVALID);
    m->position = base + (size_t)offset;
    *position = m->position;
    return ROUSE_READY(ROUSE_OK);
}

static const struct rouse_reader_calls reading = {memory_read, NULL};
static const struct rouse_writer_calls writing = {memory_write, NULL, NULL, NULL},
                                       refusing = {refuse_write, NULL, NULL, NULL};
static const struct rouse_seeker_calls seeking = {memory_seek, NULL};

void rouse_memory_init(struct rouse_memory *memory, void *data, size_t size, size_t capacity)
{
    *memory = (struct rouse_memory){.reader = {.calls = &reading},
                                    .writer = {.calls = &writing},
                                    .seeker = {.calls = &seeking},
                                    .data = data,
                                    .size = size,
                                    .capacity = capacity};
}

void rouse_memory_init_const(struct rouse_memory *memory, const void *data, size_t size)
{
    rouse_memory_init(memory, (void *)(uintptr_t)data, size, size);
    memory->writer.calls = &refusing;
}
