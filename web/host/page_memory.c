/* page_memory.c: malloc for the lessons, in the place of libc's, which would be a fifth of each
   module. First fit, and nothing is joined again: a lesson asks for little, and ends soon. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { PAGE = 65536, ALIGNMENT = 16 };

struct block {
    _Alignas(ALIGNMENT) size_t size; /* of what follows */
    struct block *next;
};
static struct block *unused;
static char *at, *end; /* never given out yet */
extern char __heap_base;

static struct block *take(size_t size)
{
    for (struct block **link = &unused; *link; link = &(*link)->next) {
        struct block *block = *link;
        if (block->size < size)
            continue;
        *link = block->next;
        return block;
    }
    return NULL;
}

/* Others may have grown the memory meanwhile: what lies behind it is not ours then. */
static struct block *grow(size_t size)
{
    size_t need = size + sizeof(struct block);
    if (!at) {
        at = (char *)(((uintptr_t)&__heap_base + ALIGNMENT - 1) & ~(uintptr_t)(ALIGNMENT - 1));
        end = (char *)(__builtin_wasm_memory_size(0) * PAGE);
    }
    if (need > (size_t)(end - at)) {
        size_t pages = need / PAGE + 1, before = __builtin_wasm_memory_grow(0, pages);
        if (before == SIZE_MAX)
            return NULL;
        if ((char *)(before * PAGE) != end)
            at = (char *)(before * PAGE);
        end = (char *)((before + pages) * PAGE);
    }
    struct block *block = (struct block *)(void *)at;
    block->size = size;
    at += need;
    return block;
}

void *malloc(size_t size)
{
    if (size > PTRDIFF_MAX)
        return NULL;
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    struct block *block = take(size);
    if (!block)
        block = grow(size);
    return block ? block + 1 : NULL;
}

void free(void *memory)
{
    struct block *block = memory;
    if (!block)
        return;
    block--;
    block->next = unused;
    unused = block;
}

void *realloc(void *memory, size_t size)
{
    struct block *block = memory;
    if (block && block[-1].size >= size)
        return memory;
    void *larger = malloc(size);
    if (larger && memory) {
        memcpy(larger, memory, block[-1].size);
        free(memory);
    }
    return larger;
}

/* clang would make a call of calloc of it. */
__attribute__((no_builtin("calloc"))) void *calloc(size_t count, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(count, size, &total))
        return NULL;
    void *memory = malloc(total);
    return memory ? memset(memory, 0, total) : NULL;
}
