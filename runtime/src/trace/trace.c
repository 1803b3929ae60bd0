/* trace.c: the ring of records and its string table. Invariant: the ring holds the records from
   `lost` up to `seq`, at most `capacity` of them. */
#include <rouse/trace.h>

#include <string.h>

rouse_status rouse_trace_init(struct rouse_trace *trace, struct rouse_trace_record *ring,
                              size_t count, char *strings, size_t string_size)
{
    bool power_of_two = count && !(count & (count - 1)) && count <= UINT32_MAX;
    if (!ring || !strings || !string_size || string_size > UINT32_MAX || !power_of_two)
        return ROUSE_ERR_INVALID;
    *trace = (struct rouse_trace){.ring = ring,
                                  .capacity = (uint32_t)count,
                                  .strings = strings,
                                  .string_capacity = (uint32_t)string_size,
                                  .string_used = 1};
    strings[0] = '\0';
    return ROUSE_OK;
}

const struct rouse_trace_record *rouse_trace_at(const struct rouse_trace *trace, uint32_t index)
{
    uint32_t kept = trace->seq - trace->lost;
    return index < kept ? &trace->ring[(trace->lost + index) & (trace->capacity - 1)] : NULL;
}

const char *rouse_trace_text(const struct rouse_trace *trace, uint32_t offset)
{
    return offset < trace->string_used ? trace->strings + offset : "";
}

const char *rouse_trace_kind_name(uint8_t kind)
{
    switch (kind) {
#define KIND_NAME(name, code, text, a, b, c) \
    case (code):                             \
        return text;
        ROUSE_TRACE_LIST(KIND_NAME)
    default:
        return "?";
    }
}
