/* connections.c: connections that come and go, to a server in the same process: whole echoes, one
   byte at a time, half-closes, resets, silence, cancels, and too many open files now and then.

   What a client got back is what it sent. At the end no task, no wait, no descriptor and no memory
   is left, the host is silent, and there were no more polls than the traffic explains.

   Usage: model_connections [--ops N] [--seed S], for N / 10 connections */
// needs: native malloc
#define _GNU_SOURCE
#include "history.h"
#include "silent.h"
#include "test.h"
#include <rouse/host.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>

enum { MOST = 3000, AT_ONCE = 1000, PAUSE = 5 * (int)ROUSE_MS, POLLS_EACH = 400 };
enum kind { ECHO, SLOW, HALF, RESET, LEAVE, CANCELLED, KINDS };

static struct rouse_runtime rt;
static struct test_memory memory;
static unsigned sessions, refused;
static struct rlimit files;

static char byte_of(unsigned seed, size_t at)
{
    return (char)(seed + at * 31);
}

/* ---- The server ------------------------------------------------------------------------------ */

struct session {
    struct rouse_future future;
    struct rouse_fd connection; /* owned */
    char bytes[512];
    struct rouse_read read;
    struct rouse_write_all write;
    rouse_status status;
};
ROUSE_ASYNC(session)
{
    ROUSE_BEGIN;
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->read,
                        rouse_read(&self->connection.reader, self->bytes, sizeof self->bytes));
        if (self->status < 0)
            break;
        ROUSE_TRY_AWAIT(self->status, self->write,
                        rouse_write_all(&self->connection.writer, self->bytes, self->read.out));
        if (self->status < 0)
            break;
    }
    CHECK(self->status == ROUSE_ERR_CLOSED || self->status == ROUSE_ERR_RESET,
          "a session ended otherwise");
    ROUSE_FINALLY;
    rouse_fd_close(&self->connection);
    sessions--;
    ROUSE_END;
}

struct server {
    struct rouse_future future;
    struct rouse_tcp_listener *listener;
    struct rouse_fd connection;
    struct rouse_tcp_accept accept;
    struct rouse_scope scope;
    struct rouse_sleep pause;
    rouse_status status;
};
ROUSE_ASYNC(server)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_SUPERVISE);
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->accept,
                        rouse_tcp_accept(self->listener, &self->connection));
        if (self->status == ROUSE_OK) {
            sessions++;
            rouse_scope_spawn(&self->scope, ROUSE_FUTURE(session, .connection = self->connection));
            continue;
        }
        CHECK(self->status == ROUSE_ERR_TOO_MANY_FILES, "an accept failed otherwise");
        refused++;
        ROUSE_AWAIT(self->pause, rouse_sleep(PAUSE));
    }
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

/* ---- A client -------------------------------------------------------------------------------- */

/* Sends its bytes, piece by piece, and reads each piece back. */
struct talk {
    struct rouse_future future;
    struct rouse_fd *connection;
    unsigned seed;
    size_t size, piece, done, got;
    uint64_t pause;
    char bytes[MOST];
    struct rouse_write_all write;
    struct rouse_read_exact read;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(talk)
{
    ROUSE_BEGIN;
    for (self->done = 0; self->done < self->size; self->done += self->piece) {
        for (size_t i = 0; i < self->piece; i++)
            self->bytes[i] = byte_of(self->seed, self->done + i);
        ROUSE_AWAIT(self->write,
                    rouse_write_all(&self->connection->writer, self->bytes, self->piece));
        memset(self->bytes, 0, self->piece);
        ROUSE_AWAIT(self->read,
                    rouse_read_exact(&self->connection->reader, self->bytes, self->piece));
        for (size_t i = 0; i < self->piece; i++)
            CHECK(self->bytes[i] == byte_of(self->seed, self->done + i), "another byte came back");
        if (self->pause)
            ROUSE_AWAIT(self->nap, rouse_sleep(self->pause));
    }
    ROUSE_END;
}

struct client {
    struct rouse_future future;
    uint16_t port;
    enum kind kind;
    unsigned seed;
    struct rouse_semaphore *room;
    struct rouse_fd connection;
    struct rouse_tcp_connect connect;
    struct talk talk;
    struct rouse_timeout limit;
    struct rouse_shutdown shutdown;
    struct rouse_read read;
    struct rouse_sleep nap;
    rouse_status status;
    char byte;
};

static struct talk talk_of(struct client *self)
{
    size_t piece = self->kind == ECHO ? 1 + self->seed % MOST : 1, pieces = 1 + self->seed % 4;
    return ROUSE_FUTURE(talk, .connection = &self->connection, .seed = self->seed, .piece = piece,
                        .size = piece * pieces, .pause = self->kind == ECHO ? 0 : PAUSE);
}

ROUSE_ASYNC(client)
{
    ROUSE_BEGIN;
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->connect,
                        rouse_tcp_connect(&self->connection, "127.0.0.1", self->port));
        if (self->status == ROUSE_OK)
            break;
        CHECK(self->status == ROUSE_ERR_TOO_MANY_FILES, "a connect failed otherwise");
        ROUSE_AWAIT(self->nap, rouse_sleep(PAUSE));
    }
    ROUSE_PUT(self->talk, talk_of(self));
    if (self->kind == LEAVE)
        ROUSE_AWAIT(self->nap, rouse_sleep(self->seed % PAUSE));
    else if (self->kind == CANCELLED)
        ROUSE_TRY_AWAIT(self->status, self->limit,
                        rouse_timeout(&self->talk.future, self->seed % PAUSE));
    else if (self->kind != HALF)
        ROUSE_AWAIT_ON(&self->talk.future);
    if (self->kind <= HALF) { /* the server ends when the client has */
        ROUSE_AWAIT(self->shutdown, rouse_shutdown(&self->connection.writer));
        ROUSE_TRY_AWAIT(self->status, self->read,
                        rouse_read(&self->connection.reader, &self->byte, 1));
        CHECK(self->status == ROUSE_ERR_CLOSED, "no end came back");
    }
    ROUSE_FINALLY;
    if (self->kind == RESET) {
        struct linger at_once = {1, 0};
        (void)setsockopt(self->connection.fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    rouse_fd_close(&self->connection);
    rouse_semaphore_release(self->room, 1);
    ROUSE_END;
}

/* ---- All of them ----------------------------------------------------------------------------- */

static int next_fd(void)
{
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(fd);
    return fd;
}

static void leave_no_descriptor(void)
{
    struct rlimit none = files;
    int fd = next_fd();
    if (fd >= 0) /* else there is none already */
        none.rlim_cur = (rlim_t)fd;
    CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0, "no limit");
}

