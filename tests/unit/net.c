/* Connections over TCP. */
// needs: native malloc
#define _GNU_SOURCE
#include "counted.h"
#include <rouse/host.h>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#define HERE "127.0.0.1"

#define RUN(future_) rouse_block_on(&rt, &(future_).future)

static void listening(struct rouse_tcp_listener *listener)
{
    *listener = (struct rouse_tcp_listener){0};
    struct rouse_tcp_listen listen = rouse_tcp_listen(listener, HERE, 0);
    EXPECT_EQ(RUN(listen), ROUSE_OK);
    EXPECT(listener->port != 0);
}

/* The lowest descriptor that is free. */
static int next_fd(void)
{
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(fd);
    return fd;
}

/* ---- A server and its clients --------------------------------------------------------------- */

enum { CLIENTS = 5, SENT = 300000 }; /* more than the buffers of a connection hold */

/* Sends all that comes back; its end is the end of what it is sent. */
struct echo {
    struct rouse_future future;
    struct rouse_fd connection;
    struct rouse_buffered_reader reader;
    char buffer[4096];
    struct rouse_copy copy;
    struct rouse_shutdown shutdown;
};
ROUSE_ASYNC(echo)
{
    ROUSE_BEGIN;
    rouse_buffered_reader_init(&self->reader, &self->connection.reader, self->buffer,
                               sizeof self->buffer);
    ROUSE_AWAIT(self->copy, rouse_copy(&self->reader, &self->connection.writer));
    ROUSE_AWAIT(self->shutdown, rouse_shutdown(&self->connection.writer));
    ROUSE_FINALLY;
    rouse_fd_close(&self->connection);
    ROUSE_END;
}

struct serve {
    struct rouse_future future;
    struct rouse_tcp_listener *listener;
    int served;
    struct rouse_fd connection;
    struct rouse_tcp_accept accept;
    struct rouse_scope scope;
    struct rouse_scope_join join;
};
ROUSE_ASYNC(serve)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_FAIL_FAST);
    for (self->served = 0; self->served < CLIENTS; self->served++) {
        ROUSE_AWAIT(self->accept, rouse_tcp_accept(self->listener, &self->connection));
        rouse_scope_spawn(&self->scope, ROUSE_FUTURE(echo, .connection = self->connection));
    }
    ROUSE_AWAIT(self->join, rouse_scope_join(&self->scope));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

struct client {
    struct rouse_future future;
    uint16_t port;
    char fill;
    size_t came;
    char out[1000], in[1000];
    struct rouse_fd connection;
    struct rouse_tcp_connect connect;
    struct client_sends {
        struct rouse_future future;
        struct client *client;
        size_t sent;
        struct rouse_write_all write;
        struct rouse_shutdown shutdown;
    } sends;
    struct client_reads {
        struct rouse_future future;
        struct client *client;
        rouse_status status;
        struct rouse_read read;
    } reads;
    struct rouse_try_join both;
};
ROUSE_ASYNC(client_sends)
{
    struct client *client = self->client;
    ROUSE_BEGIN;
    for (self->sent = 0; self->sent < SENT; self->sent += sizeof client->out)
        ROUSE_AWAIT(self->write,
                    rouse_write_all(&client->connection.writer, client->out, sizeof client->out));
    ROUSE_AWAIT(self->shutdown, rouse_shutdown(&client->connection.writer));
    ROUSE_END;
}
ROUSE_ASYNC(client_reads)
{
    struct client *client = self->client;
    ROUSE_BEGIN;
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->read,
                        rouse_read(&client->connection.reader, client->in, sizeof client->in));
        if (self->status == ROUSE_ERR_CLOSED)
            ROUSE_DONE;
        EXPECT_EQ(self->status, ROUSE_OK);
        for (size_t i = 0; i < self->read.out; i++)
            EXPECT_EQ(client->in[i], client->fill);
        client->came += self->read.out;
    }
    ROUSE_END;
}
ROUSE_ASYNC(client)
{
    ROUSE_BEGIN;
    memset(self->out, self->fill, sizeof self->out);
    ROUSE_AWAIT(self->connect, rouse_tcp_connect(&self->connection, HERE, self->port));
    ROUSE_PUT(self->sends, ROUSE_FUTURE(client_sends, .client = self));
    ROUSE_PUT(self->reads, ROUSE_FUTURE(client_reads, .client = self));
    ROUSE_AWAIT(self->both, rouse_try_join(ROUSE_LIST(&self->sends.future, &self->reads.future)));
    EXPECT_EQ(self->came, SENT);
    ROUSE_FINALLY;
    rouse_fd_close(&self->connection);
    ROUSE_END;
}

