/* blocking.h: a function that blocks, away from the tasks. */
#ifndef ROUSE_BLOCKING_H
#define ROUSE_BLOCKING_H

#include "task.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Calls `function` with `argument` and ends with its status, a positive one being INVALID. On Linux
   another thread calls it: one of four, which start when they are first needed. WebAssembly has one
   thread: there it is called at once, and everything waits.

   Dropped before the call began, it is never called. Dropped during the call, that goes on by
   itself, so `argument` must live on. In both cases `release` is called with it as the last thing,
   on whichever thread. NULL: nothing to release, the argument outlives all calls. */
struct rouse_blocking {
    struct rouse_future future;
    /* private */
    rouse_status (*function)(void *argument);
    void *argument;
    void (*release)(void *argument);
    struct rouse_i_job *job;
};
ROUSE_LAZY struct rouse_blocking rouse_blocking(rouse_status (*function)(void *argument),
                                                void *argument, void (*release)(void *argument));

#ifdef __cplusplus
}
#endif
#endif
