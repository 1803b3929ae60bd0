/* slab.h: memory of tasks. Blocks of one size share chunks that grow from a few blocks to many, so
   a task costs its own size and a dump can walk them all. */
#ifndef ROUSE_SLAB_H
#define ROUSE_SLAB_H

#include "../base/list.h"

/* In front of its blocks. */
struct rouse_i_chunk {
    struct rouse_i_node node;
    size_t size;                    /* of the whole chunk, for the allocator */
    uint32_t block, capacity, used; /* bytes per block; blocks; blocks ever handed out */
    uint32_t orphans;               /* blocks that outlive the runtime */
    rouse_allocate allocate;
    void *allocate_data;
    bool tasks; /* blocks are tasks, not cold blocks */
};

void rouse_i_slab_init(struct rouse_i_slab *slab, rouse_allocate allocate, void *data);
/* NULL when out of memory. Contents are undefined. */
void *rouse_i_slab_task(struct rouse_i_slab *slab, size_t size);
void rouse_i_slab_task_free(struct rouse_i_slab *slab, void *block, size_t size);
struct rouse_i_cold *rouse_i_slab_cold(struct rouse_i_slab *slab);
void rouse_i_slab_cold_free(struct rouse_i_slab *slab, struct rouse_i_cold *cold);
/* The block after `block`, the first for NULL; NULL at the end. Free blocks have a zero state. */
struct rouse_task *rouse_i_slab_next(struct rouse_i_slab *slab, struct rouse_i_chunk **chunk,
                                     struct rouse_task *block);
/* Gives every chunk back but those with orphans, which go when the last orphan does. */
void rouse_i_slab_drop(struct rouse_i_slab *slab);
void rouse_i_orphan_free(struct rouse_i_chunk *chunk);

#endif
