/* lint_main.h: what a program of tests/lints may use besides the library. */
#ifndef LINT_MAIN_H
#define LINT_MAIN_H

#include <rouse/rouse.h>

/* Works for so long: the host's clock goes on while a poll runs. */
void lint_work(uint64_t ns);

#endif
