/* echo [-l] ADDRESS PORT: with -l a server that sends back to each client what it receives; it
   prints the port where it listens, and port 0 lets the system choose one. Without -l the client:
   it sends what it reads from stdin, and prints what comes back. It needs sockets: in WASI and on a
   page it fails and says so. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER = 16384, MOST_CLIENTS = 100 };

/* ---- The server ---------------------------------------------------------------------------- */

struct session {
    struct rouse_future future;
    struct rouse_fd connection; /* owned */
    struct rouse_semaphore *room;
    struct rouse_buffered_reader reader;
    char memory[BUFFER];
    struct rouse_copy copy;
    rouse_status status;
};

ROUSE_ASYNC(session)
{
    ROUSE_BEGIN;
    rouse_buffered_reader_init(&self->reader, &self->connection.reader, self->memory, BUFFER);
    ROUSE_TRY_AWAIT(self->status, self->copy, rouse_copy(&self->reader, &self->connection.writer));
    if (self->status < 0) /* the failure of one client does not end the server */
        fprintf(stderr, "echo: a client left: %s\n", rouse_status_text(self->status));
    ROUSE_FINALLY;
    rouse_fd_close(&self->connection);
    rouse_semaphore_release(self->room, 1);
    ROUSE_END;
}

struct server {
    struct rouse_future future;
    const char *address;
    uint16_t port;
    struct rouse_tcp_listener listener;
    struct rouse_tcp_listen listen;
    struct rouse_fd connection;
    struct rouse_tcp_accept accept;
    struct rouse_semaphore room;
    struct rouse_semaphore_acquire acquire;
    struct rouse_scope sessions;
};

ROUSE_ASYNC(server)
{
    ROUSE_BEGIN;
    rouse_scope_init(&self->sessions, cx->runtime, ROUSE_SUPERVISE);
    rouse_semaphore_init(&self->room, MOST_CLIENTS);
    ROUSE_AWAIT(self->listen, rouse_tcp_listen(&self->listener, self->address, self->port));
    printf("listening on port %u\n", (unsigned)self->listener.port);
    fflush(stdout);
    for (;;) {
        ROUSE_AWAIT(self->acquire, rouse_semaphore_acquire(&self->room, 1));
        ROUSE_AWAIT(self->accept, rouse_tcp_accept(&self->listener, &self->connection));
        rouse_scope_spawn(&self->sessions, ROUSE_FUTURE(session, .connection = self->connection,
                                                        .room = &self->room));
    }
    ROUSE_FINALLY;
    rouse_scope_drop(&self->sessions);
    rouse_tcp_listener_close(&self->listener);
    ROUSE_END;
}

/* ---- The client ---------------------------------------------------------------------------- */

struct client {
    struct rouse_future future;
    const char *address;
    uint16_t port;
    struct rouse_fd connection;
    struct rouse_tcp_connect connect;
    struct rouse_buffered_reader typed, answers;
    char typed_memory[BUFFER], answers_memory[BUFFER];
    struct rouse_copy_both both;
};

ROUSE_ASYNC(client)
{
    ROUSE_BEGIN;
    ROUSE_AWAIT(self->connect, rouse_tcp_connect(&self->connection, self->address, self->port));
    rouse_buffered_reader_init(&self->typed, rouse_stdin(), self->typed_memory, BUFFER);
    rouse_buffered_reader_init(&self->answers, &self->connection.reader, self->answers_memory,
                               BUFFER);
    ROUSE_AWAIT(self->both, rouse_copy_both(&self->typed, &self->connection.writer, &self->answers,
                                            rouse_stdout()));
    ROUSE_FINALLY;
    rouse_fd_close(&self->connection);
    ROUSE_END;
}

/* ---- The command line ---------------------------------------------------------------------- */

/* -1: not a port. */
static long port_of(const char *text)
{
    char *end;
    long port = strtol(text, &end, 10);
    return *text && !*end && port >= 0 && port <= UINT16_MAX ? port : -1;
}

struct app {
    struct rouse_future future;
    int argc;
    char **argv;
    const char *address;
    uint16_t port;
    union {
        struct server server;
        struct client client;
    } is;
};

ROUSE_ASYNC(app)
{
    bool serves = self->argc > 1 && strcmp(self->argv[1], "-l") == 0;
    ROUSE_BEGIN;
    if (self->argc != 3 + serves)
        ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "usage: echo [-l] ADDRESS PORT");
    self->address = self->argv[1 + serves];
    if (port_of(self->argv[2 + serves]) < 0)
        ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "%s is not a port: 0 to 65535", self->argv[2 + serves]);
    self->port = (uint16_t)port_of(self->argv[2 + serves]);
    if (serves)
        ROUSE_AWAIT(self->is.server,
                    ROUSE_FUTURE(server, .address = self->address, .port = self->port));
    else
        ROUSE_AWAIT(self->is.client,
                    ROUSE_FUTURE(client, .address = self->address, .port = self->port));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app, .argc = argc, .argv = argv))
