/* slab.c: the memory of tasks: one free list and one growing chunk per block size. A block that is
   larger than the largest class has its own chunk. */
#include "slab.h"
#include "../base/hostile.h"
#include "../trace/trace_events.h"

enum {
    UNIT = 8,
    FIRST_BLOCKS = 8,
    MAX_CHUNK = 256 * 1024,
    COLD_CLASS = 0, /* no task has 0 bytes, so class 0 is for the cold blocks */
};

void rouse_i_slab_init(struct rouse_i_slab *slab, rouse_allocate allocate, void *data)
{
    *slab = (struct rouse_i_slab){.allocate = allocate, .allocate_data = data};
    rouse_i_list_init(&slab->chunks);
}

static char *chunk_blocks(struct rouse_i_chunk *chunk)
{
    return (char *)(chunk + 1);
}

static struct rouse_i_chunk *chunk_new(struct rouse_i_slab *slab, uint32_t block, uint32_t capacity)
{
    size_t size = sizeof(struct rouse_i_chunk) + (size_t)block * capacity;
    struct rouse_i_chunk *chunk = slab->allocate(slab->allocate_data, NULL, 0, size);
    if (!chunk)
        return NULL;
    *chunk = (struct rouse_i_chunk){.size = size,
                                    .block = block,
                                    .capacity = capacity,
                                    .allocate = slab->allocate,
                                    .allocate_data = slab->allocate_data,
                                    .tasks = true};
    rouse_i_list_append(&slab->chunks, &chunk->node);
    return chunk;
}

static void chunk_free(struct rouse_i_chunk *chunk)
{
    chunk->allocate(chunk->allocate_data, chunk, chunk->size, 0);
}

/* Doubles the chunk, so that few tasks need little memory, and a million few allocations. */
static bool class_grow(struct rouse_i_slab *slab, struct rouse_i_class *class, uint32_t block)
{
    uint32_t most = MAX_CHUNK / block;
    uint32_t capacity = class->chunk ? class->chunk->capacity * 2 : FIRST_BLOCKS;
    struct rouse_i_chunk *chunk = chunk_new(slab, block, capacity < most ? capacity : most);
    if (!chunk)
        return false;
    class->chunk = chunk;
    return true;
}

static void *class_take(struct rouse_i_slab *slab, struct rouse_i_class *class, uint32_t block)
{
    void *taken = class->free;
    if (taken) {
        /* A free block is a task with a zero state: the link lies in `next`, its first word. */
        class->free = *(void **)taken;
        return taken;
    }
    struct rouse_i_chunk *chunk = class->chunk;
    if (!chunk || chunk->used == chunk->capacity) {
        if (!class_grow(slab, class, block))
            return NULL;
        chunk = class->chunk;
    }
    return chunk_blocks(chunk) + (size_t)block * chunk->used++;
}

static void class_return(struct rouse_i_class *class, void *block)
{
    *(void **)block = class->free;
    class->free = block;
}

static uint32_t class_of(size_t size)
{
    return (uint32_t)((size + UNIT - 1) / UNIT);
}

static void *chunk_take(struct rouse_i_slab *slab, uint32_t block)
{
    struct rouse_i_chunk *chunk = chunk_new(slab, block, 1);
    if (!chunk)
        return NULL;
    chunk->used = 1;
    return chunk_blocks(chunk);
}

void *rouse_i_slab_task(struct rouse_i_slab *slab, size_t size)
{
    uint32_t class = class_of(size);
    void *block = class < ROUSE_I_CLASSES ? class_take(slab, &slab->classes[class], class * UNIT)
                                          : chunk_take(slab, class * UNIT);
    if (block)
        ROUSE_EVENT_MEM(slab, size);
    return block;
}

void rouse_i_slab_task_free(struct rouse_i_slab *slab, void *block, size_t size)
{
    uint32_t class = class_of(size);
    rouse_i_hostile_fill_block(block, size);
    ROUSE_EVENT_MEM(slab, 0 - size);
    ((struct rouse_task *)block)->state = 0;
    if (class < ROUSE_I_CLASSES) {
        class_return(&slab->classes[class], block);
        return;
    }
    struct rouse_i_chunk *chunk = (struct rouse_i_chunk *)block - 1;
    rouse_i_node_unlink(&chunk->node);
    chunk_free(chunk);
}

struct rouse_i_cold *rouse_i_slab_cold(struct rouse_i_slab *slab)
{
    struct rouse_i_class *class = &slab->classes[COLD_CLASS];
    struct rouse_i_cold *cold = class_take(slab, class, sizeof(struct rouse_i_cold));
    if (!cold)
        return NULL;
    class->chunk->tasks = false;
    *cold = (struct rouse_i_cold){0};
    rouse_i_list_init(&cold->joiners);
    return cold;
}

void rouse_i_slab_cold_free(struct rouse_i_slab *slab, struct rouse_i_cold *cold)
{
    class_return(&slab->classes[COLD_CLASS], cold);
}

struct rouse_task *rouse_i_slab_next(struct rouse_i_slab *slab, struct rouse_i_chunk **chunk,
                                     struct rouse_task *block)
{
    char *next = block ? (char *)block + (*chunk)->block : NULL;
    struct rouse_i_node *node = block ? &(*chunk)->node : slab->chunks.next;
    for (; node != &slab->chunks; node = node->next, next = NULL) {
        *chunk = ROUSE_I_CONTAINER(node, struct rouse_i_chunk, node);
        if (!next)
            next = chunk_blocks(*chunk);
        if ((*chunk)->tasks &&
            next < chunk_blocks(*chunk) + (size_t)(*chunk)->block * (*chunk)->used)
            return (struct rouse_task *)(void *)next;
    }
    return NULL;
}

void rouse_i_slab_drop(struct rouse_i_slab *slab)
{
    while (!rouse_i_list_is_empty(&slab->chunks)) {
        struct rouse_i_chunk *chunk =
            ROUSE_I_CONTAINER(slab->chunks.next, struct rouse_i_chunk, node);
        rouse_i_node_unlink(&chunk->node);
        if (chunk->orphans == 0)
            chunk_free(chunk);
    }
}

void rouse_i_orphan_free(struct rouse_i_chunk *chunk)
{
    if (--chunk->orphans == 0)
        chunk_free(chunk);
}
