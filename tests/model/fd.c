/* fd.c: random waits for random descriptors, against poll().

   Descriptors are opened, written, emptied, shut, copied and closed; waits for them begin and are
   dropped. Whenever the host has looked, a wait was woken if and only if poll() calls its
   descriptor ready; and the host is silent, so nothing keeps the loop busy.

   Usage: model_fd [--ops N] [--seed S] */
// needs: native malloc
#define _GNU_SOURCE
#include "history.h"
#include "silent.h"
#include "test.h"
#include <rouse/host.h>

#include <fcntl.h>
#include <sys/socket.h>

enum { FDS = 16, WAITS = 40, COPIES = 6 };
enum { FREE, READY, READ }; /* what a wait's future is */

static struct rouse_runtime rt;
static struct test_memory memory;

static struct end {
    struct rouse_fd fd; /* .fd < 0: closed */
    int peer;           /* the other end, unless that was closed; NONE: there was none */
    bool read;          /* by a future: there may be one */
} ends[FDS];

static struct wait {
    int kind, end;
    bool writing, due; /* due: it was ready at a look */
    char byte;
    struct mock_task task;
    struct rouse_fd_ready ready;
    struct rouse_read read;
} waits[WAITS];

static int copies[COPIES]; /* of descriptors that were closed; 0: none */

static bool is_open(const struct end *end)
{
    return end->fd.reader.calls && end->fd.fd >= 0;
}

static bool says_poll(const struct wait *wait)
{
    if (!is_open(&ends[wait->end]))
        return true;
    struct pollfd entry = {.fd = ends[wait->end].fd.fd, .events = wait->writing ? POLLOUT : POLLIN};
    return poll(&entry, 1, 0) > 0;
}

/* ---- Waits ----------------------------------------------------------------------------------- */

static struct rouse_future *future_of(struct wait *wait)
{
    return wait->kind == READ ? &wait->read.future : &wait->ready.future;
}

static void forget(struct wait *wait)
{
    if (wait->kind == READ)
        ends[wait->end].read = false;
    CHECK(wait->task.live == 0, "a waker is left");
    wait->kind = FREE;
}

/* OK, pending, or why a read ends. A wait that was not woken has nothing to say. */
static void poll_wait(struct wait *wait)
{
    rouse_status status = mock_poll(&wait->task).status;
    if (status == ROUSE_PENDING_) {
        wait->due = false;
        wait->task.woken = 0;
        return;
    }
    bool fits = status == ROUSE_OK ||
                (wait->kind == READ && (status == ROUSE_ERR_CLOSED || status == ROUSE_ERR_RESET));
    if (!fits)
        DISAGREE("a wait ended with %s", rouse_status_name(status));
    forget(wait);
}

static bool may_be_read(int fd)
{
    return (fcntl(fd, F_GETFL) & O_ACCMODE) != O_WRONLY;
}

static void begin_wait(void)
{
    struct wait *wait = &waits[below(WAITS)];
    int end = pick(FDS);
    if (wait->kind != FREE || !is_open(&ends[end]))
        return;
    bool reads = below(2) && !ends[end].read && may_be_read(ends[end].fd.fd);
    *wait = (struct wait){.kind = reads ? READ : READY, .end = end};
    wait->writing = !reads && below(2);
    wait->ready = wait->writing ? rouse_writable(ends[end].fd.fd) : rouse_readable(ends[end].fd.fd);
    wait->read = rouse_read(&ends[end].fd.reader, &wait->byte, 1);
    ends[end].read |= reads;
    wait->task = mock_task(future_of(wait));
    wait->task.runtime = &rt;
    poll_wait(wait);
}

static void drop_wait(struct wait *wait)
{
    if (wait->kind == FREE)
        return;
    rouse_drop(future_of(wait));
    forget(wait);
}

/* ---- The host -------------------------------------------------------------------------------- */

/* A new epoll, after an event of a copy, is asked in the next look. */
static void look(void)
{
    for (int i = 0; i < WAITS; i++)
        waits[i].due |= waits[i].kind != FREE && says_poll(&waits[i]);
    for (int i = 0; i < 4; i++) {
        if (rt.host->calls->look) /* not before the first wait */
            rt.host->calls->look(rt.host);
        (void)rouse_turn(&rt);
    }
    CHECK(is_silent(), "the host is told what nobody waits for");
    for (int i = 0; i < WAITS; i++)
        if (waits[i].kind != FREE && (waits[i].task.woken > 0) != waits[i].due)
            DISAGREE("a wait to %s is%s woken, poll() says it is%s ready",
                     waits[i].writing ? "write" : "read", waits[i].task.woken ? "" : " not",
                     waits[i].due ? "" : " not");
}

