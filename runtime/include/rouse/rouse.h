/* rouse.h: all of rouse, in reading order. */
#ifndef ROUSE_H
#define ROUSE_H

#define ROUSE_VERSION "0.1.0"

#include "status.h"  /* results */
#include "future.h"  /* lazy values and wakers */
#include "async.h"   /* async functions */
#include "host.h"    /* what a platform gives */
#include "task.h"    /* the executor */
#include "time.h"    /* sleep, timeout, interval */
#include "sync.h"    /* notify */
#include "combine.h" /* join */
#include "scope.h"   /* tasks that end together */
#include "trace.h"   /* events */
#include "test.h"    /* a clock turned by hand */

#endif
