/* blocking.h: calls a function that blocks, without stopping the tasks. */
#ifndef ROUSE_BLOCKING_H
#define ROUSE_BLOCKING_H

#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

struct rouse_blocking {
    struct rouse_future future;
    /* private */
    rouse_status (*function)(void *argument);
    void *argument;
    void (*release)(void *argument);
    struct rouse_i_job *job;
};
/* Calls `function(argument)` and ends with its status; a positive status is INVALID. On Linux one
   of a few threads calls it. WebAssembly has one thread: there the call stops everything until it
   ends.

   You may drop the future during the call. The call goes on, so `argument` must stay valid until
   `release(argument)` is called, on any thread. `release` is always the last call, also when the
   future was dropped before `function` began. NULL: `argument` outlives all calls. */
ROUSE_LAZY struct rouse_blocking rouse_blocking(rouse_status (*function)(void *argument),
                                                void *argument, void (*release)(void *argument));
/* How many threads there may be in this process: 4, if you do not ask for more. They start when
   they are needed, and never end. A call can wait for others to end: ask for at least as many
   threads as there are calls that wait for each other. Nothing in WebAssembly. */
void rouse_blocking_threads(unsigned most);

#ifdef __cplusplus
}
#endif
#endif
