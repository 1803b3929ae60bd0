/* idle.c: what a ping-pong over TCP costs the server while other connections are silent, beside a
   loop of epoll by hand. The client is another process; only the processor time of the server
   counts.

   One operation: a byte comes and is sent back. */
#define _GNU_SOURCE
#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { IDLE = 9000, ROUNDS = 20000, REPETITIONS = 3 };

/* The server has processor 0, its client the last one. */
static void pin(bool client)
{
    cpu_set_t set;
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    CPU_ZERO(&set);
    CPU_SET(client ? (size_t)count - 1 : 0, &set);
    sched_setaffinity(0, sizeof set, &set);
}

static double processor_ns(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return 1e9 * (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           1e3 * (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

static int connected(uint16_t port)
{
    struct sockaddr_in place = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
    bench_check(fd >= 0 && connect(fd, (struct sockaddr *)&place, sizeof place) == 0, "connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return fd;
}

/* Connects the silent ones first, then plays; each byte waits for its answer. */
static _Noreturn void client(uint16_t port, int idle)
{
    char byte = 1;
    pin(true);
    for (int i = 0; i < idle; i++)
        connected(port);
    int fd = connected(port);
    for (int i = 0; i < ROUNDS; i++)
        bench_check(write(fd, &byte, 1) == 1 && read(fd, &byte, 1) == 1, "the server hung up");
    _exit(0);
}

static int start_client(uint16_t port, int idle)
{
    int pid = fork();
    bench_check(pid >= 0, "fork");
    if (pid == 0)
        client(port, idle);
    return pid;
}

/* ---- rouse --------------------------------------------------------------------------------- */

/* The end of the first connection that says anything is the end of the run. */
struct echo {
    struct rouse_future future;
    struct rouse_fd connection;
    double *spent;
    struct rouse_event *over;
    char byte;
    bool played;
    rouse_status status;
    struct rouse_read read;
    struct rouse_write_all write;
};
ROUSE_ASYNC(echo)
{
    ROUSE_BEGIN;
    for (;;) {
        ROUSE_TRY_AWAIT(self->status, self->read,
                        rouse_read(&self->connection.reader, &self->byte, 1));
        if (self->status < 0)
            break;
        if (!self->played)
            *self->spent = processor_ns();
        self->played = true;
        ROUSE_AWAIT(self->write, rouse_write_all(&self->connection.writer, &self->byte, 1));
    }
    if (self->played) {
        *self->spent = processor_ns() - *self->spent;
        rouse_event_set(self->over);
    }
    ROUSE_FINALLY;
    rouse_fd_close(&self->connection);
    ROUSE_END;
}

struct serve {
    struct rouse_future future;
    int idle, come;
    double spent;
    struct rouse_tcp_listener *listener;
    struct rouse_event over;
    struct rouse_fd connection;
    struct rouse_scope scope;
    struct rouse_tcp_accept accept;
    struct rouse_event_wait wait;
};
ROUSE_ASYNC(serve)
{
    ROUSE_BEGIN;
    rouse_event_init(&self->over);
    rouse_scope_init(&self->scope, cx->runtime, ROUSE_SUPERVISE);
    for (; self->come <= self->idle; self->come++) {
        ROUSE_AWAIT(self->accept, rouse_tcp_accept(self->listener, &self->connection));
        rouse_scope_spawn(&self->scope, ROUSE_FUTURE(echo, .connection = self->connection,
                                                     .spent = &self->spent, .over = &self->over));
    }
    ROUSE_AWAIT(self->wait, rouse_event_wait(&self->over));
    ROUSE_FINALLY;
    rouse_scope_drop(&self->scope);
    ROUSE_END;
}

static double serve_with_rouse(int idle)
{
    static struct rouse_runtime rt;
    struct rouse_tcp_listener listener;
    bench_open(&rt, false);
    struct rouse_tcp_listen listen = rouse_tcp_listen(&listener, "127.0.0.1", 0);
    bench_block_on(&rt, &listen.future);
    int pid = start_client(listener.port, idle);
    struct serve serve = ROUSE_FUTURE(serve, .idle = idle, .listener = &listener);
    bench_block_on(&rt, &serve.future);
    rouse_tcp_listener_close(&listener);
    rouse_runtime_drop(&rt);
    waitpid(pid, NULL, 0);
    return serve.spent;
}

/* ---- By hand ------------------------------------------------------------------------------- */

static void add(int epoll, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    bench_check(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0, "epoll_ctl");
}

static int listening(uint16_t *port)
{
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof place;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    bench_check(bind(fd, (struct sockaddr *)&place, size) == 0 && listen(fd, SOMAXCONN) == 0 &&
                    getsockname(fd, (struct sockaddr *)&place, &size) == 0,
                "listen");
    *port = ntohs(place.sin_port);
    return fd;
}

/* Each connection is accepted, and answered until one has ended. */
static double serve_by_hand(int idle)
{
    uint16_t port;
    int epoll = epoll_create1(0), listener = listening(&port), pid = start_client(port, idle);
    int *open = calloc((size_t)idle + 1, sizeof *open), count = 0;
    double spent = 0;
    add(epoll, listener);
    for (char byte; spent <= 0 || count >= 0;) {
        struct epoll_event events[64];
        for (int i = 0, ready = epoll_wait(epoll, events, 64, -1); i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                int come = accept4(listener, NULL, NULL, SOCK_NONBLOCK);
                if (come >= 0)
                    add(epoll, open[count++] = come);
            } else if (read(fd, &byte, 1) == 1) {
                spent = spent > 0 ? spent : processor_ns();
                bench_check(write(fd, &byte, 1) == 1, "the client hung up");
            } else if (spent > 0) {
                spent = processor_ns() - spent;
                while (count > 0)
                    close(open[--count]);
                close(listener);
                close(epoll);
                free(open);
                waitpid(pid, NULL, 0);
                return spent;
            }
        }
    }
    return spent;
}

static void compare(const char *name, double (*serve)(int idle), int idle)
{
    double best = 0;
    if (!bench_wanted(name))
        return;
    for (int i = 0; i < REPETITIONS; i++) {
        double ns = serve(idle);
        best = i == 0 || ns < best ? ns : best;
    }
    bench_print(name, ROUNDS, best);
}

int main(int argc, char **argv)
{
    struct rlimit files;
    bench_begin(argc, argv);
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int idle = files.rlim_max > IDLE + 100 ? IDLE : (int)files.rlim_max - 100;
    pin(false);
    compare("tcp_ping_pong", serve_with_rouse, 0);
    compare("tcp_ping_pong_idle", serve_with_rouse, idle);
    compare("tcp_ping_pong_epoll", serve_by_hand, 0);
    compare("tcp_ping_pong_idle_epoll", serve_by_hand, idle);
    return 0;
}
