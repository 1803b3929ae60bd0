/* rouse.h: all headers, in reading order. */
#ifndef ROUSE_H
#define ROUSE_H

#define ROUSE_VERSION "0.1.0"

#include "status.h"
#include "future.h"
#include "async.h"
#include "task.h"
#include "time.h"
#include "sync.h"
#include "combine.h"
#include "scope.h"
#include "channel.h"
#include "source.h"
#include "stream.h"
#include "limit.h"
#include "io.h"
#include "mock.h"
#include "fd.h"
#include "blocking.h"
#include "file.h"
#include "net.h"
#include "host.h"
#include "js.h" /* JavaScript calls C, C calls JavaScript */
#include "trace.h"
#include "test.h"
#include "metrics.h"

#endif
