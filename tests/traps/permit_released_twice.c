// trap: rouse: bug: used or released a permit to send that was not reserved
// trap: at tests/traps/permit_released_twice.c:12
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_channel channel;
    int storage[2];
    rouse_channel_init(&channel, storage, sizeof storage[0], 2);
    (void)rouse_try_reserve(&channel, 1);
    rouse_permit_release(&channel, 1);
    rouse_permit_release(&channel, 1);
}
