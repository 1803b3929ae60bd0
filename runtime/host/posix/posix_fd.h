/* posix_fd.h: what Linux and WASI have in common. */
#ifndef ROUSE_POSIX_FD_H
#define ROUSE_POSIX_FD_H

#include <rouse/status.h>

/* Of an errno. What has no code of its own is IO. */
rouse_status rouse_i_posix_status(int error);

#endif
