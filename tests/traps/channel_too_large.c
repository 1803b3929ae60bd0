// trap: rouse: bug: a channel of more than ROUSE_SEMAPHORE_MAX items
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_channel channel;
    rouse_channel_init(&channel, NULL, 0, ROUSE_SEMAPHORE_MAX + 1);
}
