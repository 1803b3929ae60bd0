/* io.c: random writes, reads and cancels against a queue of bytes.

       writer -> buffered writer -> pipe -> copy -> pipe -> buffered reader -> reader

   Every byte that a write reported as taken is appended to the queue, every byte that a read gave
   must be the next of the queue. Futures of all three are polled and dropped at random; one that
   was not woken since it waited must find nothing to do. At the end of an episode everything
   arrives, and no waker is left.

   tests model.io [--ops N] [--seed S] */
#include "history.h"

enum { MEMORY = 24, MOST = 40, QUEUE = 1 << 16 };

/* ---- The model ------------------------------------------------------------------------------- */

static struct {
    char bytes[QUEUE];
    size_t start, end;
} queue;

static void push(const char *data, size_t size)
{
    if (queue.end + size > QUEUE) {
        memmove(queue.bytes, queue.bytes + queue.start, queue.end - queue.start);
        queue.end -= queue.start;
        queue.start = 0;
    }
    CHECK(queue.end + size <= QUEUE, "the model is too small");
    if (size > 0)
        memcpy(queue.bytes + queue.end, data, size);
    queue.end += size;
}

static void expect_next(const char *data, size_t size)
{
    CHECK(size <= queue.end - queue.start, "more arrived than was written");
    CHECK(size == 0 || memcmp(queue.bytes + queue.start, data, size) == 0, "other bytes arrived");
}
static void pop(const char *data, size_t size)
{
    expect_next(data, size);
    queue.start += size;
}

/* ---- Three actors, one live future each ------------------------------------------------------ */

enum { WRITER, COPIER, READER, ACTORS };

static struct actor {
    struct rouse_future *live; /* NULL: a new one is made */
    unsigned woken, wakers;
    bool waiting; /* it was pending and nobody woke it since */
    size_t seen;  /* progress already in the model */
} actors[ACTORS];

static struct rouse_waker waker_clone(void *data);
static void waker_wake_by_ref(void *data)
{
    ((struct actor *)data)->waiting = false;
}
static void waker_drop(void *data)
{
    ((struct actor *)data)->wakers--;
}
static void waker_wake(void *data)
{
    waker_wake_by_ref(data);
    waker_drop(data);
}
static const struct rouse_waker_table waker_table = {waker_clone, waker_wake, waker_wake_by_ref,
                                                     waker_drop};
static struct rouse_waker waker_clone(void *data)
{
    ((struct actor *)data)->wakers++;
    return (struct rouse_waker){&waker_table, data};
}

static rouse_status poll(struct actor *actor)
{
    struct rouse_context cx = {.waker = {&waker_table, actor}};
    actor->waiting = true; /* before: the poll itself may wake it */
    rouse_status status = rouse_poll(actor->live, &cx).status;
    actor->waiting = actor->waiting && status == ROUSE_PENDING_;
    return status;
}

static struct {
    struct rouse_pipe pipes[2];
    struct rouse_buffered_writer to;
    struct rouse_buffered_reader middle, from;
    char rings[2][MEMORY], memories[3][MEMORY];
    struct rouse_framing framing;
    bool frames, ending, shut;
} stage;

/* ---- Writing --------------------------------------------------------------------------------- */

enum { WRITE, WRITE_ALL, WRITE_LINE, WRITE_FRAME, FLUSH, SHUTDOWN };

static struct {
    unsigned kind;
    char data[MOST];
    size_t size;
    struct rouse_write write;
    struct rouse_write_all all;
    struct rouse_write_line line;
    struct rouse_write_frame frame;
    struct rouse_flush flush;
    struct rouse_shutdown shutdown;
} w;

static struct rouse_future *make_write(void)
{
    w.size = below(MOST);
    for (size_t i = 0; i < w.size; i++)
        w.data[i] = "ab\ncdefg"[below(8)];
    w.kind = below(5);
    if (stage.ending)
        w.kind = SHUTDOWN;
    else if (stage.frames && w.kind < WRITE_FRAME)
        w.kind = WRITE_FRAME;
    else if (!stage.frames && w.kind == WRITE_FRAME)
        w.kind = WRITE_ALL;
    w.write = rouse_write(&stage.to.writer, w.data, w.size);
    w.all = rouse_write_all(&stage.to.writer, w.data, w.size);
    w.line = rouse_write_line(&stage.to, w.data, w.size);
    w.frame = rouse_write_frame(&stage.to, &stage.framing, w.data, w.size);
    w.flush = rouse_flush(&stage.to.writer);
    w.shutdown = rouse_shutdown(&stage.to.writer);
    struct rouse_future *const made[] = {&w.write.future, &w.all.future,   &w.line.future,
                                         &w.frame.future, &w.flush.future, &w.shutdown.future};
    return made[w.kind];
}

