/* slab.h: memory for tasks. Blocks of one size share chunks, which grow from a few blocks to many.
   So a task costs little more than its own size, and a report can go through all tasks. */
#ifndef ROUSE_SLAB_H
#define ROUSE_SLAB_H

#include "../base/list.h"

/* The head of a chunk; its blocks lie behind it. */
struct rouse_i_chunk {
    struct rouse_i_node node;
    size_t size;                    /* of the whole chunk, for the allocator */
    uint32_t block, capacity, used; /* bytes per block; blocks; blocks ever handed out */
    uint32_t orphans;               /* blocks that outlive the runtime */
    rouse_allocate allocate;
    void *allocate_data;
    bool tasks; /* the blocks are tasks, not cold blocks */
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
/* Frees every chunk but those with orphans, which are freed with their last orphan. */
void rouse_i_slab_drop(struct rouse_i_slab *slab);
void rouse_i_orphan_free(struct rouse_i_chunk *chunk);

#endif
