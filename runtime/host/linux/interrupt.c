/* interrupt.c: SIGINT and SIGTERM cancel the program instead of killing it; SIGQUIT prints its
   tasks. Output that could not be written makes the program fail. */
#define _POSIX_C_SOURCE 200809L
#include "../../src/core/executor.h"
#include <rouse/trace.h>

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct rouse_runtime *program;
static int interrupted_by = SIGINT;

static void on_interrupt(int number)
{
    __atomic_store_n(&interrupted_by, number, __ATOMIC_RELAXED);
    rouse_interrupt(program);
}

int rouse_i_signal(void)
{
    return __atomic_load_n(&interrupted_by, __ATOMIC_RELAXED);
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

/* A signal that whoever started the program ignores stays ignored: nohup, a shell's `&`. */
static void set_handler(int number, const struct sigaction *action)
{
    struct sigaction inherited;
    if (sigaction(number, NULL, &inherited) == 0 && inherited.sa_handler != SIG_IGN)
        sigaction(number, action, NULL);
}

/* What printf has buffered is written at the exit: too late for an exit code, so it is done here.
 */
static void check_output(void)
{
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return;
    const char *why = errno ? strerror(errno) : "a write failed";
    rouse_host_log("rouse: standard output: ", sizeof "rouse: standard output: " - 1);
    rouse_host_log(why, strlen(why));
    rouse_host_log("\n", 1);
    _exit(EXIT_FAILURE);
}

void rouse_host_on_interrupt(struct rouse_runtime *rt)
{
    /* Reset after one: a second SIGINT ends a program whose cleanup hangs. */
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    struct sigaction quit = {.sa_handler = on_quit, .sa_flags = SA_RESTART};
    program = rt;
    set_handler(SIGINT, &action);
    set_handler(SIGTERM, &action);
    set_handler(SIGQUIT, &quit);
    atexit(check_output);
}
