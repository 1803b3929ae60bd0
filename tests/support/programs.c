/* programs.c: the one entry of many programs. programs.inc is a list that the build writes:
   PLAIN(name) has a `main(void)`, ASYNC(name) has ROUSE_MAIN, which on a JavaScript host is a
   rouse_main. */
#include "programs.h"
#include <rouse/rouse.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int plain_main(void);
#ifdef ROUSE_JS
typedef struct rouse_task *async_main(int argc, char **argv);
#define RENAMED(name) rouse_main_##name
#else
typedef int async_main(int argc, char **argv);
#define RENAMED(name) main_##name
#endif

#define PLAIN(name) plain_main main_##name;
#define ASYNC(name) async_main RENAMED(name);
#include "programs.inc"
#undef PLAIN
#undef ASYNC

static const struct program {
    const char *name;
    plain_main *plain;
    async_main *async;
} programs[] = {
#define PLAIN(name) {#name, main_##name, NULL},
#define ASYNC(name) {#name, NULL, RENAMED(name)},
#include "programs.inc"
};

const char *program_mode = "";
int program_argc;
char **program_argv;

static const struct program *choose(int argc, char **argv)
{
    if (argc > 1 && strncmp(argv[1], "--", 2) == 0) {
        program_mode = argv[1];
        argc--, argv++;
    }
    program_argc = argc - 1;
    program_argv = argv + 1;
    for (size_t i = 0; argc > 1 && i < sizeof programs / sizeof *programs; i++)
        if (strcmp(programs[i].name, argv[1]) == 0)
            return &programs[i];
    fprintf(stderr, "no program is named %s\n", argc > 1 ? argv[1] : "nothing");
    exit(EXIT_FAILURE);
}

#ifdef ROUSE_JS
#undef export_name /* the build keeps the programs from exporting theirs */
struct rouse_task *rouse_main(int argc, char **argv);
__attribute__((export_name("rouse_main"))) struct rouse_task *rouse_main(int argc, char **argv)
{
    const struct program *program = choose(argc, argv);
    if (program->async)
        return program->async(program_argc, program_argv);
    exit(program->plain());
}
#else
int main(int argc, char **argv)
{
    const struct program *program = choose(argc, argv);
    return program->async ? program->async(program_argc, program_argv) : program->plain();
}
#endif
