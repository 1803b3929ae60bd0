/* future_ids.h: a set of futures of a trace: those without a record of a given kind. */
#ifndef ROUSE_FUTURE_IDS_H
#define ROUSE_FUTURE_IDS_H

#include <rouse/trace.h>

/* Ids of futures rise, so a bit per id is enough. */
struct rouse_i_future_ids {
    uint32_t first, last; /* the futures created in the trace */
    uint8_t *excluded;
};
/* Finds the futures whose creation is in the ring and that have no record for which `excludes` is
   true. It must be true only for records whose word `a` is a future. False if the ring has no
   creation, or without memory. */
bool rouse_i_future_ids_find(struct rouse_i_future_ids *ids, const struct rouse_trace *trace,
                             bool (*excludes)(const struct rouse_trace_record *record));
bool rouse_i_future_ids_has(const struct rouse_i_future_ids *ids, uint32_t id);
void rouse_i_future_ids_free(struct rouse_i_future_ids *ids);

#endif
