/* future_ids.c: see future_ids.h. */
#include "future_ids.h"

#include <rouse/host.h>
#include <string.h>

static size_t size_in_bytes(const struct rouse_i_future_ids *ids)
{
    return (ids->last - ids->first) / 8 + 1;
}

bool rouse_i_future_ids_find(struct rouse_i_future_ids *ids, const struct rouse_trace *trace,
                             bool (*excludes)(const struct rouse_trace_record *record))
{
    const struct rouse_trace_record *r, *first = NULL, *last = NULL;
    for (uint32_t i = 0; (r = rouse_trace_at(trace, i)); i++) {
        if (r->kind != ROUSE_EVENT_FUT_CREATE)
            continue;
        first = first ? first : r;
        last = r;
    }
    if (first)
        *ids = (struct rouse_i_future_ids){.first = first->a, .last = last->a};
    ids->excluded = first ? rouse_host_allocate(NULL, NULL, 0, size_in_bytes(ids)) : NULL;
    if (!ids->excluded)
        return false;
    memset(ids->excluded, 0, size_in_bytes(ids));
    for (uint32_t i = 0; (r = rouse_trace_at(trace, i)); i++) {
        uint32_t at = r->a - ids->first;
        if (excludes(r) && at <= ids->last - ids->first)
            ids->excluded[at / 8] |= (uint8_t)(1u << at % 8);
    }
    return true;
}

bool rouse_i_future_ids_has(const struct rouse_i_future_ids *ids, uint32_t id)
{
    uint32_t at = id - ids->first;
    return !(ids->excluded[at / 8] >> at % 8 & 1);
}

void rouse_i_future_ids_free(struct rouse_i_future_ids *ids)
{
    rouse_host_allocate(NULL, ids->excluded, size_in_bytes(ids), 0);
}