TEST(a_server_answers_several_clients_at_once_and_each_side_sees_the_others_end)
{
    static struct client clients[CLIENTS];
    struct rouse_future *list[CLIENTS + 1];
    struct rouse_tcp_listener listener;
    begin();
    int before = next_fd();
    listening(&listener);
    struct serve serve = ROUSE_FUTURE(serve, .listener = &listener);
    for (int i = 0; i < CLIENTS; i++) {
        clients[i] = ROUSE_FUTURE(client, .port = listener.port, .fill = (char)('a' + i));
        list[i] = &clients[i].future;
    }
    list[CLIENTS] = &serve.future;
    struct rouse_try_join all = rouse_try_join(list, CLIENTS + 1);
    EXPECT_EQ(RUN(all), ROUSE_OK);
    rouse_tcp_listener_close(&listener);
    rouse_tcp_listener_close(&listener);
    EXPECT_EQ(next_fd(), before);
    end();
}

TEST(an_accept_waits_beside_a_timer_and_who_came_is_not_lost_by_its_drop)
{
    struct rouse_tcp_listener listener;
    struct rouse_fd near = {0}, far = {0};
    begin();
    listening(&listener);
    struct rouse_tcp_accept first = rouse_tcp_accept(&listener, &far);
    struct rouse_timeout limit = rouse_timeout(&first.future, 5 * ROUSE_MS);
    EXPECT_EQ(RUN(limit), ROUSE_ERR_TIMEOUT);
    EXPECT_EQ(rouse_host_waits(&rt), 0);
    struct rouse_tcp_connect connect = rouse_tcp_connect(&near, HERE, listener.port);
    EXPECT_EQ(RUN(connect), ROUSE_OK);
    struct rouse_tcp_accept second = rouse_tcp_accept(&listener, &far);
    EXPECT_EQ(RUN(second), ROUSE_OK);
    struct rouse_shutdown shutdown = rouse_shutdown(&far.writer);
    EXPECT_EQ(RUN(shutdown), ROUSE_OK);
    char got[4];
    struct rouse_read read = rouse_read(&near.reader, got, sizeof got);
    EXPECT_EQ(RUN(read), ROUSE_ERR_CLOSED);
    rouse_fd_close(&near);
    rouse_fd_close(&far);
    rouse_tcp_listener_close(&listener);
    end();
}

TEST(a_connect_that_is_dropped_leaves_no_descriptor)
{
    struct rouse_tcp_listener listener;
    struct rouse_fd connection = {0};
    begin();
    listening(&listener);
    int before = next_fd();
    MOCK(rouse_tcp_connect, connect, rouse_tcp_connect(&connection, HERE, listener.port));
    connect_task.runtime = &rt;
    EXPECT_PENDING(POLL(connect));
    EXPECT(next_fd() > before);
    rouse_drop(&connect.future);
    EXPECT_EQ(next_fd(), before);
    EXPECT_EQ(rouse_host_waits(&rt), 0);
    rouse_fd_close(&connection); /* zero: it is not standard input that is closed */
    EXPECT_EQ(next_fd(), before);
    rouse_tcp_listener_close(&listener);
    end();
}

/* ---- What goes wrong ----------------------------------------------------------------------- */

struct tries {
    struct rouse_future future;
    struct rouse_future *child;
    rouse_status status;
    char message[160];
};
ROUSE_ASYNC(tries)
{
    ROUSE_BEGIN;
    ROUSE_TRY_AWAIT_ON(self->status, self->child);
    const struct rouse_error *error = rouse_error(cx);
    snprintf(self->message, sizeof self->message, "%s", error ? error->message : "");
    ROUSE_END;
}

