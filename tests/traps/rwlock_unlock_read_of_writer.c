// trap: rouse: bug: unlocked a rwlock that no reader holds
// trap: at tests/traps/rwlock_unlock_read_of_writer.c:10
#include <rouse/rouse.h>

int main(void)
{
    struct rouse_rwlock lock;
    rouse_rwlock_init(&lock);
    (void)rouse_rwlock_try_write(&lock);
    rouse_rwlock_unlock_read(&lock);
}
