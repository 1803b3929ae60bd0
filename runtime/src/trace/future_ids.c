/* future_ids.c: see future_ids.h. */
#include "future_ids.h"

#include <rouse/host.h>
#include <string.h>

static size_t size_of(const struct rouse_i_futures *futures)
{
    return (futures->last - futures->first) / 8 + 1;
}

bool rouse_i_futures_find(struct rouse_i_futures *futures, const struct rouse_trace *trace,
                          bool (*it)(const struct rouse_trace_record *record))
{
    const struct rouse_trace_record *r, *first = NULL, *last = NULL;
    for (uint32_t i = 0; (r = rouse_trace_at(trace, i)); i++) {
        if (r->kind != ROUSE_EVENT_FUT_CREATE)
            continue;
        first = first ? first : r;
        last = r;
    }
    if (first)
        *futures = (struct rouse_i_futures){.first = first->a, .last = last->a};
    futures->happened = first ? rouse_host_allocate(NULL, NULL, 0, size_of(futures)) : NULL;
    if (!futures->happened)
        return false;
    memset(futures->happened, 0, size_of(futures));
    for (uint32_t i = 0; (r = rouse_trace_at(trace, i)); i++) {
        uint32_t at = r->a - futures->first;
        if (it(r) && at <= futures->last - futures->first)
            futures->happened[at / 8] |= (uint8_t)(1u << at % 8);
    }
    return true;
}

bool rouse_i_futures_has(const struct rouse_i_futures *futures, uint32_t id)
{
    uint32_t at = id - futures->first;
    return !(futures->happened[at / 8] >> at % 8 & 1);
}

void rouse_i_futures_free(struct rouse_i_futures *futures)
{
    rouse_host_allocate(NULL, futures->happened, size_of(futures), 0);
}