static void expect_failure(struct rouse_future *child, rouse_status status, const char *message)
{
    struct tries tries = ROUSE_FUTURE(tries, .child = child);
    EXPECT_EQ(RUN(tries), ROUSE_OK);
    EXPECT_EQ(tries.status, status);
    EXPECT_CONTAINS(tries.message, message);
}

TEST(failures_say_where_and_what_the_system_says)
{
    struct rouse_tcp_listener listener, other = {0};
    struct rouse_fd connection = {0};
    char where[80];
    begin();
    listening(&listener);
    snprintf(where, sizeof where, HERE ", port %u: Address already in use", listener.port);
    struct rouse_tcp_listen listen = rouse_tcp_listen(&other, HERE, listener.port);
    expect_failure(&listen.future, ROUSE_ERR_EXISTS, where);
    struct rouse_tcp_accept accept = rouse_tcp_accept(&other, &connection);
    expect_failure(&accept.future, ROUSE_ERR_BAD_FD, "the listener is closed");
    rouse_tcp_listener_close(&listener);
    int before = next_fd();
    snprintf(where, sizeof where, HERE ", port %u: Connection refused", listener.port);
    struct rouse_tcp_connect connect = rouse_tcp_connect(&connection, HERE, listener.port);
    expect_failure(&connect.future, ROUSE_ERR_CLOSED, where);
    EXPECT_EQ(next_fd(), before);
    end();
}

TEST(version_six_of_the_protocol_is_the_same)
{
    struct rouse_tcp_listener listener = {0};
    struct rouse_fd near = {0}, far = {0};
    if (access("/proc/net/if_inet6", R_OK) != 0)
        return; /* a system without it */
    begin();
    struct rouse_tcp_listen listen = rouse_tcp_listen(&listener, "::1", 0);
    EXPECT_EQ(RUN(listen), ROUSE_OK);
    struct rouse_tcp_connect connect = rouse_tcp_connect(&near, "::1", listener.port);
    EXPECT_EQ(RUN(connect), ROUSE_OK);
    struct rouse_tcp_accept accept = rouse_tcp_accept(&listener, &far);
    EXPECT_EQ(RUN(accept), ROUSE_OK);
    rouse_fd_close(&near);
    rouse_fd_close(&far);
    int before = next_fd();
    connect = rouse_tcp_connect(&near, "fe80::1", 80); /* on which network? */
    expect_failure(&connect.future, ROUSE_ERR_INVALID, "fe80::1, port 80: Invalid argument");
    EXPECT_EQ(next_fd(), before);
    rouse_tcp_listener_close(&listener);
    end();
}

TEST(too_many_open_files_is_the_failure_of_who_needs_one_and_nobody_is_lost)
{
    struct rouse_tcp_listener listener;
    struct rouse_fd near = {0}, far = {0};
    struct rlimit limit;
    begin();
    listening(&listener);
    struct rouse_tcp_connect connect = rouse_tcp_connect(&near, HERE, listener.port);
    EXPECT_EQ(RUN(connect), ROUSE_OK);
    EXPECT_EQ(getrlimit(RLIMIT_NOFILE, &limit), 0);
    struct rlimit none = {(rlim_t)next_fd(), limit.rlim_max};
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
    struct rouse_tcp_accept accept = rouse_tcp_accept(&listener, &far);
    rouse_status status = RUN(accept);
    struct rouse_tcp_connect more = rouse_tcp_connect(&far, HERE, listener.port);
    rouse_status connected = RUN(more);
    EXPECT_EQ(setrlimit(RLIMIT_NOFILE, &limit), 0);
    EXPECT_EQ(status, ROUSE_ERR_TOO_MANY_FILES);
    EXPECT_EQ(connected, ROUSE_ERR_TOO_MANY_FILES);
    accept = rouse_tcp_accept(&listener, &far);
    EXPECT_EQ(RUN(accept), ROUSE_OK);
    rouse_fd_close(&near);
    rouse_fd_close(&far);
    rouse_tcp_listener_close(&listener);
    end();
}

