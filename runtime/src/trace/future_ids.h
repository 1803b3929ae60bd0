/* future_ids.h: which futures of a trace something has not happened to. */
#ifndef ROUSE_FUTURES_H
#define ROUSE_FUTURES_H

#include <rouse/trace.h>

/* Ids of futures rise, so a bit per id is enough. */
struct rouse_i_futures {
    uint32_t first, last; /* created in the trace */
    uint8_t *happened;
};
/* Those whose creation is in the ring, and no record of theirs for which `it` is true. False if
   there is none, or no memory. `it` sees records whose word `a` may be a future. */
bool rouse_i_futures_find(struct rouse_i_futures *futures, const struct rouse_trace *trace,
                          bool (*it)(const struct rouse_trace_record *record));
bool rouse_i_futures_has(const struct rouse_i_futures *futures, uint32_t id);
void rouse_i_futures_free(struct rouse_i_futures *futures);

#endif