/* ---- Descriptors ----------------------------------------------------------------------------- */

static int closed_end(void)
{
    for (int i = 0; i < FDS; i++)
        if (!is_open(&ends[i]))
            return i;
    return NONE;
}

static void open_ends(void)
{
    int fds[2];
    if (below(2))
        CHECK(pipe2(fds, O_CLOEXEC | O_NONBLOCK) == 0, "no pipe");
    else
        CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == 0,
              "no sockets");
    int flip = pick(2), last = NONE;
    for (int i = 0; i < 2; i++) {
        int at = closed_end();
        if (at == NONE) {
            close(fds[i ^ flip]);
            continue;
        }
        rouse_fd_init(&ends[at].fd, fds[i ^ flip]);
        ends[at].peer = last;
        if (last != NONE)
            ends[last].peer = at;
        last = at;
    }
}

static void open_file(void)
{
    static const char *const paths[] = {"/dev/null", "/dev/zero"};
    struct end *end = &ends[below(FDS)];
    if (is_open(end))
        return;
    end->peer = NONE;
    rouse_fd_init(&end->fd, open(paths[below(2)], O_RDWR | O_CLOEXEC));
}

/* Some copies stay open, as in a child process. Who reads hears of it; other waits go first. */
static void close_end(struct end *end)
{
    int *copy = &copies[below(COPIES)];
    if (!is_open(end))
        return;
    if (below(2)) {
        if (*copy)
            close(*copy);
        *copy = below(2) ? fcntl(end->fd.fd, F_DUPFD_CLOEXEC, 100) : 0;
    }
    for (int i = 0; i < WAITS; i++)
        if (waits[i].kind != FREE && &ends[waits[i].end] == end &&
            (waits[i].kind == READY || below(2)))
            drop_wait(&waits[i]);
    rouse_fd_close(&end->fd);
    look();
    for (int i = 0; i < WAITS; i++) {
        if (waits[i].kind == FREE || &ends[waits[i].end] != end)
            continue;
        rouse_status status = mock_poll(&waits[i].task).status;
        CHECK(status == ROUSE_ERR_BAD_FD || status == ROUSE_ERR_CLOSED, "a read of nothing");
        forget(&waits[i]);
    }
}

static void move_bytes(int fd)
{
    static char bytes[1 << 17];
    size_t size = below(4) ? 1 : sizeof bytes;
    ssize_t moved = below(2) ? write(fd, bytes, size) : read(fd, bytes, size);
    (void)moved; /* the model is what poll() says afterwards */
}

/* The number of the descriptor goes to the next one at once. */
static void use_again(struct end *end)
{
    int peer = end->peer;
    close_end(end);
    open_ends();
    for (int i = 0; i < 8; i++)
        begin_wait();
    if (peer != NONE && is_open(&ends[peer]))
        move_bytes(ends[peer].fd.fd);
}

static void step(void)
{
    struct wait *wait = &waits[below(WAITS)];
    struct end *end = &ends[below(FDS)];
    switch (below(12)) {
    case 0:
        open_ends();
        break;
    case 1:
        if (below(4) == 0)
            open_file();
        break;
    case 2:
        if (below(4) == 0)
            use_again(end);
        break;
    case 3:
    case 4:
        if (is_open(end))
            move_bytes(end->fd.fd);
        break;
    case 5:
        if (is_open(end) && below(8) == 0)
            (void)shutdown(end->fd.fd, below(2) ? SHUT_WR : SHUT_RD);
        break;
    case 6:
        drop_wait(wait);
        break;
    case 7:
        if (wait->kind != FREE)
            poll_wait(wait);
        break;
    case 8:
        look();
        break;
    default:
        begin_wait();
    }
}

static void finish(void)
{
    for (int i = 0; i < WAITS; i++)
        drop_wait(&waits[i]);
    for (int i = 0; i < FDS; i++)
        rouse_fd_close(&ends[i].fd);
    for (int i = 0; i < COPIES; i++) {
        if (copies[i])
            close(copies[i]);
        copies[i] = 0;
    }
    CHECK(rouse_host_waits(&rt) == 0, "a wait is left");
    rouse_runtime_drop(&rt);
    CHECK(memory.live_blocks == 0, "memory is left");
}

TEST(fd)
{
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    history_arguments();
    for (history.op = 0; history.op < history.ops; history.op++) {
        if (history.op % 1000 == 0 && history.op > 0)
            finish();
        if (history.op % 1000 == 0 && rouse_runtime_init(&rt, &options) != ROUSE_OK)
            DISAGREE("no runtime");
        step();
    }
    finish();
    printf("%" PRIu64 " operations\n", history.op);
}
