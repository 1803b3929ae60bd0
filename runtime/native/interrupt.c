/* interrupt.c: SIGINT cancels the program instead of killing it. */
#define _POSIX_C_SOURCE 200809L
#include <rouse/task.h>

#include <signal.h>

static struct rouse_runtime *program;

static void on_interrupt(int number)
{
    (void)number;
    rouse_interrupt(program);
}

void rouse_host_on_interrupt(struct rouse_runtime *rt)
{
    /* Once: a second SIGINT ends a program whose cleanup hangs. */
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    program = rt;
    sigaction(SIGINT, &action, NULL);
}
