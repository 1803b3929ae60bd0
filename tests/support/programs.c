/* programs.c: the one `main` of many programs. PROGRAMS is a list of PROGRAM(name) that the build
 * wrote. */
#include "programs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROGRAM(name) int main_##name(int argc, char **argv);
#include PROGRAMS
#undef PROGRAM

static const struct {
    const char *name;
    int (*main)(int argc, char **argv);
} programs[] = {
#define PROGRAM(name) {#name, main_##name},
#include PROGRAMS
};

const char *program_mode = "";
int program_argc;
char **program_argv;

int main(int argc, char **argv)
{
    if (argc > 1 && strncmp(argv[1], "--", 2) == 0) {
        program_mode = argv[1];
        argc--, argv++;
    }
    program_argc = argc - 1;
    program_argv = argv + 1;
    for (size_t i = 0; argc > 1 && i < sizeof programs / sizeof *programs; i++)
        if (strcmp(programs[i].name, argv[1]) == 0)
            return programs[i].main(program_argc, program_argv);
    fprintf(stderr, "no program is named %s\n", argc > 1 ? argv[1] : "nothing");
    return EXIT_FAILURE;
}