static size_t header(const struct rouse_framing *framing, size_t size, char *bytes)
{
    memset(bytes, 0, framing->width); /* no frame here is longer than a byte can say */
    bytes[framing->little_endian ? 0 : framing->width - 1] = (char)size;
    return framing->width;
}

static void wrote(rouse_status status)
{
    char bytes[8];
    bool fits = w.size + (w.kind == WRITE_LINE ? 1 : stage.framing.width) <= stage.to.size;
    size_t done = w.kind == WRITE ? w.write.out : w.all.out;
    if (w.kind == WRITE || w.kind == WRITE_ALL) {
        push(w.data + actors[WRITER].seen, done - actors[WRITER].seen);
        actors[WRITER].seen = done;
    }
    if (status == ROUSE_PENDING_)
        return;
    if (w.kind == WRITE_LINE || w.kind == WRITE_FRAME)
        CHECK(status == (fits ? ROUSE_OK : ROUSE_ERR_FULL), "a wrong status of a line or frame");
    else
        CHECK(status == ROUSE_OK, "a write failed");
    stage.shut = w.kind == SHUTDOWN;
    if (status != ROUSE_OK || (w.kind != WRITE_LINE && w.kind != WRITE_FRAME))
        return;
    if (w.kind == WRITE_FRAME)
        push(bytes, header(&stage.framing, w.size, bytes));
    push(w.data, w.size);
    if (w.kind == WRITE_LINE)
        push("\n", 1);
}

/* ---- Reading --------------------------------------------------------------------------------- */

enum { READ, READ_EXACT, FILL, UNTIL, LINE, FRAME };

static struct {
    unsigned kind;
    char data[MOST];
    size_t n;
    struct rouse_read read;
    struct rouse_read_exact exact;
    struct rouse_fill fill;
    struct rouse_read_until until;
    struct rouse_read_line line;
    struct rouse_read_frame frame;
} r;

static struct rouse_future *make_read(void)
{
    r.n = below(MOST);
    r.kind = stage.frames ? FRAME : below(FRAME);
    r.read = rouse_read(&stage.from.reader, r.data, r.n);
    r.exact = rouse_read_exact(&stage.from.reader, r.data, r.n);
    r.fill = rouse_fill(&stage.from, r.n);
    r.until = rouse_read_until(&stage.from, 'c');
    r.line = rouse_read_line(&stage.from);
    r.frame = rouse_read_frame(&stage.from, &stage.framing);
    struct rouse_future *const made[] = {&r.read.future,  &r.exact.future, &r.fill.future,
                                         &r.until.future, &r.line.future,  &r.frame.future};
    return made[r.kind];
}

/* FULL: everything is still there; some of it is let go, or the next read would fail as well. */
static void look_into_full_buffer(bool too_short)
{
    struct rouse_slice have = rouse_buffered(&stage.from);
    size_t n = below(have.size + 1);
    expect_next(have.data, have.size);
    CHECK(too_short || have.size == stage.from.size, "FULL, but the memory is not");
    if (n > 0)
        pop(have.data, n);
    rouse_consume(&stage.from, n);
}

static void got_slice(void)
{
    char bytes[8];
    if (r.kind == FILL) {
        expect_next(r.fill.out.data, r.fill.out.size);
        CHECK(r.fill.out.size >= r.n, "a fill gave too little");
        size_t n = below(r.fill.out.size + 1);
        pop(r.fill.out.data, n);
        rouse_consume(&stage.from, n);
    } else if (r.kind == UNTIL) {
        pop(r.until.out.data, r.until.out.size);
        CHECK(!memchr(r.until.out.data, 'c', r.until.out.size - 1), "a delimiter was passed over");
    } else if (r.kind == LINE) {
        pop(r.line.out.data, r.line.out.size);
        if (queue.start < queue.end && queue.bytes[queue.start] == '\n')
            pop("\n", 1);
        CHECK(!memchr(r.line.out.data, '\n', r.line.out.size), "two lines in one");
    } else {
        pop(bytes, header(&stage.framing, r.frame.out.size, bytes));
        pop(r.frame.out.data, r.frame.out.size);
    }
}