/* Takes away all descriptors that are free, again and again, for a while. */
struct squeeze {
    struct rouse_future future;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(squeeze)
{
    ROUSE_BEGIN;
    for (;;) {
        ROUSE_AWAIT(self->nap, rouse_sleep(4 * PAUSE));
        leave_no_descriptor();
        ROUSE_AWAIT(self->nap, rouse_sleep(PAUSE));
        CHECK(setrlimit(RLIMIT_NOFILE, &files) == 0, "no limit");
    }
    ROUSE_FINALLY;
    (void)setrlimit(RLIMIT_NOFILE, &files);
    ROUSE_END;
}

struct all {
    struct rouse_future future;
    struct rouse_tcp_listener listener;
    struct rouse_tcp_listen listen;
    struct rouse_scope clients, others;
    struct rouse_scope_join join;
    struct rouse_semaphore room;
    struct rouse_semaphore_acquire acquire;
    struct rouse_sleep nap;
};
ROUSE_ASYNC(all)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->clients, cx->runtime, ROUSE_FAIL_FAST);
    rouse_scope_init(&self->others, cx->runtime, ROUSE_FAIL_FAST);
    rouse_semaphore_init(&self->room, AT_ONCE);
    ROUSE_AWAIT(self->listen, rouse_tcp_listen(&self->listener, "127.0.0.1", 0));
    rouse_scope_spawn(&self->others, ROUSE_FUTURE(server, .listener = &self->listener));
    rouse_scope_spawn(&self->others, ROUSE_FUTURE(squeeze));
    for (history.op = 0; history.op < history.ops / 10; history.op++) {
        ROUSE_AWAIT(self->acquire, rouse_semaphore_acquire(&self->room, 1));
        rouse_scope_spawn(&self->clients,
                          ROUSE_FUTURE(client, .port = self->listener.port, .room = &self->room,
                                       .kind = below(KINDS), .seed = below(1 << 30)));
    }
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->clients));
    while (sessions > 0) /* those whose clients left, and some that are still to be accepted */
        ROUSE_AWAIT(self->nap, rouse_sleep(PAUSE));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->clients);
    rouse_scope_drop(&self->others);
    rouse_tcp_listener_close(&self->listener);
    ROUSE_END;
}

TEST(connections)
{
    struct rouse_options options = {.allocate = test_allocate, .allocate_data = &memory};
    history_arguments();
    CHECK(getrlimit(RLIMIT_NOFILE, &files) == 0, "no limit");
    files.rlim_cur = files.rlim_max < 2 * AT_ONCE + 100 ? files.rlim_max : 2 * AT_ONCE + 100;
    CHECK(setrlimit(RLIMIT_NOFILE, &files) == 0, "no limit");
    int before = next_fd();
    CHECK(rouse_runtime_init(&rt, &options) == ROUSE_OK, "no runtime");
    struct all all = ROUSE_FUTURE(all);
    CHECK(rouse_block_on(&rt, &all.future) == ROUSE_OK, "a client failed");
    CHECK(rouse_host_waits(&rt) == 0, "a wait is left");
    CHECK(rt.task_count == 0, "a task is left");
    CHECK(rt.popped < POLLS_EACH * (history.ops / 10 + 100), "more polls than there was to do");
    rt.host->calls->look(rt.host);
    CHECK(is_silent(), "the host is told what nobody waits for");
    rouse_runtime_drop(&rt);
    CHECK(memory.live_blocks == 0 && memory.live_bytes == 0, "memory is left");
    CHECK(next_fd() == before, "a descriptor is left");
    printf("%" PRIu64 " connections, %u times too many files, %" PRIu64 " polls\n",
           history.ops / 10, refused, rt.popped);
}
