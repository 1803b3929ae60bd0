// An item in the channel is no permit to send another.
// trap: rouse: bug: used or released a permit to send that was not reserved
// trap: at tests/traps/permit_not_reserved.c:12
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_channel channel;
    int storage[2], item = 0;
    rouse_channel_init(&channel, storage, sizeof item, 2);
    if (rouse_try_send(&channel, &item) == ROUSE_OK)
        rouse_permit_send(&channel, &item);
}
