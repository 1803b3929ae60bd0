// Unlocking what is not locked would let two in at once later.
// trap: rouse: bug: unlocked a mutex that is not locked
// trap: at tests/traps/mutex_unlock_unlocked.c:10
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_mutex mutex;
    rouse_mutex_init(&mutex);
    rouse_mutex_unlock(&mutex);
}
