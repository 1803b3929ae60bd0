/* echo -l [-t MS] ADDRESS PORT: a server that sends back to each client what it receives; it prints
   the port where it listens, and port 0 lets the system choose one. A client that does nothing for
   MS milliseconds, a minute at first, has to go. echo ADDRESS PORT: the client: it sends what it
   reads from stdin, and prints what comes back. It needs sockets: in WASI and on a page it fails
   and says so. */
#include <rouse/rouse.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER = 16384, MOST_CLIENTS = 100, PATIENCE_MS = 60000, PAUSE_MS = 100 };

/* ---- The server ---------------------------------------------------------------------------- */

struct session {
    struct rouse_future future;
    struct rouse_fd connection; /* owned */
    struct rouse_semaphore *room;
    uint64_t patience;
    char memory[BUFFER];
    struct rouse_read read;
    struct rouse_write_all write;
    struct rouse_timeout limit;
    rouse_status status;
};

/* Without a limit, a few silent clients would keep all others out. */
ROUSE_ASYNC(session)
{
    ROUSE_BEGIN;
    for (;;) {
        ROUSE_PUT(self->read, rouse_read(&self->connection.reader, self->memory, BUFFER));
        ROUSE_TRY_AWAIT(self->status, self->limit,
                        rouse_timeout(&self->read.future, self->patience));
        if (self->status < 0)
            break;
        ROUSE_PUT(self->write,
                  rouse_write_all(&self->connection.writer, self->memory, self->read.out));
        ROUSE_TRY_AWAIT(self->status, self->limit,
                        rouse_timeout(&self->write.future, self->patience));
        if (self->status < 0)
            break;
    }
    if (self->status != ROUSE_ERR_CLOSED) /* what one client does never ends the server */
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
    uint64_t patience;
    struct rouse_tcp_listener listener;
    struct rouse_tcp_listen listen;
    struct rouse_fd connection;
    struct rouse_tcp_accept accept;
    struct rouse_semaphore room;
    struct rouse_semaphore_acquire acquire;
    struct rouse_scope sessions;
    struct rouse_sleep pause;
    rouse_status status;
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
        ROUSE_TRY_AWAIT(self->status, self->accept,
                        rouse_tcp_accept(&self->listener, &self->connection));
        if (self->status < 0) { /* too many open files, say: the client stays in line */
            fprintf(stderr, "echo: no client for now: %s\n", rouse_status_text(self->status));
            rouse_semaphore_release(&self->room, 1);
            ROUSE_AWAIT(self->pause, rouse_sleep(PAUSE_MS * ROUSE_MS));
            continue;
        }
        if (rouse_scope_spawn(&self->sessions,
                              ROUSE_FUTURE(session, .connection = self->connection,
                                           .room = &self->room, .patience = self->patience)))
            continue;
        rouse_fd_close(&self->connection); /* no memory for it */
        rouse_semaphore_release(&self->room, 1);
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

/* -1: not a number, or larger than `most`. */
static long number_of(const char *text, long most)
{
    char *end;
    long number = strtol(text, &end, 10);
    return *text && !*end && number >= 0 && number <= most ? number : -1;
}

struct app {
    struct rouse_future future;
    int argc;
    char **argv;
    bool serves;
    long patience_ms, port;
    union {
        struct server server;
        struct client client;
    } is;
};

/* Takes the options off the arguments; what is left is ADDRESS PORT. */
static bool read_options(struct app *self)
{
    self->argc--, self->argv++;
    self->patience_ms = PATIENCE_MS;
    self->serves = self->argc > 0 && strcmp(self->argv[0], "-l") == 0;
    if (self->serves)
        self->argc--, self->argv++;
    if (self->serves && self->argc > 2 && strcmp(self->argv[0], "-t") == 0) {
        self->patience_ms = number_of(self->argv[1], INT32_MAX);
        self->argc -= 2, self->argv += 2;
    }
    return self->argc == 2 && self->patience_ms >= 0;
}

ROUSE_ASYNC(app)
{
    ROUSE_BEGIN;
    if (!read_options(self))
        ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "usage: echo [-l [-t MS]] ADDRESS PORT");
    self->port = number_of(self->argv[1], UINT16_MAX);
    if (self->port < 0)
        ROUSE_FAIL_WITH(ROUSE_ERR_INVALID, "%s is not a port: 0 to 65535", self->argv[1]);
    if (self->serves)
        ROUSE_AWAIT(self->is.server,
                    ROUSE_FUTURE(server, .address = self->argv[0], .port = (uint16_t)self->port,
                                 .patience = (uint64_t)self->patience_ms * ROUSE_MS));
    else
        ROUSE_AWAIT(self->is.client,
                    ROUSE_FUTURE(client, .address = self->argv[0], .port = (uint16_t)self->port));
    ROUSE_END;
}

ROUSE_MAIN(ROUSE_FUTURE(app, .argc = argc, .argv = argv))
