/* fd.h: what a future that waits for a descriptor remembers. */
#ifndef ROUSE_PRIVATE_FD_H
#define ROUSE_PRIVATE_FD_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct rouse_runtime;
struct rouse_i_fd_use {
    struct rouse_runtime *runtime;
    uint64_t id; /* 0: nothing */
    int watched; /* belongs to the host, see rouse_host_calls */
};

#ifdef __cplusplus
}
#endif
#endif
