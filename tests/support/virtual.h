/* virtual.h: the end of a ROUSE_MAIN that runs on the virtual clock: what the program prints hangs
   on no machine's speed. */
#ifndef ROUSE_TEST_VIRTUAL_H
#define ROUSE_TEST_VIRTUAL_H

#include "../../runtime/src/core/executor.h"
#include <rouse/host.h>
#include <rouse/rouse.h>
#include <stdlib.h>

static inline int run_virtually(struct rouse_future *root)
{
    static struct rouse_runtime rt;
    struct rouse_options options = {0};
    rouse_virtual_clock(&options);
    if (rouse_runtime_init(&rt, &options) != ROUSE_OK)
        abort();
    rouse_host_on_interrupt(&rt); /* as the library's main: that links what a report is made with */
    rouse_status status = rouse_block_on(&rt, root);
    int code = rouse_i_program_end(root, status, rouse_last_error(&rt));
    rouse_runtime_drop(&rt);
    return code;
}

#endif
