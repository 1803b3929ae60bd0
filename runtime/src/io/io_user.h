/* io_user.h: Invariant: one future at a time uses a reader, a writer or a seeker: from its first
   poll until it is done, has an item, or is dropped. */
#ifndef ROUSE_IO_USER_H
#define ROUSE_IO_USER_H

#include <rouse/bytes.h>

/* A poll begins with this. It is a bug if another future uses the reader, writer or seeker. */
void rouse_i_io_claim(struct rouse_io_user *user, const struct rouse_future *f);

/* A poll ends with this. */
static inline struct rouse_polled rouse_i_io_settle(struct rouse_io_user *user,
                                                    struct rouse_polled polled)
{
    if (!rouse_is_pending(polled))
        user->future = NULL;
    return polled;
}

/* A drop does this. */
void rouse_i_leave_reader(struct rouse_reader *reader, const struct rouse_future *f);
void rouse_i_leave_writer(struct rouse_writer *writer, const struct rouse_future *f);

#endif
