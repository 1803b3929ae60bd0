/* derived_readers.c: readers made of other readers, and the trivial ones: repeat, empty, sink. */
#include <rouse/pipe.h>
#include <string.h>

/* ---- Take ---------------------------------------------------------------------------------- */

static struct rouse_polled take_read(struct rouse_reader *reader, struct rouse_context *cx,
                                     void *buffer, size_t size, size_t *count)
{
    struct rouse_take_reader *take = ROUSE_OWNER(reader, struct rouse_take_reader, reader);
    if (take->left == 0)
        return ROUSE_READY(ROUSE_ERR_CLOSED);
    size_t most = take->left < size ? (size_t)take->left : size;
    struct rouse_polled polled = rouse_poll_read(take->inner, cx, buffer, most, count);
    take->left -= *count;
    return polled;
}

static void take_cancel(struct rouse_reader *reader)
{
    rouse_cancel_read(ROUSE_OWNER(reader, struct rouse_take_reader, reader)->inner);
}

void rouse_take_reader_init(struct rouse_take_reader *take, struct rouse_reader *inner,
                            uint64_t limit)
{
    static const struct rouse_reader_calls calls = {take_read, take_cancel};
    *take = (struct rouse_take_reader){.reader = {.calls = &calls}, .left = limit, .inner = inner};
}

/* ---- Chain --------------------------------------------------------------------------------- */

static struct rouse_polled chain_read(struct rouse_reader *reader, struct rouse_context *cx,
                                      void *buffer, size_t size, size_t *count)
{
    struct rouse_chain_reader *chain = ROUSE_OWNER(reader, struct rouse_chain_reader, reader);
    if (chain->first) {
        struct rouse_polled polled = rouse_poll_read(chain->first, cx, buffer, size, count);
        if (polled.status != ROUSE_ERR_CLOSED)
            return polled;
        chain->first = NULL;
    }
    return rouse_poll_read(chain->second, cx, buffer, size, count);
}

static void chain_cancel(struct rouse_reader *reader)
{
    struct rouse_chain_reader *chain = ROUSE_OWNER(reader, struct rouse_chain_reader, reader);
    rouse_cancel_read(chain->first ? chain->first : chain->second);
}

void rouse_chain_reader_init(struct rouse_chain_reader *chain, struct rouse_reader *first,
                             struct rouse_reader *second)
{
    static const struct rouse_reader_calls calls = {chain_read, chain_cancel};
    *chain =
        (struct rouse_chain_reader){.reader = {.calls = &calls}, .first = first, .second = second};
}

/* ---- Repeat, empty, sink ------------------------------------------------------------------- */

static struct rouse_polled repeat_read(struct rouse_reader *reader, struct rouse_context *cx,
                                       void *buffer, size_t size, size_t *count)
{
    (void)cx;
    memset(buffer, ROUSE_OWNER(reader, struct rouse_repeat_reader, reader)->byte, size);
    *count = size;
    return ROUSE_READY(ROUSE_OK);
}

void rouse_repeat_reader_init(struct rouse_repeat_reader *repeat, char byte)
{
    static const struct rouse_reader_calls calls = {repeat_read, NULL};
    *repeat = (struct rouse_repeat_reader){.reader = {.calls = &calls}, .byte = byte};
}

static struct rouse_polled empty_read(struct rouse_reader *reader, struct rouse_context *cx,
                                      void *buffer, size_t size, size_t *count)
{
    (void)reader, (void)cx, (void)buffer, (void)size, (void)count;
    return ROUSE_READY(ROUSE_ERR_CLOSED);
}

void rouse_empty_reader_init(struct rouse_reader *reader)
{
    static const struct rouse_reader_calls calls = {empty_read, NULL};
    *reader = (struct rouse_reader){.calls = &calls};
}

static struct rouse_polled sink_write(struct rouse_writer *writer, struct rouse_context *cx,
                                      const void *data, size_t size, size_t *count)
{
    (void)writer, (void)cx, (void)data;
    *count = size;
    return ROUSE_READY(ROUSE_OK);
}

void rouse_sink_writer_init(struct rouse_writer *writer)
{
    static const struct rouse_writer_calls calls = {sink_write, NULL, NULL, NULL};
    *writer = (struct rouse_writer){.calls = &calls};
}
