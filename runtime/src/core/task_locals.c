/* task_locals.c: values that a task stores under keys. One block holds all values of a task;
   spawn.c allocates, inherits and frees it.

   Invariant: a block with more than one holder never changes. So a child shares the block of its
   spawner and sees the values that were set by then. */
#include "executor.h"

static uint32_t find_key(const struct rouse_i_locals *locals, const struct rouse_local *key)
{
    uint32_t at = 0;
    while (at < locals->count && locals->entries[at].key != key)
        at++;
    return at;
}

/* A new block with `count` entries, which begins with a copy of `from`. */
static struct rouse_i_locals *copy_locals(struct rouse_runtime *rt,
                                          const struct rouse_i_locals *from, uint32_t count)
{
    struct rouse_i_locals *locals = rouse_i_locals_new(rt, count);
    for (uint32_t i = 0; locals && i < from->count; i++)
        locals->entries[i] = from->entries[i];
    return locals;
}

rouse_status rouse_local_set(struct rouse_context *cx, const struct rouse_local *key, void *value)
{
    static const struct rouse_i_locals none = {.holders = 2};
    struct rouse_runtime *rt = cx->runtime;
    if (!rt || !rt->current)
        return ROUSE_ERR_NOT_SUPPORTED;
    struct rouse_i_cold *cold = rouse_i_task_cold(rt->current);
    if (!cold)
        return ROUSE_ERR_NO_MEMORY;
    const struct rouse_i_locals *old = cold->locals ? cold->locals : &none;
    uint32_t at = find_key(old, key);
    if (at == old->count || old->holders > 1) {
        struct rouse_i_locals *own = copy_locals(rt, old, at == old->count ? at + 1 : old->count);
        if (!own)
            return ROUSE_ERR_NO_MEMORY;
        if (cold->locals)
            rouse_i_locals_release(rt, cold->locals);
        cold->locals = own;
    }
    cold->locals->entries[at] = (struct rouse_i_local){key, value};
    return ROUSE_OK;
}

void *rouse_local_get(struct rouse_context *cx, const struct rouse_local *key)
{
    const struct rouse_task *task = cx->runtime ? cx->runtime->current : NULL;
    if (!task || !task->cold || !task->cold->locals)
        return NULL;
    const struct rouse_i_locals *locals = task->cold->locals;
    uint32_t at = find_key(locals, key);
    return at < locals->count ? locals->entries[at].value : NULL;
}
