/* platform.c: the two things that the core asks of its platform: to print a report, and memory. */
#include <rouse/host.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void rouse_host_log(const char *text, size_t length)
{
    fflush(stdout); /* what the program printed before comes first, also on a pipe */
    while (length > 0) {
        ssize_t written = write(STDERR_FILENO, text, length);
        if (written <= 0)
            return;
        text += written;
        length -= (size_t)written;
    }
}

/* The no-malloc preset has no memory: spawns on the heap fail with NO_MEMORY, all else works. */
void *rouse_host_allocate(void *data, void *block, size_t old_size, size_t new_size)
{
    (void)data, (void)old_size;
#ifdef ROUSE_NO_MALLOC
    (void)block, (void)new_size;
    return NULL;
#else
    if (new_size)
        return realloc(block, new_size);
    free(block);
    return NULL;
#endif
}
