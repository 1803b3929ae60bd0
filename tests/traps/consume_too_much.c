// More is consumed than is buffered.
// trap: rouse: bug: rouse_consume of more than is buffered
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_buffered_reader buffered;
    struct rouse_reader empty;
    char memory[8];
    rouse_empty_reader_init(&empty);
    rouse_buffered_reader_init(&buffered, &empty, memory, sizeof memory);
    rouse_consume(&buffered, 1);
    return 0;
}
