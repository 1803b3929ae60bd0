/* channel.h: the macros of rouse/channel.h. */
#ifndef ROUSE_PRIVATE_CHANNEL_H
#define ROUSE_PRIVATE_CHANNEL_H

#include "../channel.h"
#include "maker.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- A trap names the line of the call ----------------------------------------------------- */

void rouse_i_permit_send(struct rouse_channel *channel, const void *item, const char *place);
void rouse_i_permit_release(struct rouse_channel *channel, size_t n, const char *place);
void rouse_i_broadcast_init(struct rouse_broadcast *broadcast, void *storage, size_t item_size,
                            size_t capacity, const char *place);
void rouse_i_watch_set(struct rouse_watch *watch, const void *item, const char *place);
void rouse_i_watch_modify(struct rouse_watch *watch, rouse_watch_function modify, void *data,
                          const char *place);
#define rouse_permit_send(channel, ...) rouse_i_permit_send(channel, __VA_ARGS__, ROUSE_PLACE_)
#define rouse_permit_release(channel, n) rouse_i_permit_release(channel, n, ROUSE_PLACE_)
#define rouse_broadcast_init(broadcast, ...) \
    rouse_i_broadcast_init(broadcast, __VA_ARGS__, ROUSE_PLACE_)
#define rouse_watch_set(watch, ...) rouse_i_watch_set(watch, __VA_ARGS__, ROUSE_PLACE_)
#define rouse_watch_modify(watch, modify, ...) \
    rouse_i_watch_modify(watch, modify, __VA_ARGS__, ROUSE_PLACE_)

/* ---- Makers, see maker.h ------------------------------------------------------------------- */

extern const struct rouse_type rouse_send_type, rouse_recv_type, rouse_reserve_type,
    rouse_oneshot_recv_type;
#ifndef __cplusplus
ROUSE_MAKER_(rouse_send);
ROUSE_MAKER_(rouse_recv);
ROUSE_MAKER_(rouse_reserve);
ROUSE_MAKER_(rouse_oneshot_recv);
/* Names every field. If one is left out, gcc first clears the whole struct, and more than 80 bytes
   with an instruction that costs more than the send. */
#if ROUSE_TRACE
#define ROUSE_WHOLE_HEADER_(t) ROUSE_HEADER_(t)
#else
#define ROUSE_WHOLE_HEADER_(t) \
    {.type = (t), .awaiting = NULL, .parent = NULL, .status = ROUSE_OK, .at = ROUSE_AT_START}
#endif
#define ROUSE_WHOLE_(T, ...)                                                 \
    ROUSE_MADE_(T, ((struct T){.future = ROUSE_WHOLE_HEADER_(&T##_type),     \
                               .waiter = {{NULL, NULL}, {NULL, NULL}, 0, 0}, \
                               __VA_ARGS__}))
/* An item may be a literal with commas. */
#define rouse_send(channel_, ...) \
    ROUSE_WHOLE_(rouse_send, .channel = (channel_), .item = (__VA_ARGS__))
#define rouse_recv(channel_, item_) ROUSE_WHOLE_(rouse_recv, .channel = (channel_), .item = (item_))
#define rouse_oneshot_recv(oneshot_, item_) \
    ROUSE_WHOLE_(rouse_oneshot_recv, .oneshot = (oneshot_), .item = (item_))
#define rouse_reserve(channel_) \
    ROUSE_MADE_(rouse_reserve,  \
                ROUSE_FUTURE(rouse_reserve, .waiter.wants = 1, .channel = (channel_)))
#endif

#ifdef __cplusplus
}
#endif
#endif
