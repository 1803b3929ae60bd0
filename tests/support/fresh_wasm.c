/* fresh_wasm.c: memory as it was before the first test is put back after each, so that none needs
   an instance of its own. The stack lies below it all (--stack-first): what a test left there is
   cleared, or a checked build could take it for a future that is still live. */
#include "fresh.h"

#include <stdio.h>
#include <string.h>

extern char __global_base[]; /* where wasm-ld places the first static */
enum { PAGE = 65536, STACK = 128 * 1024 /* more than any test needs */ };

static struct {
    char *copy;
    size_t size;
} kept;

/* The copy lies behind all that the allocator has seen. */
void fresh_begin(void)
{
    fflush(NULL);
    size_t pages = __builtin_wasm_memory_size(0);
    kept.size = pages * PAGE - (size_t)__global_base;
    kept.copy = (char *)(__builtin_wasm_memory_grow(0, pages) * PAGE);
    memcpy(kept.copy, __global_base, kept.size);
}

static __attribute__((noinline)) void clear_stack(void)
{
    char stack[STACK];
    memset(stack, 0, sizeof stack);
    __asm__ volatile("" : : "r"(stack) : "memory"); /* the compiler may not leave it out */
}

bool fresh_run(void (*test)(void))
{
    clear_stack();
    test();
    fflush(NULL);
    memcpy(__global_base, kept.copy, kept.size);
    return true;
}
