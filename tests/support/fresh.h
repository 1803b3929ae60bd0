/* fresh.h: running a test with memory that no test before it has touched. */
#ifndef ROUSE_TEST_FRESH_H
#define ROUSE_TEST_FRESH_H

#include <stdbool.h>

enum { TEST_SECONDS = 300 }; /* for one test; only what hangs takes so long */

/* Before the first test. */
void fresh_begin(void);
/* Whether the test succeeded. Where there are no processes, one that fails ends the program:
   whoever runs it begins again after that test. */
bool fresh_run(void (*test)(void));

#endif
