/* fresh_native.c: each test is a child process, so a crash fails only one. */
#include "fresh.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

void fresh_begin(void)
{
}

bool fresh_run(void (*test)(void))
{
    int status = -1;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        alarm(TEST_SECONDS);
        test();
        exit(EXIT_SUCCESS);
    }
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status))
        printf("ended by signal %d\n", WTERMSIG(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}
