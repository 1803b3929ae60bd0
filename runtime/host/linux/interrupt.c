/* interrupt.c: SIGINT cancels the program instead of killing it; SIGQUIT prints its tasks. */
#define _POSIX_C_SOURCE 200809L
#include "../../src/core/executor.h"
#include <rouse/trace.h>

#include <errno.h>
#include <signal.h>
#include <unistd.h>

static struct rouse_runtime *program;

static void on_interrupt(int number)
{
    (void)number;
    rouse_interrupt(program);
}

static void log_sink(void *data, const char *text, size_t length)
{
    (void)data;
    rouse_host_log(text, length);
}

static void print_dump(struct rouse_runtime *rt)
{
    static const char headline[] = "rouse: SIGQUIT: the tasks at the beginning of a turn\n";
    rouse_host_log(headline, sizeof headline - 1);
    rouse_dump(rt, log_sink, NULL);
}

/* The dump is made between two polls, never here. While a poll does not return, all we can do is
   say so; a second SIGQUIT then ends the program, as SIGQUIT does by default. */
static void on_quit(int number)
{
    static const char running[] = "rouse: SIGQUIT: a poll is running, the dump comes after it\n";
    int saved = errno;
    if (__atomic_load_n(&program->asked, __ATOMIC_ACQUIRE)) {
        signal(number, SIG_DFL);
        raise(number);
    } else if (program->in_turn) {
        ssize_t written = write(STDERR_FILENO, running, sizeof running - 1);
        (void)written;
    }
    rouse_i_ask(program, print_dump);
    errno = saved;
}

void rouse_host_on_interrupt(struct rouse_runtime *rt)
{
    /* Reset after one: a second SIGINT ends a program whose cleanup hangs. */
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    struct sigaction quit = {.sa_handler = on_quit, .sa_flags = SA_RESTART};
    program = rt;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGQUIT, &quit, NULL);
}
