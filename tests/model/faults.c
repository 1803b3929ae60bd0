/* faults.c: a writer, a copy and a reader over pipes and sockets of the system, whose calls fail.

       writer -> pipe or sockets -> copy -> pipe or sockets -> reader

   read and write are replaced (the linker's --wrap): they are interrupted, do less than they could,
   say that they would block, or fail. What was acknowledged arrives, in order and once; a future
   fails with the fault that was injected and no other; one that is made again goes on.

   Usage: model_faults [--ops N] [--seed S] */
// needs: native malloc
// alone: -Wl,--wrap=read,--wrap=write
#define _GNU_SOURCE
#include "history.h"
#include "test.h"
#include <rouse/host.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MEMORY = 48, MOST = 64, TOTAL = 4096 };
enum { WRITER, COPIER, READER, ACTORS };

static struct rouse_runtime rt;
static struct test_memory memory;

static struct {
    struct rouse_fd from[2], to[2]; /* [0]: what is read, [1]: what is written */
    struct rouse_buffered_reader middle;
    struct rouse_buffered_writer behind;
    char memories[2][MEMORY];
    size_t written, arrived; /* bytes; each says where it is */
    bool copied, over;
    bool faulty;
    rouse_status fault; /* injected in this poll; OK: none */
} stage;

static char byte_at(size_t at)
{
    return (char)(at * 7 + at / 256);
}

/* ---- Faults ---------------------------------------------------------------------------------- */

ssize_t __real_read(int fd, void *buffer, size_t size);
ssize_t __real_write(int fd, const void *data, size_t size);
ssize_t __wrap_read(int fd, void *buffer, size_t size);
ssize_t __wrap_write(int fd, const void *data, size_t size);

static bool is_of_the_stage(int fd)
{
    return stage.faulty && (fd == stage.from[0].fd || fd == stage.from[1].fd ||
                            fd == stage.to[0].fd || fd == stage.to[1].fd);
}

/* 0: no fault. A fault that ends a future is rare. */
static int draw_fault(void)
{
    static const struct {
        int error;
        rouse_status status;
    } last[] = {{ECONNRESET, ROUSE_ERR_RESET}, {EIO, ROUSE_ERR_IO}, {ENOMEM, ROUSE_ERR_NO_MEMORY}};
    unsigned draw = below(24);
    if (draw < 3)
        return EINTR;
    if (draw < 6)
        return EAGAIN;
    if (draw > 6)
        return 0;
    unsigned which = below(3);
    stage.fault = last[which].status;
    return last[which].error;
}

static size_t some_of(size_t size)
{
    return below(2) ? size : 1 + below(size);
}

ssize_t __wrap_read(int fd, void *buffer, size_t size)
{
    if (!is_of_the_stage(fd))
        return __real_read(fd, buffer, size);
    errno = draw_fault();
    return errno ? -1 : __real_read(fd, buffer, some_of(size));
}

ssize_t __wrap_write(int fd, const void *data, size_t size)
{
    if (!is_of_the_stage(fd))
        return __real_write(fd, data, size);
    errno = draw_fault();
    return errno ? -1 : __real_write(fd, data, some_of(size));
}

/* ---- Three actors ---------------------------------------------------------------------------- */

static struct actor {
    struct mock_task task;
    struct rouse_future *live; /* NULL: a new one is made */
    struct rouse_write write;
    struct rouse_copy copy;
    struct rouse_read read;
    char bytes[MOST];
} actors[ACTORS];

static struct rouse_future *make(struct actor *actor)
{
    size_t size = 1 + below(MOST);
    if (actor == &actors[COPIER]) {
        actor->copy = rouse_copy(&stage.middle, &stage.behind.writer);
        return &actor->copy.future;
    }
    if (actor == &actors[READER]) {
        actor->read = rouse_read(&stage.to[0].reader, actor->bytes, size);
        return &actor->read.future;
    }
    for (size_t i = 0; i < size; i++)
        actor->bytes[i] = byte_at(stage.written + i);
    actor->write = rouse_write(&stage.from[1].writer, actor->bytes, size);
    return &actor->write.future;
}

