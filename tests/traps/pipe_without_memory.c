// A pipe that can hold nothing would make its writer wait for ever.
// trap: rouse: bug: a pipe without memory: nothing could ever be written
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_duplex duplex;
    char memory[1];
    rouse_duplex_init(&duplex, memory, sizeof memory);
    return 0;
}