static void got(rouse_status status)
{
    size_t done = r.kind == READ ? r.read.out : r.exact.out;
    bool plain = r.kind == READ || r.kind == READ_EXACT;
    if (plain) {
        pop(r.data + actors[READER].seen, done - actors[READER].seen);
        actors[READER].seen = done;
    }
    if (status == ROUSE_ERR_CLOSED)
        CHECK(stage.shut, "closed before the end");
    else if (status == ROUSE_ERR_FULL)
        look_into_full_buffer(r.kind == FILL && r.n > stage.from.size);
    else if (status == ROUSE_OK && !plain)
        got_slice();
    else
        CHECK(status == ROUSE_OK || status == ROUSE_PENDING_, "a read failed");
}

/* ---- One operation --------------------------------------------------------------------------- */

static struct rouse_copy copy;

static size_t progress(const struct actor *actor)
{
    return actor == &actors[COPIER] ? (size_t)copy.out : actor->seen;
}

static struct rouse_future *make(const struct actor *actor)
{
    if (actor == &actors[WRITER])
        return make_write();
    if (actor == &actors[READER])
        return make_read();
    copy = rouse_copy(&stage.middle, &stage.pipes[1].writer);
    return &copy.future;
}

static void act(struct actor *actor)
{
    bool asleep = actor->live && actor->waiting;
    if (actor->live && below(8) == 0) {
        rouse_drop(actor->live);
        actor->live = NULL;
        CHECK(actor->wakers == 0, "a cancelled future left its waker behind");
        return;
    }
    if (!actor->live) {
        actor->seen = 0;
        actor->live = make(actor);
    }
    size_t before = progress(actor);
    rouse_status status = poll(actor);
    if (status != ROUSE_PENDING_)
        actor->live = NULL;
    if (actor == &actors[WRITER])
        wrote(status);
    else if (actor == &actors[READER])
        got(status);
    else if (status == ROUSE_OK)
        rouse_pipe_close_writer(&stage.pipes[1]);
    CHECK(!asleep || (status == ROUSE_PENDING_ && progress(actor) == before),
          "there was something to do, but nobody was woken");
}

static void open_stage(void)
{
    static const unsigned widths[] = {1, 2, 4, 8};
    size_t width = widths[below(4)];
    memset(&stage, 0, sizeof stage);
    memset(actors, 0, sizeof actors);
    queue.start = queue.end = 0;
    stage.frames = below(2);
    stage.framing = (struct rouse_framing){.width = (unsigned)width, .little_endian = below(2)};
    for (int i = 0; i < 2; i++)
        rouse_pipe_init(&stage.pipes[i], stage.rings[i], 1 + below(MEMORY));
    size_t written = stage.frames ? width + below(MEMORY + 1 - width) : 1 + below(MEMORY);
    size_t read = stage.frames ? MEMORY : 1 + below(MEMORY);
    rouse_buffered_writer_init(&stage.to, &stage.pipes[0].writer, stage.memories[0], written);
    rouse_buffered_reader_init(&stage.middle, &stage.pipes[0].reader, stage.memories[1],
                               1 + below(MEMORY));
    rouse_buffered_reader_init(&stage.from, &stage.pipes[1].reader, stage.memories[2], read);
}

/* A stage is used for a while, then everything in it has to arrive. */
static void episode(uint64_t ops)
{
    open_stage();
    for (uint64_t i = 0; i < ops; i++, history.op++)
        act(&actors[below(ACTORS)]);
    stage.ending = true;
    for (unsigned i = 0; !stage.shut || queue.start < queue.end; i++, history.op++) {
        CHECK(i < 100000, "the rest does not arrive");
        struct actor *actor = &actors[below(ACTORS)];
        if (actor != &actors[WRITER] || !stage.shut)
            act(actor);
    }
    for (int i = 0; i < ACTORS; i++) {
        rouse_drop(actors[i].live);
        CHECK(actors[i].wakers == 0, "a waker was left behind at the end");
    }
    CHECK(rouse_unwritten(&stage.to).size == 0, "the writer kept something back");
}

TEST(io)
{
    history_arguments();
    while (history.op < history.ops)
        episode(50 + below(400));
    printf("%" PRIu64 " operations\n", history.op);
}
