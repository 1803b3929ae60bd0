/* posix_fd.h: what posix_fd.c shares with the other files for Linux and WASI. */
#ifndef ROUSE_POSIX_FD_H
#define ROUSE_POSIX_FD_H

#include <rouse/status.h>

/* The status of an errno; IO for an errno that has no status of its own. */
rouse_status rouse_i_posix_status(int error);

#endif
