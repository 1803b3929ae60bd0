/* io_user.h: one future uses a reader, a writer or a seeker at a time: from its first poll until it
   is done, has an item, or is dropped. */
#ifndef ROUSE_IO_USER_H
#define ROUSE_IO_USER_H

#include <rouse/bytes.h>

/* Traps when another future uses it. */
void rouse_i_io_claim(struct rouse_io_user *user, const struct rouse_future *f);

/* What a poll ends with. */
static inline struct rouse_polled rouse_i_io_settle(struct rouse_io_user *user,
                                                    struct rouse_polled polled)
{
    if (!rouse_is_pending(polled))
        user->future = NULL;
    return polled;
}

/* What a drop does. */
void rouse_i_leave_reader(struct rouse_reader *reader, const struct rouse_future *f);
void rouse_i_leave_writer(struct rouse_writer *writer, const struct rouse_future *f);

#endif
