/* js_fds.c: a JavaScript host has no descriptors. */
#include <rouse/host.h>

void rouse_host_use_fds(struct rouse_host *host)
{
    (void)host; /* its table stays without `reserve`: NOT_SUPPORTED */
}
