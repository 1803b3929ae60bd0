/* root_room.c: makes room on the stack to build a large root of ROUSE_MAIN. The stack of the main
   thread grows up to its limit, and Linux reads the limit only when it grows. */
#include <rouse/task.h>

#include <stdio.h>
#include <sys/resource.h>

/* Linux keeps 128 MiB below the stack free, whatever the limit was at the start. */
static const rlim_t most = 96u << 20, others = 8u << 20;

void rouse_i_root_room(size_t size)
{
    struct rlimit limit;
    rlim_t needed = 2 * (rlim_t)size + others;
    if (getrlimit(RLIMIT_STACK, &limit) < 0 || limit.rlim_cur >= needed)
        return;
    limit.rlim_cur = needed;
    if (needed <= most && needed <= limit.rlim_max && setrlimit(RLIMIT_STACK, &limit) == 0)
        return;
    char buffer[160];
    snprintf(buffer, sizeof buffer,
             "the future of ROUSE_MAIN has %zu bytes, more than the stack has room for: make large "
             "buffers static, or raise `ulimit -s`",
             size);
    rouse_i_bug(NULL, buffer);
}