static void take_result(struct actor *actor, rouse_status status)
{
    if (actor == &actors[WRITER] && status == ROUSE_OK)
        stage.written += actor->write.out;
    for (size_t i = 0; actor == &actors[READER] && status == ROUSE_OK && i < actor->read.out; i++)
        CHECK(actor->bytes[i] == byte_at(stage.arrived++), "another byte arrived");
    if (actor == &actors[COPIER] && status == ROUSE_OK) {
        CHECK(rouse_unwritten(&stage.behind).size == 0, "a copy that is done kept something back");
        stage.copied = true;
        rouse_fd_close(&stage.to[1]);
    }
    if (actor == &actors[READER] && status == ROUSE_ERR_CLOSED)
        stage.over = true;
    else if (status != ROUSE_OK && status != stage.fault)
        DISAGREE("failed with %s, injected was %s", rouse_status_name(status),
                 rouse_status_name(stage.fault));
}

static void drop(struct actor *actor)
{
    if (actor->live)
        rouse_drop(actor->live);
    CHECK(actor->task.live == 0, "a waker is left");
    actor->live = NULL;
}

static void act(struct actor *actor)
{
    if (actor == &actors[COPIER] && stage.copied)
        return;
    if (!actor->live) {
        actor->live = make(actor);
        actor->task = mock_task(actor->live);
        actor->task.runtime = &rt;
    } else if (below(16) == 0) {
        drop(actor);
        return;
    } else if (!actor->task.woken && below(8)) {
        return;
    }
    actor->task.woken = 0;
    stage.fault = ROUSE_OK;
    rouse_status status = mock_poll(&actor->task).status;
    if (status == ROUSE_PENDING_)
        return;
    take_result(actor, status);
    actor->live = NULL;
}

/* ---- An episode ------------------------------------------------------------------------------ */

static void open_ends(struct rouse_fd ends[2])
{
    int fds[2];
    if (below(2))
        CHECK(pipe2(fds, O_CLOEXEC | (below(2) ? O_NONBLOCK : 0)) == 0, "no pipe");
    else
        CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) == 0,
              "no sockets");
    rouse_fd_init(&ends[0], fds[0]);
    rouse_fd_init(&ends[1], fds[1]);
}

static void look(void)
{
    if (rt.host->calls->look)
        rt.host->calls->look(rt.host);
    (void)rouse_turn(&rt);
}

static void episode(void)
{
    memset(&stage, 0, sizeof stage);
    open_ends(stage.from);
    open_ends(stage.to);
    rouse_buffered_reader_init(&stage.middle, &stage.from[0].reader, stage.memories[0],
                               1 + below(MEMORY));
    rouse_buffered_writer_init(&stage.behind, &stage.to[1].writer, stage.memories[1],
                               1 + below(MEMORY));
    stage.faulty = true;
    size_t total = below(TOTAL);
    for (uint64_t i = 0; !stage.over; i++, history.op++) {
        CHECK(i < 1000000, "the rest does not arrive");
        bool writes = stage.written < total;
        if (!writes && stage.from[1].fd >= 0) {
            drop(&actors[WRITER]);
            rouse_fd_close(&stage.from[1]);
        }
        act(&actors[writes ? below(ACTORS) : 1 + below(ACTORS - 1)]);
        if (below(3) == 0)
            look();
    }
    CHECK(stage.arrived == stage.written, "bytes are missing");
    for (int i = 0; i < ACTORS; i++)
        drop(&actors[i]);
    for (int i = 0; i < 2; i++) {
        rouse_fd_close(&stage.from[i]);
        rouse_fd_close(&stage.to[i]);
    }
    CHECK(rouse_host_waits(&rt) == 0, "a wait is left");
}

TEST(faults)
{
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    history_arguments();
    CHECK(rouse_runtime_init(&rt, &options) == ROUSE_OK, "no runtime");
    while (history.op < history.ops)
        episode();
    rouse_runtime_drop(&rt);
    CHECK(memory.live_blocks == 0, "memory is left");
    printf("%" PRIu64 " operations\n", history.op);
}
