/* programs.h: many programs in one. The build renames the `main` of each to main_NAME, and
   programs.c calls the one that is named: PROGRAM [--MODE] NAME [ARGUMENTS]. */
#ifndef ROUSE_TEST_PROGRAMS_H
#define ROUSE_TEST_PROGRAMS_H

extern const char *program_mode; /* "--MODE"; "" without */
extern int program_argc;         /* of the program: its name and its arguments */
extern char **program_argv;

#endif