TEST(closing_a_listener_ends_the_accept_of_another_task)
{
    struct rouse_tcp_listener listener;
    struct rouse_fd connection = {0};
    begin();
    listening(&listener);
    MOCK(rouse_tcp_accept, accept, rouse_tcp_accept(&listener, &connection));
    accept_task.runtime = &rt;
    EXPECT_PENDING(POLL(accept));
    rouse_tcp_listener_close(&listener);
    rouse_tcp_listener_close(&listener);
    EXPECT(fcntl(listener.fd, F_GETFD) < 0);
    (void)rouse_turn(&rt);
    EXPECT_EQ(accept_task.woken, 1);
    EXPECT_READY(POLL(accept), ROUSE_ERR_BAD_FD);
    struct rouse_tcp_listener zero = {0};
    rouse_tcp_listener_close(&zero);
    EXPECT(fcntl(STDIN_FILENO, F_GETFD) >= 0);
    end();
}

TEST(out_of_memory_and_a_foreign_executor_end_a_wait_and_leave_no_descriptor)
{
    struct rouse_tcp_listener listener;
    struct rouse_fd connection = {0};
    begin();
    listening(&listener);
    int before = next_fd();
    MOCK(rouse_tcp_connect, foreign, rouse_tcp_connect(&connection, HERE, listener.port));
    EXPECT_READY(POLL(foreign), ROUSE_ERR_NOT_SUPPORTED);
    MOCK(rouse_tcp_connect, connect, rouse_tcp_connect(&connection, HERE, listener.port));
    connect_task.runtime = &rt;
    memory.fail_at = 1;
    EXPECT_READY(POLL(connect), ROUSE_ERR_NO_MEMORY);
    EXPECT_EQ(next_fd(), before);
    memory.fail_at = 0;
    end();
    begin();
    struct rouse_fd come[3] = {0};
    for (int i = 0; i < 2; i++) { /* those who came and left again are accepted all the same */
        struct rouse_tcp_accept accept = rouse_tcp_accept(&listener, &come[i]);
        EXPECT_EQ(RUN(accept), ROUSE_OK);
        rouse_fd_close(&come[i]);
    }
    end();
    begin();
    MOCK(rouse_tcp_accept, accept, rouse_tcp_accept(&listener, &connection));
    accept_task.runtime = &rt;
    memory.fail_at = 1;
    EXPECT_READY(POLL(accept), ROUSE_ERR_NO_MEMORY);
    memory.fail_at = 0;
    rouse_tcp_listener_close(&listener);
    end();
}

TEST(a_connection_that_was_cut_is_reset_and_can_be_shut_down_only_as_closed)
{
    struct rouse_tcp_listener listener;
    struct rouse_fd near = {0}, far = {0}, pipe[2];
    begin();
    listening(&listener);
    struct rouse_tcp_connect connect = rouse_tcp_connect(&near, HERE, listener.port);
    EXPECT_EQ(RUN(connect), ROUSE_OK);
    struct rouse_tcp_accept accept = rouse_tcp_accept(&listener, &far);
    EXPECT_EQ(RUN(accept), ROUSE_OK);
    struct rouse_write_all write = rouse_write_all(&far.writer, "unread", 6);
    EXPECT_EQ(RUN(write), ROUSE_OK);
    rouse_fd_close(&near);         /* with bytes that it did not read: the connection is reset */
    struct rouse_buffer got = {0}; /* what came before it is no whole answer */
    struct rouse_read_to_end read = rouse_read_to_end(&far.reader, &got, 100);
    EXPECT_EQ(RUN(read), ROUSE_ERR_RESET);
    rouse_buffer_drop(&got);
    struct rouse_shutdown shutdown = rouse_shutdown(&far.writer);
    EXPECT_EQ(RUN(shutdown), ROUSE_ERR_CLOSED);
    rouse_fd_close(&far);
    rouse_tcp_listener_close(&listener);
    EXPECT_EQ(rouse_fd_pipe(&pipe[0], &pipe[1]), ROUSE_OK);
    shutdown = rouse_shutdown(&pipe[1].writer); /* nothing to tell */
    EXPECT_EQ(RUN(shutdown), ROUSE_OK);
    rouse_fd_close(&pipe[0]);
    rouse_fd_close(&pipe[1]);
    shutdown = rouse_shutdown(&pipe[1].writer); /* now it is not open */
    EXPECT_EQ(RUN(shutdown), ROUSE_OK);
    end();
}
