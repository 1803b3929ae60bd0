/* io.h: reading and writing bytes, without a host. */
#ifndef ROUSE_IO_H
#define ROUSE_IO_H

#include "buffered.h" /* buffered reader and writer, lines, frames, copy */
#include "bytes.h"    /* reader, writer, seeker and their futures */
#include "pipe.h"     /* pipe, duplex, memory, take, chain */

#endif
